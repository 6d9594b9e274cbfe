"""Questions, answers and enquiries, as the tables stand."""

import django.db.models.deletion
import django.utils.timezone
import zhitong.kernel.privacy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("rights", "0001_questions_and_enquiries")]

    initial = True

    dependencies = [
        ("kernel", "0001_foundation"),
        ("kernel", "__first__"),
        ("workers", "0001_foundation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="排列")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
            ],
            options={
                "verbose_name": "问题类别",
                "verbose_name_plural": "问题类别",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None)),
                        fields=("name",),
                        name="topic_standing_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hotline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(max_length=20, verbose_name="咨询电话")),
                ("hours", models.CharField(blank=True, max_length=60, verbose_name="接听时间")),
                (
                    "org",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hotline",
                        to="kernel.org",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "咨询电话",
                "verbose_name_plural": "咨询电话",
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "through",
                    models.CharField(
                        choices=[
                            ("self", "本人登录提问"),
                            ("guest", "未登录提问"),
                            ("visit", "当面代问"),
                            ("telephone", "电话"),
                        ],
                        max_length=10,
                        verbose_name="提问方式",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=50, verbose_name="称呼")),
                (
                    "telephone",
                    zhitong.kernel.privacy.SealedField(
                        "telephone", blank=True, null=True, verbose_name="联系电话"
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="问题")),
                ("more", models.TextField(blank=True, verbose_name="追问")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待接办"),
                            ("taken", "办理中"),
                            ("answered", "已答复"),
                            ("reopened", "追问"),
                            ("closed", "已办结"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="提问时间"),
                ),
                ("due_at", models.DateTimeField(verbose_name="答复期限")),
                ("late_since", models.DateTimeField(blank=True, null=True, verbose_name="超期起")),
                ("reply", models.TextField(blank=True, max_length=2000, verbose_name="答复")),
                ("earlier_reply", models.TextField(blank=True, verbose_name="先前的答复")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "answered_by",
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
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="答复单位",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接办人",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rights.topic",
                        verbose_name="问题类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "咨询工单",
                "verbose_name_plural": "咨询工单",
                "indexes": [
                    models.Index(fields=["city", "due_at", "id"], name="enquiry_city"),
                    models.Index(fields=["county", "due_at", "id"], name="enquiry_county"),
                    models.Index(fields=["owner", "due_at", "id"], name="enquiry_owner"),
                    models.Index(fields=["state", "due_at"], name="enquiry_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            ("taken_by__isnull", False),
                            _connector="OR",
                        ),
                        name="enquiry_taken_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(models.Q(("reply", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="enquiry_answer_has_a_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by__isnull", True), ("through", "guest")),
                            models.Q(
                                models.Q(("through", "guest"), _negated=True), ("asked_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="enquiry_guest_has_no_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                        choices=[("draft", "草稿"), ("published", "已发布"), ("withdrawn", "已撤下")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("question", models.CharField(max_length=120, verbose_name="问题")),
                ("text", models.TextField(max_length=3000, verbose_name="答复")),
                ("keywords", models.CharField(blank=True, max_length=200, verbose_name="关键词")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                (
                    "valid_from",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="适用起"),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="适用止")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="本地核对日期")),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="写成时间"),
                ),
                (
                    "touched_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="改动时间"),
                ),
                ("search_head", models.CharField(default="", editable=False, max_length=600)),
                ("search_sound", models.TextField(default="", editable=False)),
                ("search_body", models.TextField(default="", editable=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核对人",
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
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="由谁维护",
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
                    "made_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made",
                        to="rights.enquiry",
                        verbose_name="来自工单",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="rights.topic",
                        verbose_name="问题类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "常见问题",
                "verbose_name_plural": "常见问题",
                "indexes": [
                    models.Index(fields=["city", "written_at", "id"], name="answer_city"),
                    models.Index(fields=["county", "written_at", "id"], name="answer_county"),
                    models.Index(
                        fields=["state", "valid_from", "valid_until", "county"], name="answer_in_force"
                    ),
                    models.Index(fields=["touched_at", "version"], name="answer_touched"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="answer_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版本")),
                ("question", models.CharField(max_length=120, verbose_name="问题")),
                ("text", models.TextField(verbose_name="答复")),
                ("keywords", models.CharField(blank=True, max_length=200, verbose_name="关键词")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("valid_from", models.DateField(verbose_name="适用起")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="适用止")),
                (
                    "replaced_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="改动时间"),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="rights.answer",
                        verbose_name="常见问题",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="改动人",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rights.topic",
                        verbose_name="问题类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "答复版本",
                "verbose_name_plural": "答复版本",
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "number"), name="answer_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="日期")),
                ("term", models.CharField(blank=True, max_length=30, verbose_name="查找内容")),
                ("found", models.BooleanField(default=True, verbose_name="找到了")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="次数")),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="rights.answer",
                        verbose_name="常见问题",
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
                    "counted_at",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.org",
                        verbose_name="计入单位",
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
                "verbose_name": "提问次数",
                "verbose_name_plural": "提问次数",
                "indexes": [
                    models.Index(fields=["city", "asked_on"], name="asked_city"),
                    models.Index(fields=["county", "asked_on"], name="asked_county"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)),
                        fields=("asked_on", "counted_at", "term"),
                        name="asked_term_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer__isnull", False)),
                        fields=("asked_on", "counted_at", "answer"),
                        name="asked_answer_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", True), models.Q(("term", ""), _negated=True)),
                            models.Q(("answer__isnull", False), ("term", "")),
                            _connector="OR",
                        ),
                        name="asked_term_or_answer",
                    ),
                ],
            },
        ),
    ]
