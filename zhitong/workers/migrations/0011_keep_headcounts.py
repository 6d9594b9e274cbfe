import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_name_many_people_in_one_line"),
        ("workers", "0010_carry_villages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Headcount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("many", models.IntegerField(verbose_name="数量")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "在册"),
                            ("withdrawn", "已退出"),
                            ("merged", "已并入"),
                            ("erased", "已删除"),
                        ],
                        max_length=10,
                        verbose_name="在册状态",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("seeking", "在家，想外出务工"),
                            ("home", "在家，暂不外出"),
                            ("local", "在本地就业"),
                            ("away", "在外务工"),
                            ("away_seeking", "在外，想换岗位"),
                            ("training", "培训中"),
                            ("returned", "已返乡"),
                        ],
                        max_length=14,
                        verbose_name="就业状态",
                    ),
                ),
            ],
            options={
                "verbose_name": "人数",
                "verbose_name_plural": "人数",
            },
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_city_flows",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_county_flows",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_town_checked",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_city_counts",
        ),
        migrations.RemoveIndex(
            model_name="worker",
            name="worker_county_counts",
        ),
        migrations.AddField(
            model_name="headcount",
            name="city",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kernel.org",
                verbose_name="市",
            ),
        ),
        migrations.AddField(
            model_name="headcount",
            name="county",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kernel.org",
                verbose_name="县（市、区）",
            ),
        ),
        migrations.AddField(
            model_name="headcount",
            name="town",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kernel.org",
                verbose_name="乡镇（街道）",
            ),
        ),
        migrations.AddField(
            model_name="headcount",
            name="village",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kernel.org",
                verbose_name="村（社区）",
            ),
        ),
        migrations.AddField(
            model_name="headcount",
            name="work_region",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kernel.region",
                verbose_name="务工城市",
            ),
        ),
        migrations.AddConstraint(
            model_name="headcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("many", 0), _negated=True), name="headcount_says_something"
            ),
        ),
    ]
