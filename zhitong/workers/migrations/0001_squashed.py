"""People, their entries, what lists and devices brought, and how entries are linked, as the tables stand."""

import datetime
import django.db.models.deletion
import django.utils.timezone
import zhitong.kernel.privacy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("workers", "0001_foundation"),
        ("workers", "0002_add_local_status_and_sensitive_consent"),
        ("workers", "0003_count_by_place"),
        ("workers", "0004_sort_by_check_date"),
        ("workers", "0005_index_for_loading"),
        ("workers", "0006_merge_entries"),
        ("workers", "0007_cover_counts_of_a_city"),
        ("workers", "0008_stage_lists"),
        ("workers", "0009_ask_people"),
        ("workers", "0010_carry_villages"),
        ("workers", "0011_keep_headcounts"),
        ("workers", "0012_let_indexes_end_early"),
        ("workers", "0013_part_remarks_from_reasons"),
        ("workers", "0014_find_rows_by_number"),
        ("workers", "0015_keep_link_scores"),
    ]

    initial = True

    dependencies = [
        ("kernel", "0001_foundation"),
        ("kernel", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="住址")),
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
                "verbose_name": "家庭户",
                "verbose_name_plural": "家庭户",
                "indexes": [models.Index(fields=["village", "id"], name="household_village")],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=60, verbose_name="设备名称")),
                (
                    "registered_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="启用时间"),
                ),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="最近联网")),
                ("wiped_at", models.DateTimeField(blank=True, null=True, verbose_name="清除时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="使用人",
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
                    "wiped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="清除人",
                    ),
                ),
            ],
            options={
                "verbose_name": "设备",
                "verbose_name_plural": "设备",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("village__isnull", False)), name="device_carries_a_village"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("wiped_at", None), ("wiped_by", None)),
                            models.Q(("wiped_at__isnull", False), ("wiped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="device_wiped_by_somebody",
                    ),
                ],
            },
        ),
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
                (
                    "city",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="市",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="县（市、区）",
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="乡镇（街道）",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="村（社区）",
                    ),
                ),
                (
                    "work_region",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="务工城市",
                    ),
                ),
            ],
            options={
                "verbose_name": "人数",
                "verbose_name_plural": "人数",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("many", 0), _negated=True), name="headcount_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Layout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("columns", models.JSONField(default=list, verbose_name="列对照")),
                ("words", models.JSONField(blank=True, default=dict, verbose_name="用词对照")),
                (
                    "saved_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="保存时间"),
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
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
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
                "verbose_name": "版式",
                "verbose_name_plural": "版式",
                "constraints": [models.UniqueConstraint(fields=("org", "name"), name="layout_once")],
            },
        ),
        migrations.CreateModel(
            name="LinkScores",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entries", models.PositiveIntegerField(verbose_name="登记数")),
                ("scores", models.BinaryField(verbose_name="分值")),
                (
                    "learned_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="学习时间"),
                ),
                (
                    "org",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="范围",
                    ),
                ),
            ],
            options={
                "verbose_name": "相像分值",
                "verbose_name_plural": "相像分值",
            },
        ),
        migrations.CreateModel(
            name="PriorityGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=30, verbose_name="代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("weight", models.PositiveSmallIntegerField(default=0, verbose_name="优先权重")),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("begins_on", models.DateField(verbose_name="起")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
            ],
            options={
                "verbose_name": "优先群体",
                "verbose_name_plural": "优先群体",
                "constraints": [
                    models.UniqueConstraint(fields=("code", "begins_on"), name="priority_group_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gt", models.F("begins_on")), _connector="OR"
                        ),
                        name="priority_group_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Worker",
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
                            ("active", "在册"),
                            ("withdrawn", "已退出"),
                            ("merged", "已并入"),
                            ("erased", "已删除"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="在册状态",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("name_key", models.CharField(editable=False, max_length=160, verbose_name="姓名拼音")),
                (
                    "sex",
                    models.CharField(choices=[("M", "男"), ("F", "女")], max_length=1, verbose_name="性别"),
                ),
                ("birth_on", models.DateField(verbose_name="出生日期")),
                (
                    "id_number",
                    zhitong.kernel.privacy.SealedField(
                        "id_number", blank=True, null=True, verbose_name="身份证号"
                    ),
                ),
                (
                    "id_number_index",
                    zhitong.kernel.privacy.BlindIndexField("id_number", editable=False, null=True),
                ),
                (
                    "telephone",
                    zhitong.kernel.privacy.SealedField(
                        "telephone", blank=True, null=True, verbose_name="手机号"
                    ),
                ),
                (
                    "telephone_index",
                    zhitong.kernel.privacy.BlindIndexField("telephone", editable=False, null=True),
                ),
                (
                    "education",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "未上学"),
                            (1, "小学"),
                            (2, "初中"),
                            (3, "高中（中专、技校）"),
                            (4, "大专"),
                            (5, "本科"),
                            (6, "研究生"),
                        ],
                        default=2,
                        verbose_name="文化程度",
                    ),
                ),
                (
                    "household_role",
                    models.CharField(
                        choices=[
                            ("head", "户主"),
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("parent", "父母"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=10,
                        verbose_name="与户主关系",
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
                        default="seeking",
                        max_length=14,
                        verbose_name="就业状态",
                    ),
                ),
                (
                    "status_checked_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="核实日期"),
                ),
                (
                    "status_source",
                    models.CharField(
                        choices=[
                            ("visit", "上门走访"),
                            ("telephone", "电话核实"),
                            ("self", "本人自助"),
                            ("list", "名单导入"),
                            ("station", "劳务协作站"),
                            ("employer", "用人单位"),
                        ],
                        default="visit",
                        max_length=10,
                        verbose_name="核实方式",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("visit", "上门走访"),
                            ("telephone", "电话核实"),
                            ("self", "本人自助"),
                            ("list", "名单导入"),
                            ("station", "劳务协作站"),
                            ("employer", "用人单位"),
                        ],
                        default="visit",
                        max_length=10,
                        verbose_name="登记方式",
                    ),
                ),
                (
                    "registered_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="登记时间"),
                ),
                (
                    "stated",
                    models.JSONField(blank=True, editable=False, null=True, verbose_name="各项填写时间"),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="worker",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
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
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="workers.worker",
                        verbose_name="并入的登记",
                    ),
                ),
                (
                    "spouse",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="配偶",
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
                    "work_region",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="务工城市",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="members",
                        to="workers.household",
                        verbose_name="家庭户",
                    ),
                ),
            ],
            options={
                "verbose_name": "劳动者",
                "verbose_name_plural": "劳动者",
                "indexes": [
                    models.Index(fields=["city", "name_key"], name="worker_city_name"),
                    models.Index(fields=["county", "name_key"], name="worker_county_name"),
                    models.Index(fields=["town", "name_key"], name="worker_town_name"),
                    models.Index(fields=["village", "name_key"], name="worker_village_name"),
                    models.Index(fields=["city", "status_checked_on", "state"], name="worker_city_checked"),
                    models.Index(
                        fields=["county", "status_checked_on", "state", "city"], name="worker_county_checked"
                    ),
                    models.Index(fields=["telephone_index"], name="worker_telephone"),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="worker_parts",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("id_number_index__isnull", False)),
                        fields=("id_number_index",),
                        name="worker_id_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("spouse__isnull", False)),
                        fields=("spouse",),
                        name="worker_one_spouse",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("spouse", models.F("id")), _negated=True),
                        name="worker_not_own_spouse",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("village__isnull", False)), name="worker_stands_in_a_village"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("state", "merged")),
                            models.Q(
                                models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="worker_merged_into_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="worker_not_its_own_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "erased"), _negated=True),
                            models.Q(
                                ("account__isnull", True),
                                ("birth_on", datetime.date(1900, 1, 1)),
                                ("education", 0),
                                ("household__isnull", True),
                                ("household_role", ""),
                                ("id_number__isnull", True),
                                ("id_number_index__isnull", True),
                                ("name", ""),
                                ("name_key", ""),
                                ("sex", ""),
                                ("spouse__isnull", True),
                                ("stated__isnull", True),
                                ("telephone__isnull", True),
                                ("telephone_index__isnull", True),
                                ("work_region__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="worker_erased_holds_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
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
                            ("staged", "待检查"),
                            ("checked", "已检查，未入册"),
                            ("applied", "已入册"),
                            ("undone", "已撤销"),
                            ("discarded", "已作废"),
                        ],
                        default="staged",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("listed_on", models.DateField(verbose_name="名单日期")),
                ("consents", models.JSONField(default=list, verbose_name="已征得的同意")),
                ("sheets", models.JSONField(default=list, verbose_name="工作表")),
                ("row_count", models.PositiveIntegerField(default=0, verbose_name="行数")),
                ("columns", models.JSONField(default=list, verbose_name="列对照")),
                ("words", models.JSONField(blank=True, default=dict, verbose_name="用词对照")),
                ("counts", models.JSONField(blank=True, default=dict, verbose_name="检查结果")),
                ("outcome", models.JSONField(blank=True, default=dict, verbose_name="办理结果")),
                (
                    "staged_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间"),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="检查时间")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="入册时间")),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="入册人",
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
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kernel.job",
                        verbose_name="后台任务",
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="来件单位",
                    ),
                ),
                (
                    "staged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
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
                    "layout",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workers.layout",
                        verbose_name="版式",
                    ),
                ),
            ],
            options={
                "verbose_name": "名单导入",
                "verbose_name_plural": "名单导入",
                "indexes": [
                    models.Index(fields=["city", "id"], name="import_city"),
                    models.Index(fields=["county", "id"], name="import_county"),
                    models.Index(fields=["town", "id"], name="import_town"),
                    models.Index(fields=["village", "id"], name="import_village"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("undone", "discarded")), _negated=True),
                        fields=("org", "digest"),
                        name="import_file_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryFacts",
            fields=[
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="entry_facts",
                        serialize=False,
                        to="workers.worker",
                    ),
                ),
                ("told", zhitong.kernel.privacy.SealedField("entry_facts", exact=True)),
            ],
            options={
                "verbose_name": "单份登记资料",
                "verbose_name_plural": "单份登记资料",
            },
        ),
        migrations.CreateModel(
            name="DoorstepEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("status", "就业状态"),
                            ("telephone", "手机号"),
                            ("education", "文化程度"),
                            ("name", "姓名"),
                        ],
                        max_length=10,
                        verbose_name="项目",
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="提交编号")),
                ("seen", models.CharField(max_length=64, verbose_name="所见版本")),
                (
                    "value",
                    zhitong.kernel.privacy.SealedField(
                        "doorstep_value", exact=True, verbose_name="填写的内容"
                    ),
                ),
                (
                    "origin",
                    zhitong.kernel.privacy.SealedField(
                        "doorstep_origin", exact=True, verbose_name="原来的内容"
                    ),
                ),
                ("stated_at", models.DateTimeField(verbose_name="填写时间")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("visit", "上门走访"),
                            ("telephone", "电话核实"),
                            ("self", "本人自助"),
                            ("list", "名单导入"),
                            ("station", "劳务协作站"),
                            ("employer", "用人单位"),
                        ],
                        default="visit",
                        max_length=10,
                        verbose_name="核实方式",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="收到时间"),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="了结时间")),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edits",
                        to="workers.device",
                        verbose_name="设备",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doorstep_edits",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
            ],
            options={
                "verbose_name": "上门填写",
                "verbose_name_plural": "上门填写",
            },
        ),
        migrations.CreateModel(
            name="DeletionRequest",
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
                            ("open", "待答复"),
                            ("granted", "已删除"),
                            ("refused", "不予删除"),
                            ("withdrawn", "本人撤回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="申请时间"),
                ),
                ("due_on", models.DateField(verbose_name="答复期限")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("identity", "未能核实是本人申请"),
                            ("case", "投诉或纠纷还没有办结"),
                            ("payment", "补贴或费用还在审核、支付或追溯期内"),
                            ("law", "法律法规规定的保存期限未满"),
                        ],
                        max_length=12,
                        verbose_name="不予删除的原因",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("escalated_at", models.DateTimeField(blank=True, null=True, verbose_name="转市级督办时间")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
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
                        related_name="deletion_requests",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
            ],
            options={
                "verbose_name": "删除申请",
                "verbose_name_plural": "删除申请",
                "indexes": [
                    models.Index(fields=["city", "state", "due_on", "id"], name="deletion_city"),
                    models.Index(fields=["county", "state", "due_on", "id"], name="deletion_county"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("worker",),
                        name="deletion_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("county__isnull", False), ("town__isnull", True), ("village__isnull", True)
                        ),
                        name="deletion_stands_in_a_county",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "refused"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(("decided_at__isnull", False), ("reason", ""), ("state", "granted")),
                            models.Q(
                                ("decided_at__isnull", True),
                                ("reason", ""),
                                ("state__in", ("open", "withdrawn")),
                            ),
                            _connector="OR",
                        ),
                        name="deletion_decided_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("register", "登记和就业服务"),
                            ("sensitive", "处理身份证号等敏感信息"),
                            ("share", "向用人单位提供必要信息"),
                        ],
                        max_length=12,
                        verbose_name="目的",
                    ),
                ),
                ("text_version", models.CharField(max_length=20, verbose_name="文本版本")),
                (
                    "given_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="同意时间"),
                ),
                (
                    "given_through",
                    models.CharField(
                        choices=[
                            ("visit", "上门走访"),
                            ("telephone", "电话核实"),
                            ("self", "本人自助"),
                            ("list", "名单导入"),
                            ("station", "劳务协作站"),
                            ("employer", "用人单位"),
                        ],
                        max_length=10,
                        verbose_name="同意方式",
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人信息处理同意",
                "verbose_name_plural": "个人信息处理同意",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("worker", "purpose"),
                        name="consent_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    zhitong.kernel.privacy.SealedField(
                        "certificate_number", blank=True, null=True, verbose_name="证书编号"
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="发证日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("was_seen", models.BooleanField(default=False, verbose_name="已查验原件")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.certificatekind",
                        verbose_name="证书",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "所持证书",
                "verbose_name_plural": "所持证书",
                "constraints": [
                    models.UniqueConstraint(fields=("worker", "kind"), name="certificate_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on", None),
                            ("valid_until", None),
                            ("valid_until__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="certificate_ends_after_issue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("anywhere", models.BooleanField(default=True, verbose_name="其他城市也可以")),
                (
                    "earliest_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="最早可出发"),
                ),
                ("wage_floor_fen", models.PositiveIntegerField(default=0, verbose_name="最低月工资（分）")),
                (
                    "goes_with",
                    models.CharField(
                        choices=[("alone", "独自"), ("spouse", "和配偶同去")],
                        default="alone",
                        max_length=10,
                        verbose_name="同行",
                    ),
                ),
                ("needs_dormitory", models.BooleanField(default=False, verbose_name="需要住宿")),
                (
                    "stated_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="登记日期"),
                ),
                (
                    "first_occupation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.occupation",
                        verbose_name="第一意向职业",
                    ),
                ),
                (
                    "first_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="第一意向城市",
                    ),
                ),
                (
                    "second_occupation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.occupation",
                        verbose_name="第二意向职业",
                    ),
                ),
                (
                    "second_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="第二意向城市",
                    ),
                ),
                (
                    "third_occupation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.occupation",
                        verbose_name="第三意向职业",
                    ),
                ),
                (
                    "third_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="第三意向城市",
                    ),
                ),
                (
                    "worker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intention",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "就业意向",
                "verbose_name_plural": "就业意向",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wage_floor_fen__lte", 10000000)), name="intention_wage_plausible"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
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
                        choices=[("open", "待核对"), ("same", "是同一人"), ("different", "不是同一人")],
                        default="open",
                        max_length=10,
                        verbose_name="核对结果",
                    ),
                ),
                ("score", models.IntegerField(default=0, verbose_name="相像程度（百分之一比特）")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="依据")),
                (
                    "found_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="发现时间"),
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="登记甲",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="登记乙",
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
                "verbose_name": "疑似重复",
                "verbose_name_plural": "疑似重复",
                "indexes": [
                    models.Index(fields=["city", "state", "score", "id"], name="likeness_city"),
                    models.Index(fields=["county", "state", "score", "id"], name="likeness_county"),
                    models.Index(fields=["town", "state", "score", "id"], name="likeness_town"),
                    models.Index(fields=["village", "state", "score", "id"], name="likeness_village"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="likeness_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="likeness_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "合并为一人"),
                            ("reject", "不是同一人"),
                            ("confirm", "确认自动合并"),
                        ],
                        max_length=10,
                        verbose_name="决定",
                    ),
                ),
                (
                    "score",
                    models.IntegerField(blank=True, null=True, verbose_name="相像程度（百分之一比特）"),
                ),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="依据")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="决定时间"),
                ),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="保留的登记",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="另一份登记",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
            ],
            options={
                "verbose_name": "归并决定",
                "verbose_name_plural": "归并决定",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "merge"), ("voided_at", None)),
                        fields=("other",),
                        name="entry_merged_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("other")), _negated=True),
                        name="decision_about_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at", None), ("voided_by", None)),
                            models.Q(("voided_at__isnull", False), ("voided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_voided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorityMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_on", models.DateField(verbose_name="认定日期")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.prioritygroup",
                        verbose_name="优先群体",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="priorities",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "优先群体认定",
                "verbose_name_plural": "优先群体认定",
                "constraints": [
                    models.UniqueConstraint(fields=("worker", "group"), name="priority_membership_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(default=0, verbose_name="年限")),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.occupation",
                        verbose_name="职业",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "技能经历",
                "verbose_name_plural": "技能经历",
                "constraints": [
                    models.UniqueConstraint(fields=("worker", "occupation"), name="skill_once"),
                    models.CheckConstraint(
                        condition=models.Q(("years__lte", 60)), name="skill_years_plausible"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpouseRequest",
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
                            ("open", "待对方答复"),
                            ("agreed", "对方已同意"),
                            ("declined", "对方不同意"),
                            ("replaced", "已被新的请求代替"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="提出时间"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="对方",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spouse_requests",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "配偶关联请求",
                "verbose_name_plural": "配偶关联请求",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("worker",),
                        name="spouse_request_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked__isnull", True),
                            models.Q(("asked", models.F("worker")), _negated=True),
                            _connector="OR",
                        ),
                        name="spouse_request_to_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="询问时间"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("same", "没有变化"), ("changed", "有变化")],
                        max_length=8,
                        verbose_name="答复",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="询问人",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "核实询问",
                "verbose_name_plural": "核实询问",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_answered_at_an_instant",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.PositiveSmallIntegerField(verbose_name="第几张表")),
                ("number", models.PositiveIntegerField(verbose_name="行号")),
                (
                    "cells",
                    zhitong.kernel.privacy.SealedField("import_cells", exact=True, verbose_name="原始内容"),
                ),
                ("number_index", models.BigIntegerField(editable=False, null=True)),
                (
                    "imported",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="workers.import",
                    ),
                ),
            ],
            options={
                "verbose_name": "来件行",
                "verbose_name_plural": "来件行",
                "indexes": [
                    models.Index(
                        condition=models.Q(("number_index__isnull", False)),
                        fields=["number_index"],
                        name="import_row_number",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("imported", "sheet", "number"), name="import_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("status", "就业状态"),
                            ("telephone", "手机号"),
                            ("education", "文化程度"),
                            ("name", "姓名"),
                        ],
                        max_length=10,
                        verbose_name="项目",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待核定"), ("decided", "已核定"), ("agreed", "已一致")],
                        default="open",
                        max_length=8,
                        verbose_name="核定状态",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="发现时间"),
                ),
                (
                    "stood",
                    zhitong.kernel.privacy.SealedField(
                        "doorstep_stood", blank=True, exact=True, null=True, verbose_name="核定时登记的内容"
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="核定时间")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核定人",
                    ),
                ),
                (
                    "taken",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workers.doorstepedit",
                        verbose_name="采用的填写",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
            ],
            options={
                "verbose_name": "填写分歧",
                "verbose_name_plural": "填写分歧",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("worker", "field"),
                        name="field_conflict_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="field_conflict_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowEffect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("created", "新增登记"),
                            ("changed", "更新登记"),
                            ("missed", "检查后有变，未办"),
                        ],
                        max_length=8,
                        verbose_name="办理",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="登记版本")),
                (
                    "held",
                    zhitong.kernel.privacy.SealedField("import_effect", exact=True, verbose_name="前后内容"),
                ),
                (
                    "undone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "有效"),
                            ("wholly", "已撤销"),
                            ("partly", "部分撤销"),
                            ("kept", "未能撤销"),
                        ],
                        max_length=8,
                        verbose_name="撤销",
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="未能撤销的原因")),
                (
                    "imported",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effects",
                        to="workers.import",
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effect",
                        to="workers.importrow",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="登记册上的人",
                    ),
                ),
            ],
            options={
                "verbose_name": "入册结果",
                "verbose_name_plural": "入册结果",
                "indexes": [models.Index(fields=["imported", "undone", "row"], name="effect_row")],
            },
        ),
        migrations.CreateModel(
            name="RowFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "新增"),
                            ("changed", "有变动"),
                            ("same", "无变动"),
                            ("duplicate", "疑似重复"),
                            ("refused", "退回"),
                        ],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("codes", models.JSONField(default=list, verbose_name="说明代码")),
                ("asks", models.BooleanField(default=False, verbose_name="要人决定")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("take", "照此入册"),
                            ("same_person", "是同一人，更新那份登记"),
                            ("other_person", "不是同一人，另行登记"),
                            ("leave", "这一行不办"),
                        ],
                        max_length=12,
                        verbose_name="决定",
                    ),
                ),
                ("seen", models.PositiveIntegerField(blank=True, null=True, verbose_name="登记版本")),
                (
                    "found",
                    zhitong.kernel.privacy.SealedField("import_finding", exact=True, verbose_name="检查内容"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
                    ),
                ),
                (
                    "imported",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="workers.import",
                    ),
                ),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="finding",
                        to="workers.importrow",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="登记册上的人",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查结论",
                "verbose_name_plural": "检查结论",
                "indexes": [
                    models.Index(fields=["imported", "verdict", "row"], name="finding_verdict"),
                    models.Index(fields=["imported", "row"], name="finding_row"),
                    models.Index(
                        condition=models.Q(("asks", True)),
                        fields=["imported", "decision", "row"],
                        name="finding_asks",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="doorstepedit",
            name="conflict",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="edits",
                to="workers.fieldconflict",
                verbose_name="填写分歧",
            ),
        ),
    ]
