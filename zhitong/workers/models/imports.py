"""Lists that come in: the file's rows as they were, what a check found about each, and what was done with it."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Job, Org, Placed, Reached, ReachQuerySet
from zhitong.kernel.privacy import SealedField
from zhitong.kernel.state import Versioned

from .person import Worker


class Layout(Placed, Versioned):
    """A saved column map: which heading of somebody's lists is which of our fields, for reading and for writing.

    ``columns`` are pairs of heading and field (empty for a column that we do not keep) in the sender's order;
    ``words`` translate what stands in the cells, by field: ``{"status": {"外出": "away"}}``.
    """

    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("所属组织"))
    name = models.CharField(_("名称"), max_length=60)
    columns: Any = models.JSONField(_("列对照"), default=list)
    words: Any = models.JSONField(_("用词对照"), default=dict, blank=True)
    saved_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("保存人"))
    saved_at = models.DateTimeField(_("保存时间"), default=timezone.now)

    class Meta:
        verbose_name = _("版式")
        verbose_name_plural = _("版式")
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "name"], name="layout_once")]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "org", "name", "columns", "words", "saved_by",
            "saved_at",
        )  # fmt: skip

    class Reach:
        """Layouts hold headings and no people: whoever brings lists in may use anybody's."""

        places = ("",)
        public = True

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return f"{self.name}（{self.org.place_name}）"


class ImportQuerySet(ReachQuerySet):
    """Questions about imports."""

    def standing(self) -> Self:
        """Return those that were neither discarded nor undone."""
        return self.exclude(state__in=Import.GONE)


class Import(Placed):
    """One list that an organisation sent: staged, checked, applied, and undone where it was wrong.

    Its columns say how it is read now; ``counts`` how many rows the last check found of each verdict; ``outcome``
    what applying or undoing it did.
    """

    class State(models.TextChoices):
        STAGED = "staged", _("待检查")
        CHECKED = "checked", _("已检查，未入册")
        APPLIED = "applied", _("已入册")
        UNDONE = "undone", _("已撤销")
        DISCARDED = "discarded", _("已作废")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.STAGED: (State.CHECKED, State.DISCARDED),
        State.CHECKED: (State.STAGED, State.APPLIED, State.DISCARDED),
        State.APPLIED: (State.UNDONE,),
        State.UNDONE: (),
        State.DISCARDED: (),
    }
    RESTING = (State.APPLIED,)
    GONE = (State.UNDONE, State.DISCARDED)

    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("来件单位"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.STAGED)
    name = models.CharField(_("文件名"), max_length=150)
    digest = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("字节数"))
    listed_on = models.DateField(_("名单日期"))
    consents: Any = models.JSONField(_("已征得的同意"), default=list)
    sheets: Any = models.JSONField(_("工作表"), default=list)
    row_count = models.PositiveIntegerField(_("行数"), default=0)
    layout = models.ForeignKey(
        Layout, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("版式")
    )
    columns: Any = models.JSONField(_("列对照"), default=list)
    words: Any = models.JSONField(_("用词对照"), default=dict, blank=True)
    counts: Any = models.JSONField(_("检查结果"), default=dict, blank=True)
    outcome: Any = models.JSONField(_("办理结果"), default=dict, blank=True)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("后台任务")
    )
    staged_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    staged_at = models.DateTimeField(_("上传时间"), default=timezone.now)
    checked_at = models.DateTimeField(_("检查时间"), null=True, blank=True)
    applied_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("入册人")
    )
    applied_at = models.DateTimeField(_("入册时间"), null=True, blank=True)

    objects: ClassVar = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("名单导入")
        verbose_name_plural = _("名单导入")
        indexes: ClassVar = [
            models.Index(fields=[place, "id"], name=f"import_{place}")
            for place in ("city", "county", "town", "village")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "digest"],
                condition=~Q(state__in=("undone", "discarded")),
                name="import_file_once",
            )
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "org", "state", "digest", "size", "listed_on", "consents",
            "row_count", "layout", "columns", "words", "counts", "outcome", "job", "staged_by", "staged_at",
            "checked_at", "applied_by", "applied_at",
        )  # fmt: skip
        personal = ("name", "sheets")

    class Reach:
        places = ("",)

    def __str__(self) -> str:
        return self.name

    @property
    def open_questions(self) -> int:
        """How many rows wait for a person's decision, as the last check and the decisions since left it."""
        return self.findings.filter(asks=True, decision="").count()

    @property
    def passed_columns(self) -> list[str]:
        """Headings of the columns that are not read."""
        return [heading for heading, field in self.columns if not field]

    @property
    def unread_sheets(self) -> list[tuple[str, int]]:
        """Sheets of which the last check read no row, for want of headings that it knows, with their rows' number."""
        if not self.counts:
            return []
        read = set(self.findings.values_list("row__sheet", flat=True).distinct())
        staged = self.rows.values_list("sheet").annotate(count=models.Count("pk")).order_by("sheet")
        return [(self.sheets[at]["name"], count) for at, count in staged if at not in read]


class OfImport(Reached):
    """A row that belongs to an import and is reached as it is."""

    class Meta:
        abstract = True

    class Reach:
        places = ("imported__",)


class ImportRow(OfImport):
    """A row of a file as it came: where it stood, and its cells. It is never changed.

    ``cells`` is a JSON list, sealed as a whole, because it holds identity numbers and telephones. By
    ``number_index``, the blind index of the first identity number among them, the rows of a person are found whom
    nobody recognised yet.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.PositiveSmallIntegerField(_("第几张表"))
    number = models.PositiveIntegerField(_("行号"))
    cells = SealedField("import_cells", exact=True, verbose_name=_("原始内容"))
    number_index = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("来件行")
        verbose_name_plural = _("来件行")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["imported", "sheet", "number"], name="import_row_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["number_index"], condition=Q(number_index__isnull=False), name="import_row_number"
            )
        ]

    class Privacy:
        open = ("id", "imported", "sheet", "number")
        sensitive = ("cells", "number_index")

    def __str__(self) -> str:
        return f"{self.sheet + 1}-{self.number}"


class RowFindingQuerySet(ReachQuerySet):
    """Questions about findings."""

    def waiting(self) -> Self:
        """Return those that a person has to decide and nobody has."""
        return self.filter(asks=True, decision="")


class RowFinding(OfImport):
    """What the last check found about a row, and what a person decided where it had to ask.

    ``found`` is sealed JSON: ``facts`` as they were read, ``differences`` as (field, before, after), ``told`` as
    (code, column, sentence). ``seen`` is the version of the register's entry with which it was compared.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("有变动")
        SAME = "same", _("无变动")
        DUPLICATE = "duplicate", _("疑似重复")
        REFUSED = "refused", _("退回")

    class Decision(models.TextChoices):
        TAKE = "take", _("照此入册")
        SAME_PERSON = "same_person", _("是同一人，更新那份登记")
        OTHER_PERSON = "other_person", _("不是同一人，另行登记")
        LEAVE = "leave", _("这一行不办")

    imported = models.ForeignKey(Import, models.CASCADE, related_name="findings", db_index=False)
    row = models.OneToOneField(ImportRow, models.CASCADE, related_name="finding")
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict)
    codes: Any = models.JSONField(_("说明代码"), default=list)
    asks = models.BooleanField(_("要人决定"), default=False)
    decision = models.CharField(_("决定"), max_length=12, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    village = models.ForeignKey(
        Org,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("村（社区）"),
    )
    worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("登记册上的人")
    )
    seen = models.PositiveIntegerField(_("登记版本"), null=True, blank=True)
    found = SealedField("import_finding", exact=True, verbose_name=_("检查内容"))

    objects: ClassVar = RowFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查结论")
        verbose_name_plural = _("检查结论")
        indexes: ClassVar = [
            models.Index(fields=["imported", "verdict", "row"], name="finding_verdict"),
            models.Index(fields=["imported", "row"], name="finding_row"),
            models.Index(fields=["imported", "decision", "row"], name="finding_asks", condition=Q(asks=True)),
        ]

    class Privacy:
        open = (
            "id", "imported", "row", "verdict", "codes", "asks", "decision", "decided_by", "village", "worker", "seen"
        )  # fmt: skip
        sensitive = ("found",)

    NAMED_BY = ("imported__org", "row")

    def __str__(self) -> str:
        return f"{self.imported} {self.row}"

    @property
    def read(self) -> dict[str, Any]:
        """The sealed part in clear, for a page that masks what it shows."""
        found: dict[str, Any] = json.loads(self.found.open())
        return found


class RowEffect(OfImport):
    """What applying did with a row: which entry it made or changed, and what stood there before.

    ``held`` is sealed JSON: ``before`` and ``after`` by column, and what was added beside the entry.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("新增登记")
        CHANGED = "changed", _("更新登记")
        MISSED = "missed", _("检查后有变，未办")

    class Undone(models.TextChoices):
        NO = "", _("有效")
        WHOLLY = "wholly", _("已撤销")
        PARTLY = "partly", _("部分撤销")
        KEPT = "kept", _("未能撤销")

    imported = models.ForeignKey(Import, models.CASCADE, related_name="effects", db_index=False)
    row = models.OneToOneField(ImportRow, models.CASCADE, related_name="effect")
    kind = models.CharField(_("办理"), max_length=8, choices=Kind)
    worker = models.ForeignKey(
        Worker, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("登记册上的人")
    )
    version = models.PositiveIntegerField(_("登记版本"))
    held = SealedField("import_effect", exact=True, verbose_name=_("前后内容"))
    undone = models.CharField(_("撤销"), max_length=8, choices=Undone, blank=True)
    reasons: Any = models.JSONField(_("未能撤销的原因"), default=list, blank=True)

    class Meta:
        verbose_name = _("入册结果")
        verbose_name_plural = _("入册结果")
        indexes: ClassVar = [models.Index(fields=["imported", "undone", "row"], name="effect_row")]

    class Privacy:
        open = ("id", "imported", "row", "kind", "worker", "version", "undone", "reasons")
        sensitive = ("held",)

    NAMED_BY = ("imported__org", "row")

    def __str__(self) -> str:
        return f"{self.imported} {self.row}"
