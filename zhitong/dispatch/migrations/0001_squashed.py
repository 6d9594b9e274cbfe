"""Placements and their checks, as the tables stand."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("dispatch", "0001_foundation"),
        ("dispatch", "0002_count_by_place"),
        ("dispatch", "0003_list_by_city"),
    ]

    initial = True

    dependencies = [
        ("employers", "0001_foundation"),
        ("kernel", "0001_foundation"),
        ("kernel", "__first__"),
        ("matching", "0001_foundation"),
        ("workers", "0001_foundation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaited", "待到岗"),
                            ("arrived", "已到岗"),
                            ("missed", "未到岗"),
                            ("ended", "已离岗"),
                        ],
                        default="awaited",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "placed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="录用时间"),
                ),
                ("expected_on", models.DateField(verbose_name="应到岗日期")),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="到岗日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="离岗日期")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("returned", "返乡"),
                            ("changed_job", "换了工作"),
                            ("contract_over", "合同到期"),
                            ("dismissed", "被辞退"),
                            ("closed", "用人单位停产"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                        verbose_name="离岗原因",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
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
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="到岗签收人",
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
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="employers.demand",
                        verbose_name="用工需求",
                    ),
                ),
                (
                    "employer_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="用人单位组织",
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement",
                        to="matching.offer",
                        verbose_name="岗位推荐",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="接收劳务协作站",
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
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
            ],
            options={
                "verbose_name": "就业安置",
                "verbose_name_plural": "就业安置",
                "indexes": [
                    models.Index(fields=["city", "placed_at", "id"], name="placement_city"),
                    models.Index(fields=["county", "placed_at", "id"], name="placement_county"),
                    models.Index(fields=["town", "placed_at", "id"], name="placement_town"),
                    models.Index(fields=["village", "placed_at", "id"], name="placement_village"),
                    models.Index(fields=["station", "placed_at", "id"], name="placement_station"),
                    models.Index(fields=["employer_org", "placed_at", "id"], name="placement_employer"),
                    models.Index(fields=["city", "county", "state"], name="placement_city_counts"),
                    models.Index(fields=["county", "town", "state"], name="placement_county_counts"),
                    models.Index(fields=["town", "village", "state"], name="placement_town_counts"),
                    models.Index(fields=["state", "expected_on"], name="placement_expected"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("awaited", "arrived"))),
                        fields=("worker",),
                        name="placement_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("arrived", "ended")), _negated=True),
                            ("arrived_on__isnull", False),
                            _connector="OR",
                        ),
                        name="placement_arrival_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(
                                ("ended_on__gte", models.F("arrived_on")),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="placement_end_has_day_and_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="满几个月")),
                ("due_on", models.DateField(verbose_name="应核实日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "待核实"),
                            ("still_there", "仍在岗"),
                            ("left", "已离岗"),
                            ("unreachable", "联系不上"),
                        ],
                        default="due",
                        max_length=12,
                        verbose_name="结果",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "上门走访"),
                            ("telephone", "电话核实"),
                            ("self", "本人自助"),
                            ("list", "名单导入"),
                            ("station", "劳务协作站"),
                            ("employer", "用人单位"),
                        ],
                        max_length=10,
                        verbose_name="核实方式",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核实人",
                    ),
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
                    "employer_org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.org"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="dispatch.placement",
                        verbose_name="就业安置",
                    ),
                ),
                (
                    "station",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
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
                "verbose_name": "在岗核实",
                "verbose_name_plural": "在岗核实",
                "indexes": [
                    models.Index(fields=["county", "state", "due_on"], name="retention_county_due"),
                    models.Index(fields=["station", "state", "due_on"], name="retention_station_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("placement", "months"), name="retention_once_a_milestone"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("months__in", (1, 3, 6))), name="retention_milestones"
                    ),
                ],
            },
        ),
    ]
