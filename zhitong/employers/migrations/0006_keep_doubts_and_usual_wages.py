"""What posts usually pay, and what is doubtful about a post as it was last looked at."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0005_sum_seats_along_an_index"),
        ("kernel", "0007_keep_layouts_of_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="UsualWage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("employers", models.PositiveIntegerField(verbose_name="用人单位数")),
                ("low_fen", models.PositiveIntegerField(verbose_name="下四分位（分）")),
                ("middle_fen", models.PositiveIntegerField(verbose_name="中位数（分）")),
                ("high_fen", models.PositiveIntegerField(verbose_name="上四分位（分）")),
                ("counted_on", models.DateField(verbose_name="统计日期")),
            ],
            options={
                "verbose_name": "常见工资",
                "verbose_name_plural": "常见工资",
            },
        ),
        migrations.AddField(
            model_name="demand",
            name="doubts",
            field=models.JSONField(blank=True, null=True, verbose_name="存疑处"),
        ),
        migrations.AddField(
            model_name="demand",
            name="is_doubtful",
            field=models.BooleanField(db_default=False, default=False, verbose_name="有存疑处"),
        ),
        migrations.AddIndex(
            model_name="demand",
            index=models.Index(fields=["is_doubtful", "submitted_at", "id"], name="demand_doubtful"),
        ),
        migrations.AddField(
            model_name="usualwage",
            name="occupation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="usual_wage",
                to="kernel.occupation",
                verbose_name="职业",
            ),
        ),
        migrations.AddConstraint(
            model_name="usualwage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("high_fen__gte", models.F("middle_fen")),
                    ("low_fen__gt", 0),
                    ("middle_fen__gte", models.F("low_fen")),
                ),
                name="usual_wage_in_order",
            ),
        ),
    ]
