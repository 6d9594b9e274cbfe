"""Rounds, proposals, offers and who was left over, as the tables stand."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("matching", "0001_foundation"),
        ("matching", "0002_hold_seats_and_rounds"),
        ("matching", "0003_count_by_place"),
        ("matching", "0004_list_by_city"),
    ]

    initial = True

    dependencies = [
        ("employers", "0001_foundation"),
        ("kernel", "0001_foundation"),
        ("kernel", "__first__"),
        ("workers", "0001_foundation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "held_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="匹配日期"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待计算"),
                            ("solving", "计算中"),
                            ("proposed", "待审定"),
                            ("adopted", "已审定"),
                            ("failed", "未成功"),
                            ("cancelled", "已取消"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("seed", models.PositiveIntegerField(default=1, verbose_name="随机种子")),
                ("summary", models.JSONField(default=dict, verbose_name="结果概要")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="发起时间"),
                ),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发起人",
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
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="kernel.org",
                        verbose_name="范围",
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
                "verbose_name": "匹配轮次",
                "verbose_name_plural": "匹配轮次",
                "indexes": [models.Index(fields=["county", "asked_at"], name="round_county")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "solving", "proposed"))),
                        fields=("org",),
                        name="round_one_unfinished_a_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                        choices=[("proposed", "待审定"), ("adopted", "已采纳"), ("passed_over", "未采纳")],
                        default="proposed",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("fit", models.IntegerField(verbose_name="契合度")),
                ("reasons", models.JSONField(default=dict, verbose_name="理由")),
                ("group_number", models.IntegerField(blank=True, null=True, verbose_name="同行编组")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审定时间")),
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
                        verbose_name="审定人",
                    ),
                ),
                (
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="employers.demand",
                        verbose_name="用工需求",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="matching.round",
                        verbose_name="匹配轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "匹配建议",
                "verbose_name_plural": "匹配建议",
                "indexes": [
                    models.Index(fields=["round", "state", "fit", "id"], name="proposal_round_state"),
                    models.Index(fields=["round", "county", "fit", "id"], name="proposal_round_county"),
                    models.Index(fields=["round", "town", "fit", "id"], name="proposal_round_town"),
                    models.Index(fields=["city", "county", "state"], name="proposal_city_counts"),
                    models.Index(fields=["county", "town", "state"], name="proposal_county_counts"),
                    models.Index(fields=["town", "village", "state"], name="proposal_town_counts"),
                    models.Index(
                        condition=models.Q(("group_number__isnull", False)),
                        fields=["round", "group_number"],
                        name="proposal_round_group",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "worker"), name="proposal_one_post_a_round")
                ],
            },
        ),
        migrations.CreateModel(
            name="Leftover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=30, verbose_name="原因")),
                ("missing", models.CharField(blank=True, max_length=30, verbose_name="所缺条件")),
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
                    "nearest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="employers.demand",
                        verbose_name="最接近的岗位",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leftovers",
                        to="matching.round",
                        verbose_name="匹配轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "未匹配人员",
                "verbose_name_plural": "未匹配人员",
                "indexes": [
                    models.Index(fields=["round", "county", "id"], name="leftover_round_county"),
                    models.Index(fields=["round", "reason", "id"], name="leftover_round_reason"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "worker"), name="leftover_once_a_round")
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
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
                            ("sent", "待本人答复"),
                            ("agreed", "本人已确认，待用人单位答复"),
                            ("accepted", "用人单位已录用"),
                            ("declined", "本人不去"),
                            ("refused", "用人单位未录用"),
                            ("expired", "逾期未答复"),
                            ("recalled", "已撤回"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="发出时间")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="本人答复时间")),
                (
                    "answered_through",
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
                        verbose_name="答复方式",
                    ),
                ),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wage", "工资不合适"),
                            ("place", "地方太远或不想去"),
                            ("work", "工种不合适"),
                            ("family", "家里走不开"),
                            ("health", "身体原因"),
                            ("other_job", "已找到别的工作"),
                            ("companion", "同行的人不去"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="不去的原因",
                    ),
                ),
                (
                    "employer_answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="用人单位答复时间"),
                ),
                (
                    "refuse_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("filled", "已招满"),
                            ("skill", "技能不符"),
                            ("certificate", "缺少证书"),
                            ("unreachable", "联系不上"),
                            ("cancelled", "岗位取消"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="未录用原因",
                    ),
                ),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="名额释放时间")),
                ("is_sample", models.BooleanField(default=False, verbose_name="样例")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复登记人",
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
                    "demand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
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
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发出人",
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
                        related_name="offers",
                        to="workers.worker",
                        verbose_name="劳动者",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offer",
                        to="matching.proposal",
                        verbose_name="匹配建议",
                    ),
                ),
            ],
            options={
                "verbose_name": "岗位推荐",
                "verbose_name_plural": "岗位推荐",
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="offer_state_due"),
                    models.Index(fields=["city", "sent_at", "id"], name="offer_city"),
                    models.Index(fields=["county", "sent_at", "id"], name="offer_county"),
                    models.Index(fields=["town", "sent_at", "id"], name="offer_town"),
                    models.Index(fields=["village", "sent_at", "id"], name="offer_village"),
                    models.Index(fields=["employer_org", "sent_at", "id"], name="offer_employer"),
                    models.Index(fields=["city", "county", "state"], name="offer_city_counts"),
                    models.Index(fields=["county", "town", "state"], name="offer_county_counts"),
                    models.Index(fields=["town", "village", "state"], name="offer_town_counts"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("released_at", None), ("state__in", ("sent", "agreed", "accepted"))
                        ),
                        fields=("worker", "demand"),
                        name="offer_once_while_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None), ("state__in", ("agreed", "accepted"))),
                        fields=("worker",),
                        name="offer_one_yes_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("released_at", None), ("state", "accepted"), _connector="OR"),
                        name="offer_released_was_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("decline_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="offer_no_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("refuse_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="offer_refusal_has_a_reason",
                    ),
                ],
            },
        ),
    ]
