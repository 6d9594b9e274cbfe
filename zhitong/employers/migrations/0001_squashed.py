"""Employers, their posts and the city's targets, as the tables stand."""

import django.db.models.deletion
import django.utils.timezone
import zhitong.kernel.privacy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("employers", "0001_foundation"),
        ("employers", "0002_link_to_collectors_and_outside_codes"),
        ("employers", "0003_version_targets"),
        ("employers", "0004_index_lists_of_demand"),
        ("employers", "0005_sum_seats_along_an_index"),
    ]

    initial = True

    dependencies = [
        ("kernel", "0001_foundation"),
        ("kernel", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Employer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待核验"),
                            ("approved", "已核验"),
                            ("refused", "核验未通过"),
                            ("barred", "已停用"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="核验状态",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True, max_length=18, null=True, unique=True, verbose_name="统一社会信用代码"
                    ),
                ),
                ("external_code", models.CharField(blank=True, max_length=80, verbose_name="外部编号")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("contact_name", models.CharField(blank=True, max_length=50, verbose_name="联系人")),
                (
                    "contact_telephone",
                    zhitong.kernel.privacy.SealedField(
                        "telephone", blank=True, null=True, verbose_name="联系电话"
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="核验日期")),
                ("refusal", models.CharField(blank=True, max_length=200, verbose_name="未通过原因")),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核验人",
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
                    "collected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="采集单位",
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
                    "industry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.industry",
                        verbose_name="行业",
                    ),
                ),
                (
                    "org",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employer",
                        to="kernel.org",
                        verbose_name="组织",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="所在城市",
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
                "verbose_name": "用人单位",
                "verbose_name_plural": "用人单位",
                "indexes": [models.Index(fields=["state", "id"], name="employer_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("credit_code__isnull", False),
                            _connector="OR",
                        ),
                        name="employer_approved_with_credit_code",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_code", ""), _negated=True),
                        fields=("external_code",),
                        name="employer_external_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("begins_on", models.DateField(verbose_name="起")),
                ("ends_on", models.DateField(verbose_name="止")),
                ("seats", models.PositiveIntegerField(verbose_name="应采集岗位数")),
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
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="kernel.org",
                        verbose_name="责任单位",
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
                "verbose_name": "岗位目标",
                "verbose_name_plural": "岗位目标",
                "constraints": [
                    models.UniqueConstraint(fields=("org", "begins_on"), name="target_once_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("begins_on"))),
                        name="target_dates_in_order",
                    ),
                    models.CheckConstraint(condition=models.Q(("seats__gte", 1)), name="target_has_seats"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "待审核"),
                            ("approved", "招聘中"),
                            ("refused", "已退回"),
                            ("closed", "已关闭"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="岗位名称")),
                ("seats", models.PositiveIntegerField(verbose_name="人数")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="工作地址")),
                ("wage_low_fen", models.PositiveIntegerField(verbose_name="月工资下限（分）")),
                ("wage_high_fen", models.PositiveIntegerField(verbose_name="月工资上限（分）")),
                (
                    "education_min",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "不限"),
                            (1, "小学及以上"),
                            (2, "初中及以上"),
                            (3, "高中（中专、技校）及以上"),
                            (4, "大专及以上"),
                            (5, "本科及以上"),
                            (6, "研究生"),
                        ],
                        default=0,
                        verbose_name="最低文化程度",
                    ),
                ),
                ("age_min", models.PositiveSmallIntegerField(default=16, verbose_name="法定最低年龄")),
                (
                    "age_max",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="法定最高年龄"),
                ),
                ("age_basis", models.CharField(blank=True, max_length=200, verbose_name="年龄要求的依据")),
                ("has_dormitory", models.BooleanField(default=False, verbose_name="提供住宿")),
                ("has_meals", models.BooleanField(default=False, verbose_name="提供工作餐")),
                ("has_insurance", models.BooleanField(default=False, verbose_name="缴纳社会保险")),
                ("refunds_travel", models.BooleanField(default=False, verbose_name="报销路费")),
                ("details", models.TextField(blank=True, max_length=2000, verbose_name="岗位说明")),
                (
                    "begins_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="到岗日期"),
                ),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                (
                    "refreshed_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="最近确认"),
                ),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("filled", "已招满"),
                            ("cancelled", "用人单位取消"),
                            ("untrue", "信息不实"),
                            ("stale", "长期未确认"),
                            ("expired", "有效期已过"),
                            ("barred", "用人单位已停用"),
                        ],
                        max_length=12,
                        verbose_name="关闭原因",
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                (
                    "collected_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="采集日期"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="提交时间"),
                ),
                ("external_code", models.CharField(blank=True, max_length=80, verbose_name="外部编号")),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "certificates",
                    models.ManyToManyField(blank=True, to="kernel.certificatekind", verbose_name="须持证书"),
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
                    "collected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="采集单位",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="用人单位组织",
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.occupation",
                        verbose_name="职业",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="工作城市",
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
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="employers.employer",
                        verbose_name="用人单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "用工需求",
                "verbose_name_plural": "用工需求",
                "indexes": [
                    models.Index(fields=["state", "submitted_at", "id"], name="demand_state_submitted"),
                    models.Index(
                        fields=["state", "valid_until", "city", "county", "town", "village", "seats"],
                        name="demand_state_valid",
                    ),
                    models.Index(fields=["wage_low_fen", "id"], name="demand_wage"),
                    models.Index(fields=["valid_until", "id"], name="demand_valid"),
                    models.Index(fields=["region", "submitted_at", "id"], name="demand_region"),
                    models.Index(fields=["occupation", "submitted_at", "id"], name="demand_occupation"),
                    models.Index(fields=["submitted_at", "id"], name="demand_submitted"),
                    models.Index(fields=["employer_org", "id"], name="demand_employer"),
                    models.Index(fields=["collected_by", "collected_on", "id"], name="demand_collected"),
                    models.Index(fields=["county", "state", "id"], name="demand_county_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats__gte", 1), ("seats__lte", 100000)), name="demand_has_seats"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wage_high_fen__gte", models.F("wage_low_fen")), ("wage_low_fen__gt", 0)
                        ),
                        name="demand_wage_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("age_min__gte", 16)), name="demand_nobody_under_16"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_max", None), ("age_max__gte", models.F("age_min")), _connector="OR"
                        ),
                        name="demand_ages_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_code", ""), _negated=True),
                        fields=("external_code",),
                        name="demand_external_code_once",
                    ),
                ],
            },
        ),
    ]
