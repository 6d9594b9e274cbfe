"""The kernel's tables as they stand, its own account, and the table through which processes count attempts together."""

import django.db.models.deletion
import django.utils.timezone
import zhitong.kernel.privacy
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models

TABLE = "shared_cache"


def add_system_account(apps, schema_editor):
    """Add the account in whose name the installation's own clock acts."""
    account = apps.get_model("kernel", "Account")
    account.objects.get_or_create(
        username="system", defaults={"name": "系统", "kind": "system", "password": "!"}
    )
    apps.get_model("kernel", "RecordHead").objects.get_or_create(pk=1)


def make_table(apps, schema_editor):
    """Make the framework's own table of a database cache; what it holds may be lost at any time."""
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    replaces = [
        ("kernel", "0001_foundation"),
        ("kernel", "0002_system_account"),
        ("kernel", "0003_say_who_answers_for_an_account"),
        ("kernel", "0004_keep_grants_and_attachments_sound"),
        ("kernel", "0005_share_limits_between_processes"),
        ("kernel", "0006_name_many_people_in_one_line"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RecordHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField(default=0)),
                (
                    "digest",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "verbose_name": "记录链头",
                "verbose_name_plural": "记录链头",
            },
        ),
        migrations.CreateModel(
            name="CertificateKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("family", models.CharField(max_length=60, verbose_name="证书类别")),
                ("code", models.CharField(max_length=40, verbose_name="证书代码")),
                ("name", models.CharField(max_length=160, verbose_name="证书名称")),
                ("is_current", models.BooleanField(default=True, verbose_name="现行")),
            ],
            options={
                "verbose_name": "证书种类",
                "verbose_name_plural": "证书种类",
                "constraints": [
                    models.UniqueConstraint(fields=("family", "code"), name="certificate_kind_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_index=True, max_length=12, verbose_name="区划代码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("short_name", models.CharField(blank=True, max_length=80, verbose_name="简称")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "省（自治区、直辖市）"),
                            (2, "市（州、盟）"),
                            (3, "县（市、区）"),
                            (4, "乡镇（街道）"),
                            (5, "村（社区）"),
                        ],
                        verbose_name="层级",
                    ),
                ),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="纬度")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="经度")),
                ("point_source", models.CharField(blank=True, max_length=40, verbose_name="坐标来源")),
                ("began_on", models.DateField(blank=True, null=True, verbose_name="设立日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="kernel.region",
                    ),
                ),
                (
                    "prefecture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政区划",
                "verbose_name_plural": "行政区划",
                "indexes": [models.Index(fields=["level", "code"], name="region_level_code")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("began_on", None),
                            ("ended_on__gte", models.F("began_on")),
                            _connector="OR",
                        ),
                        name="region_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("code",),
                        name="region_code_once_among_standing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Industry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True, verbose_name="行业代码")),
                ("name", models.CharField(max_length=120, verbose_name="行业名称")),
                ("level", models.PositiveSmallIntegerField(verbose_name="层级")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="kernel.industry",
                    ),
                ),
            ],
            options={
                "verbose_name": "行业",
                "verbose_name_plural": "行业",
                "indexes": [models.Index(fields=["level", "code"], name="industry_level_code")],
            },
        ),
        migrations.CreateModel(
            name="Occupation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="职业编码")),
                ("name", models.CharField(max_length=120, verbose_name="职业名称")),
                ("level", models.PositiveSmallIntegerField(verbose_name="层级")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="kernel.occupation",
                    ),
                ),
            ],
            options={
                "verbose_name": "职业",
                "verbose_name_plural": "职业",
                "indexes": [models.Index(fields=["level", "code"], name="occupation_level_code")],
            },
        ),
        migrations.CreateModel(
            name="Org",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("short_name", models.CharField(blank=True, max_length=60, verbose_name="简称")),
                (
                    "name_key",
                    models.CharField(blank=True, editable=False, max_length=240, verbose_name="名称拼音"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("city_bureau", "市人社局"),
                            ("county_bureau", "县（市、区）人社局"),
                            ("township_office", "乡镇（街道）劳务办"),
                            ("village", "村（社区）"),
                            ("city_company", "市劳务公司"),
                            ("county_company", "县（市、区）劳务公司"),
                            ("township_branch", "乡镇劳务分公司"),
                            ("cooperative", "村劳务合作社"),
                            ("station", "劳务协作站"),
                            ("department", "市直部门"),
                            ("employer", "用人单位"),
                            ("agency", "劳务中介机构"),
                            ("training_provider", "培训机构"),
                            ("party", "党组织"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="成立日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="kernel.org",
                        verbose_name="上级",
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
                    "host_city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.region",
                        verbose_name="驻在城市",
                    ),
                ),
            ],
            options={
                "verbose_name": "组织",
                "verbose_name_plural": "组织",
            },
        ),
        migrations.CreateModel(
            name="RegionChange",
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
                            ("split", "析置"),
                            ("merger", "合并"),
                            ("rename", "更名"),
                            ("recode", "变更代码"),
                        ],
                        max_length=10,
                        verbose_name="变更种类",
                    ),
                ),
                ("changed_on", models.DateField(verbose_name="变更日期")),
                ("old_name", models.CharField(blank=True, max_length=80, verbose_name="原名称")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="kernel.region",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heirs", to="kernel.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "区划变更",
                "verbose_name_plural": "区划变更",
            },
        ),
        migrations.CreateModel(
            name="RegionCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_index=True, max_length=12, verbose_name="区划代码")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="kernel.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "区划代码沿革",
                "verbose_name_plural": "区划代码沿革",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "code", "valid_from"), name="region_code_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="用户名")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff", "工作人员"),
                            ("employer", "用人单位经办人"),
                            ("worker", "劳动者"),
                            ("partner", "对接系统"),
                            ("system", "系统"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                (
                    "telephone",
                    zhitong.kernel.privacy.SealedField(
                        "telephone", blank=True, null=True, verbose_name="手机号"
                    ),
                ),
                (
                    "telephone_index",
                    zhitong.kernel.privacy.BlindIndexField(
                        "telephone", editable=False, null=True, unique=True
                    ),
                ),
                ("telephone_verified", models.BooleanField(default=False, verbose_name="手机号已验证")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="开户时间"),
                ),
                (
                    "org",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="kernel.org",
                        verbose_name="所属组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "system")), fields=("kind",), name="account_one_system"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrgRegion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="org_regions",
                        to="kernel.org",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="org_regions",
                        to="kernel.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "管理范围",
                "verbose_name_plural": "管理范围",
                "constraints": [models.UniqueConstraint(fields=("org", "region"), name="org_region_once")],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="种类")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("running", "进行中"),
                            ("done", "已完成"),
                            ("failed", "未成功"),
                            ("cancelled", "已取消"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("given", models.JSONField(default=dict, verbose_name="要求")),
                ("result", models.JSONField(default=dict, verbose_name="结果")),
                ("done_permille", models.PositiveSmallIntegerField(default=0, verbose_name="进度（千分之）")),
                ("message", models.CharField(blank=True, max_length=200, verbose_name="进展")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="申请时间"),
                ),
                ("beat_at", models.DateTimeField(blank=True, null=True, verbose_name="最近进展")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
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
            ],
            options={
                "verbose_name": "后台任务",
                "verbose_name_plural": "后台任务",
                "indexes": [models.Index(fields=["state", "beat_at"], name="job_state_beat")],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=40, verbose_name="角色")),
                ("begins_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="起")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="kernel.org",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "授权",
                "verbose_name_plural": "授权",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("account", "role", "org"),
                        name="grant_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="grant_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="attachments/%Y/%m", verbose_name="文件")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("kind", models.CharField(max_length=80, verbose_name="种类")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("subject_type", models.CharField(max_length=60, verbose_name="对象种类")),
                ("subject_id", models.BigIntegerField(verbose_name="对象")),
                (
                    "attached_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="上传时间"),
                ),
                (
                    "attached_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "indexes": [models.Index(fields=["subject_type", "subject_id"], name="attachment_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_type", "subject_id", "digest"), name="attachment_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField(unique=True, verbose_name="序号")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间")),
                ("verb", models.CharField(max_length=60, verbose_name="动作")),
                ("subject_type", models.CharField(blank=True, max_length=60, verbose_name="对象种类")),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象")),
                ("concerns_type", models.CharField(blank=True, max_length=60, verbose_name="涉及的人的种类")),
                ("concerns_id", models.BigIntegerField(null=True, verbose_name="涉及的人")),
                ("given", models.JSONField(default=dict, verbose_name="内容")),
                ("moves", models.JSONField(default=list, verbose_name="变化")),
                ("row_count", models.IntegerField(default=1, verbose_name="行数")),
                ("digest", models.CharField(max_length=64, verbose_name="链值")),
                (
                    "acting_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
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
                    "concerns_account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="涉及的账号",
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
                "verbose_name": "办理记录",
                "verbose_name_plural": "办理记录",
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="record_subject"),
                    models.Index(fields=["concerns_type", "concerns_id", "position"], name="record_concerns"),
                    models.Index(fields=["county", "position"], name="record_county"),
                    models.Index(fields=["town", "position"], name="record_town"),
                    models.Index(fields=["village", "position"], name="record_village"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=80, verbose_name="用途")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                (
                    "issued_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="签发时间"),
                ),
                ("expires_on", models.DateField(verbose_name="到期")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="吊销时间")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="最近使用")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "接口令牌",
                "verbose_name_plural": "接口令牌",
            },
        ),
        migrations.CreateModel(
            name="Nonce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nonce", models.CharField(max_length=64)),
                ("verb", models.CharField(max_length=60)),
                ("result", models.CharField(blank=True, max_length=80)),
                ("used_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "一次性编号",
                "verbose_name_plural": "一次性编号",
                "constraints": [models.UniqueConstraint(fields=("account", "nonce"), name="nonce_once")],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="exports/%Y/%m", verbose_name="文件")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="生成时间")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="保留到")),
                (
                    "made_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="export",
                        to="kernel.job",
                        verbose_name="后台任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "导出文件",
                "verbose_name_plural": "导出文件",
            },
        ),
        migrations.CreateModel(
            name="RecordPeople",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("block", models.BigIntegerField()),
                ("members", models.BinaryField(max_length=512)),
                (
                    "record",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="kernel.record",
                    ),
                ),
            ],
            options={
                "verbose_name": "记录涉及的人群",
                "verbose_name_plural": "记录涉及的人群",
                "indexes": [models.Index(fields=["block", "record"], name="record_block")],
                "constraints": [
                    models.UniqueConstraint(fields=("record", "block"), name="record_block_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="org",
            name="regions",
            field=models.ManyToManyField(related_name="orgs", through="kernel.OrgRegion", to="kernel.region"),
        ),
        migrations.AddIndex(
            model_name="org",
            index=models.Index(fields=["kind", "name_key", "id"], name="org_kind_name"),
        ),
        migrations.AddIndex(
            model_name="org",
            index=models.Index(fields=["parent", "kind"], name="org_parent_kind"),
        ),
        migrations.AddIndex(
            model_name="org",
            index=models.Index(fields=["county", "kind", "name_key"], name="org_county_kind"),
        ),
        migrations.AddIndex(
            model_name="org",
            index=models.Index(fields=["town", "kind", "name_key"], name="org_town_kind"),
        ),
        migrations.AddConstraint(
            model_name="org",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "station"), _negated=True),
                    ("host_city__isnull", False),
                    _connector="OR",
                ),
                name="org_station_has_host_city",
            ),
        ),
        migrations.RunPython(add_system_account, migrations.RunPython.noop),
        migrations.RunPython(make_table, drop_table),
    ]
