"""What rounds go by as dated rows that a city decides, and which row each round took."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_keep_layouts_of_lists"),
        ("matching", "0004_list_by_city"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="第几版")),
                ("begins_on", models.DateField(verbose_name="生效日期")),
                ("placed", models.PositiveSmallIntegerField(verbose_name="有岗位")),
                ("wish", models.PositiveSmallIntegerField(verbose_name="意向职业")),
                ("experience", models.PositiveSmallIntegerField(verbose_name="经历")),
                ("wage", models.PositiveSmallIntegerField(verbose_name="工资")),
                ("place", models.PositiveSmallIntegerField(verbose_name="城市")),
                ("lodging", models.PositiveSmallIntegerField(verbose_name="住宿")),
                ("meals", models.PositiveSmallIntegerField(verbose_name="工作餐")),
                ("season", models.PositiveSmallIntegerField(verbose_name="等待时间")),
                ("fellows", models.PositiveSmallIntegerField(verbose_name="同村伙伴")),
                ("distance", models.PositiveSmallIntegerField(verbose_name="路程")),
                ("priority", models.PositiveSmallIntegerField(verbose_name="优先群体")),
                (
                    "priority_mode",
                    models.CharField(
                        choices=[("weight", "按分值优先"), ("strict", "绝对优先")],
                        max_length=6,
                        verbose_name="优先方式",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="调整理由")),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="决定时间"),
                ),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="市",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="县（市、区）",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matching.ruleset",
                        verbose_name="此前的规则",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="乡镇（街道）",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="村（社区）",
                    ),
                ),
            ],
            options={
                "verbose_name": "匹配规则",
                "verbose_name_plural": "匹配规则",
            },
        ),
        migrations.AddField(
            model_name="round",
            name="rules",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="matching.ruleset",
                verbose_name="匹配规则",
            ),
        ),
        migrations.AddIndex(
            model_name="ruleset",
            index=models.Index(fields=["city", "begins_on", "number"], name="rule_set_holding"),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.UniqueConstraint(fields=("city", "number"), name="rule_set_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(("city__isnull", False), ("number__gte", 1)), name="rule_set_of_a_city"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority_mode__in", ("weight", "strict"))), name="rule_set_priority_mode"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="rule_set_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("placed__gte", 1),
                    ("placed__lte", 4000),
                    ("experience__lte", 1000),
                    ("lodging__lte", 1000),
                    ("place__lte", 1000),
                    ("wage__lte", 1000),
                    ("wish__lte", 1000),
                    ("distance__lte", 1000),
                    ("fellows__lte", 1000),
                    ("meals__lte", 1000),
                    ("priority__lte", 1000),
                    ("season__lte", 1000),
                ),
                name="rule_set_within_bounds",
            ),
        ),
    ]
