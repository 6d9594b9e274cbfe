"""Rounds of matching: what they propose, and for whom they found nothing."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.access import Reaching
from zhitong.kernel.models import Account, Job, Org, Placed, ReachQuerySet, counting_indexes
from zhitong.workers.models import Worker

from .rules import RuleSet


class RoundQuerySet(ReachQuerySet):
    """Questions about rounds."""

    def unfinished(self) -> Self:
        """Return the rounds that still wait for the engine or for a person."""
        return self.filter(state__in=Round.UNFINISHED)


class Round(Placed):
    """One clearing of the market over a place on a day: a problem, an engine's plan, a person's adoption."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待计算")
        SOLVING = "solving", _("计算中")
        PROPOSED = "proposed", _("待审定")
        ADOPTED = "adopted", _("已审定")
        FAILED = "failed", _("未成功")
        CANCELLED = "cancelled", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WAITING: (State.SOLVING, State.CANCELLED),
        State.SOLVING: (State.PROPOSED, State.FAILED),
        State.PROPOSED: (State.ADOPTED, State.CANCELLED),
        State.ADOPTED: (),
        State.FAILED: (State.WAITING, State.CANCELLED),
        State.CANCELLED: (),
    }
    RESTING = (State.FAILED,)
    UNFINISHED = (State.WAITING, State.SOLVING, State.PROPOSED)

    org = models.ForeignKey(Org, models.PROTECT, related_name="rounds", verbose_name=_("范围"))
    held_on = models.DateField(_("匹配日期"), default=timezone.localdate)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    seed = models.PositiveIntegerField(_("随机种子"), default=1)
    rules = models.ForeignKey(
        RuleSet, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("匹配规则")
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    summary: Any = models.JSONField(_("结果概要"), default=dict)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发起人"))
    asked_at = models.DateTimeField(_("发起时间"), default=timezone.now)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("匹配轮次")
        verbose_name_plural = _("匹配轮次")
        indexes: ClassVar = [models.Index(fields=["county", "asked_at"], name="round_county")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org"],
                condition=Q(state__in=("waiting", "solving", "proposed")),
                name="round_one_unfinished_a_place",
            )
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "org", "held_on", "state", "seed", "rules", "job",
            "summary", "asked_by", "asked_at", "is_sample",
        )  # fmt: skip

    class Reach:
        places = ("",)

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Whoever works below the round's place reads it: their own people may be among the proposed."""
            org = grant.org
            if org is None or org.level in (None, "city"):
                return None
            of_city = Q(city=org.city_id, county=None)
            return of_city if org.level == "county" else of_city | Q(county=org.county_id, town=None)

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return f"{self.org.place_name} {self.held_on}"

    @property
    def why_failed(self) -> str:
        """Why a computation came to nothing, in the reader's language; rounds of before kept a plain sentence."""
        failed = self.summary.get("failed", "")
        return failed if isinstance(failed, str) else Job.told(failed["note"])


class ProposalQuerySet(ReachQuerySet):
    """Questions about proposals."""

    def undecided(self) -> Self:
        return self.filter(state=Proposal.State.PROPOSED)


class Proposal(Placed):
    """One worker and one post that the engine would bring together, with why, and what was missing elsewhere."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待审定")
        ADOPTED = "adopted", _("已采纳")
        PASSED_OVER = "passed_over", _("未采纳")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PROPOSED: (State.ADOPTED, State.PASSED_OVER),
        State.ADOPTED: (),
        State.PASSED_OVER: (),
    }

    round = models.ForeignKey(Round, models.CASCADE, related_name="proposals", verbose_name=_("匹配轮次"))
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="proposals", verbose_name=_("劳动者"))
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="proposals", verbose_name=_("用工需求"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.PROPOSED)
    fit = models.IntegerField(_("契合度"))
    reasons: Any = models.JSONField(_("理由"), default=dict)
    group_number = models.IntegerField(_("同行编组"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审定人")
    )
    decided_at = models.DateTimeField(_("审定时间"), null=True, blank=True)

    objects: ClassVar = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("匹配建议")
        verbose_name_plural = _("匹配建议")
        indexes: ClassVar = [
            models.Index(fields=["round", "state", "fit", "id"], name="proposal_round_state"),
            models.Index(fields=["round", "county", "fit", "id"], name="proposal_round_county"),
            models.Index(fields=["round", "town", "fit", "id"], name="proposal_round_town"),
            *counting_indexes("proposal", "state"),
            models.Index(
                fields=["round", "group_number"],
                name="proposal_round_group",
                condition=Q(group_number__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "worker"], name="proposal_one_post_a_round")
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "worker", "demand", "state", "fit",
            "group_number", "decided_by", "decided_at",
        )  # fmt: skip
        personal = ("reasons",)

    class Reach:
        places = ("",)

    NAMED_BY = ("worker", "demand__employer__org")

    def __str__(self) -> str:
        return f"{self.worker} → {self.demand}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker


class Leftover(Placed):
    """A worker for whom a round found nothing, with the reason and what was missing for the nearest post."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="leftovers", verbose_name=_("匹配轮次"))
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="+", verbose_name=_("劳动者"))
    reason = models.CharField(_("原因"), max_length=30)
    missing = models.CharField(_("所缺条件"), max_length=30, blank=True)
    nearest = models.ForeignKey(
        Demand, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("最接近的岗位")
    )
    reasons: Any = models.JSONField(_("理由"), default=dict)
    opening = models.ForeignKey(
        "ClassOpening", models.SET_NULL, null=True, blank=True, related_name="trainees",
        verbose_name=_("订单班机会"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("未匹配人员")
        verbose_name_plural = _("未匹配人员")
        indexes: ClassVar = [
            models.Index(fields=["round", "county", "id"], name="leftover_round_county"),
            models.Index(fields=["round", "reason", "id"], name="leftover_round_reason"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "worker"], name="leftover_once_a_round")
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "round", "worker", "reason", "missing", "nearest", "opening",
        )  # fmt: skip
        personal = ("reasons",)

    class Reach:
        places = ("",)
        own = "worker__account"

    NAMED_BY = ("worker",)

    def __str__(self) -> str:
        return f"{self.worker}: {self.reason}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker
