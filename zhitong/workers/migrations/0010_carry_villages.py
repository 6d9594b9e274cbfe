import django.db.models.deletion
import django.utils.timezone
import zhitong.kernel.privacy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_name_many_people_in_one_line"),
        ("workers", "0009_ask_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("village__isnull", False)), name="device_carries_a_village"
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("wiped_at", None), ("wiped_by", None)),
                    models.Q(("wiped_at__isnull", False), ("wiped_by__isnull", False)),
                    _connector="OR",
                ),
                name="device_wiped_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldconflict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("worker", "field"),
                name="field_conflict_once_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldconflict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="field_conflict_decided_by_somebody",
            ),
        ),
    ]
