"""Which entries of the register are one person: what looks alike, what was decided, and what each entry says."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Org, Placed, Reached, ReachQuerySet
from zhitong.kernel.privacy import SealedField

from .person import Worker


class LikenessQuerySet(ReachQuerySet):
    """Questions about entries that look alike."""

    def open(self) -> Self:
        return self.filter(state=Likeness.State.OPEN)

    def between(self, one: Worker, other: Worker) -> Self:
        """Return the pair of these two entries, whichever was named first."""
        first, second = sorted((one.pk, other.pk))
        return self.filter(first=first, second=second)


class Likeness(Placed):
    """Two entries that may be one person, in the care of the narrowest place that holds both."""

    class State(models.TextChoices):
        OPEN = "open", _("待核对")
        SAME = "same", _("是同一人")
        DIFFERENT = "different", _("不是同一人")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.SAME, State.DIFFERENT),
        State.SAME: (State.OPEN, State.DIFFERENT),
        State.DIFFERENT: (State.OPEN, State.SAME),
    }
    RESTING = (State.SAME, State.DIFFERENT)

    first = models.ForeignKey(Worker, models.CASCADE, related_name="+", verbose_name=_("登记甲"))
    second = models.ForeignKey(Worker, models.CASCADE, related_name="+", verbose_name=_("登记乙"))
    state = models.CharField(_("核对结果"), max_length=10, choices=State, default=State.OPEN)
    score = models.IntegerField(_("相像程度（百分之一比特）"), default=0)
    reasons = models.JSONField(_("依据"), default=list, blank=True)
    found_at = models.DateTimeField(_("发现时间"), default=timezone.now)

    objects: ClassVar = LikenessQuerySet.as_manager()

    class Meta:
        verbose_name = _("疑似重复")
        verbose_name_plural = _("疑似重复")
        indexes: ClassVar = [
            models.Index(fields=[place, "state", "score", "id"], name=f"likeness_{place}")
            for place in ("city", "county", "town", "village")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "first", "second", "state", "score", "reasons", "found_at",
        )  # fmt: skip

    class Reach:
        places = ("",)

    NAMED_BY = ("first", "second")

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"

    @property
    def bits(self) -> float:
        """The score in bits: how many times a coin would have to fall alike by chance."""
        return self.score / 100


class LinkDecisionQuerySet(ReachQuerySet):
    """Questions about decisions."""

    def standing(self) -> Self:
        return self.filter(voided_at=None)

    def merges(self) -> Self:
        return self.filter(kind=LinkDecision.Kind.MERGE)


class LinkDecision(Reached):
    """What was decided about two entries. Decisions are added and voided, never changed or removed.

    ``reasons`` are codes; what somebody wrote in words stands in ``remark``, which a deletion of data empties.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("合并为一人")
        REJECT = "reject", _("不是同一人")
        CONFIRM = "confirm", _("确认自动合并")

    kept = models.ForeignKey(Worker, models.PROTECT, related_name="+", verbose_name=_("保留的登记"))
    other = models.ForeignKey(Worker, models.PROTECT, related_name="+", verbose_name=_("另一份登记"))
    kind = models.CharField(_("决定"), max_length=10, choices=Kind)
    score = models.IntegerField(_("相像程度（百分之一比特）"), null=True, blank=True)
    reasons = models.JSONField(_("依据"), default=list, blank=True)
    remark = models.CharField(_("说明"), max_length=200, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    decided_at = models.DateTimeField(_("决定时间"), default=timezone.now)
    voided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤销人")
    )
    voided_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    objects: ClassVar = LinkDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("归并决定")
        verbose_name_plural = _("归并决定")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["other"], condition=Q(kind="merge", voided_at=None), name="entry_merged_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="decision_about_two"),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None)
                | Q(voided_at__isnull=False, voided_by__isnull=False),
                name="decision_voided_by_somebody",
            ),
        ]

    class Privacy:
        open = (
            "id", "kept", "other", "kind", "score", "reasons", "decided_by", "decided_at", "voided_by", "voided_at",
        )  # fmt: skip
        personal = ("remark",)

    class Reach:
        places = ("kept__",)
        own = "kept__account"

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def concerns(self) -> Any:
        """The person whom record lines about this row concern."""
        return self.kept


class LinkScores(models.Model):
    """What the entries of a place taught about pairs when they were last compared; lists that come are weighed by it.

    ``scores`` are shares, and hashes of the names that at least three entries bear; nothing about any one of them.
    """

    org = models.OneToOneField(Org, models.CASCADE, related_name="+", verbose_name=_("范围"))
    entries = models.PositiveIntegerField(_("登记数"))
    scores = models.BinaryField(_("分值"))
    learned_at = models.DateTimeField(_("学习时间"), default=timezone.now)

    class Meta:
        verbose_name = _("相像分值")
        verbose_name_plural = _("相像分值")

    class Privacy:
        open = ("id", "org", "entries", "learned_at")
        personal = ("scores",)

    def __str__(self) -> str:
        return str(self.org)


class EntryFacts(models.Model):
    """What one entry of a person with several says by itself, kept while its columns show what all say together."""

    worker = models.OneToOneField(Worker, models.CASCADE, primary_key=True, related_name="entry_facts")
    told = SealedField("entry_facts", exact=True)

    class Meta:
        verbose_name = _("单份登记资料")
        verbose_name_plural = _("单份登记资料")

    class Privacy:
        open = ("worker",)
        sensitive = ("told",)

    def __str__(self) -> str:
        return str(self.worker_id)
