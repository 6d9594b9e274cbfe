"""What would be if other rules held: a round computed again on the same people and posts, adopted by nobody."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.models import Account, Job, Placed, ReachQuerySet
from zhitong.workers.models import Worker

from .rounds import Round


class Trial(Placed):
    """A round computed by other rules than its own, to see who would gain and who would lose."""

    class State(models.TextChoices):
        WAITING = "waiting", _("试算中")
        DONE = "done", _("已算好")
        FAILED = "failed", _("未成功")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WAITING: (State.DONE, State.FAILED),
        State.DONE: (),
        State.FAILED: (),
    }

    round = models.ForeignKey(Round, models.CASCADE, related_name="trials", verbose_name=_("匹配轮次"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    rules: Any = models.JSONField(_("试算的规则"))
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    summary: Any = models.JSONField(_("结果概要"), default=dict)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("试算人"))
    asked_at = models.DateTimeField(_("试算时间"), default=timezone.now)

    objects: ClassVar = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("规则试算")
        verbose_name_plural = _("规则试算")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="waiting"), name="trial_one_unfinished_a_round"
            )
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "state", "rules", "job", "summary", "asked_by",
            "asked_at",
        )  # fmt: skip

    class Reach:
        places = ("",)
        also = staticmethod(Round.Reach.also)

    NAMED_BY = ("round__org",)

    def __str__(self) -> str:
        return f"{self.round} · {timezone.localtime(self.asked_at):%m-%d %H:%M}"


class TrialChange(Placed):
    """One person for whom a trial would change something, with both posts and their fit by both sets of rules."""

    class Kind(models.TextChoices):
        GAINS = "gains", _("原来没有，试算有岗位")
        LOSES = "loses", _("原来有，试算没有岗位")
        BETTER = "better", _("换成更合适的岗位")
        WORSE = "worse", _("换成不如原来的岗位")
        MIXED = "mixed", _("换了岗位，两种算法说法不同")

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="changes", verbose_name=_("规则试算"))
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="+", verbose_name=_("劳动者"))
    kind = models.CharField(_("变化"), max_length=8, choices=Kind)
    before = models.ForeignKey(
        Demand, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("原来的岗位")
    )
    after = models.ForeignKey(
        Demand, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("试算的岗位")
    )
    before_by_old = models.IntegerField(_("原来的岗位，按原来的分值"))
    after_by_old = models.IntegerField(_("试算的岗位，按原来的分值"))
    before_by_new = models.IntegerField(_("原来的岗位，按试算的分值"))
    after_by_new = models.IntegerField(_("试算的岗位，按试算的分值"))

    class Meta:
        verbose_name = _("试算变化")
        verbose_name_plural = _("试算变化")
        indexes: ClassVar = [
            models.Index(fields=["trial", "kind", "id"], name="trial_change_kind"),
            models.Index(fields=["trial", "county", "id"], name="trial_change_county"),
            models.Index(fields=["trial", "town", "id"], name="trial_change_town"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "worker"], name="trial_change_once_a_trial")
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "trial", "worker", "kind", "before", "after",
            "before_by_old", "after_by_old", "before_by_new", "after_by_new",
        )  # fmt: skip

    class Reach:
        places = ("",)

    NAMED_BY = ("worker",)

    def __str__(self) -> str:
        return f"{self.worker}: {self.get_kind_display()}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker
