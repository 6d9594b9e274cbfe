"""Rounds of matching, what they propose, what is offered, and what people answer."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.access import Reaching
from zhitong.kernel.models import Account, Job, Org, Placed, ReachQuerySet, counting_indexes
from zhitong.workers.models import Source, Worker


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
            "id", "city", "county", "town", "village", "org", "held_on", "state", "seed", "job", "summary",
            "asked_by", "asked_at", "is_sample",
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
            "id", "city", "county", "town", "village", "round", "worker", "reason", "missing", "nearest"
        )  # fmt: skip

    class Reach:
        places = ("",)

    NAMED_BY = ("worker",)

    def __str__(self) -> str:
        return f"{self.worker}: {self.reason}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker


class OfferQuerySet(ReachQuerySet):
    """Questions about offers."""

    def holding(self) -> Self:
        """Return the offers that keep a seat and a worker: waiting, agreed, or accepted and not released."""
        return self.filter(state__in=Offer.HOLDING, released_at=None)

    def taken(self) -> Self:
        """Return the offers to which the worker has said yes, and that hold."""
        return self.filter(state__in=(Offer.State.AGREED, Offer.State.ACCEPTED), released_at=None)

    def open(self) -> Self:
        """Return the offers that still wait for an answer of one side."""
        return self.filter(state__in=(Offer.State.SENT, Offer.State.AGREED))

    def overdue(self, today: dt.date | None = None) -> Self:
        """Return the open offers whose clock has run out."""
        return self.open().filter(due_on__lt=today or timezone.localdate())


class Offer(Placed):
    """A post offered to a worker. He says yes or no, then the employer; silence expires."""

    class State(models.TextChoices):
        SENT = "sent", _("待本人答复")
        AGREED = "agreed", _("本人已确认，待用人单位答复")
        ACCEPTED = "accepted", _("用人单位已录用")
        DECLINED = "declined", _("本人不去")
        REFUSED = "refused", _("用人单位未录用")
        EXPIRED = "expired", _("逾期未答复")
        RECALLED = "recalled", _("已撤回")

    class DeclineReason(models.TextChoices):
        WAGE = "wage", _("工资不合适")
        PLACE = "place", _("地方太远或不想去")
        WORK = "work", _("工种不合适")
        FAMILY = "family", _("家里走不开")
        HEALTH = "health", _("身体原因")
        OTHER_JOB = "other_job", _("已找到别的工作")
        COMPANION = "companion", _("同行的人不去")
        OTHER = "other", _("其他")

    class RefuseReason(models.TextChoices):
        FILLED = "filled", _("已招满")
        SKILL = "skill", _("技能不符")
        CERTIFICATE = "certificate", _("缺少证书")
        UNREACHABLE = "unreachable", _("联系不上")
        CANCELLED = "cancelled", _("岗位取消")
        OTHER = "other", _("其他")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.SENT: (State.AGREED, State.DECLINED, State.EXPIRED, State.RECALLED),
        State.AGREED: (State.ACCEPTED, State.REFUSED, State.EXPIRED, State.DECLINED, State.RECALLED),
        State.ACCEPTED: (),
        State.DECLINED: (),
        State.REFUSED: (),
        State.EXPIRED: (),
        State.RECALLED: (),
    }
    HOLDING = (State.SENT, State.AGREED, State.ACCEPTED)

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="offers", verbose_name=_("劳动者"))
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="offers", verbose_name=_("用工需求"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="offer", verbose_name=_("匹配建议")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SENT)
    sent_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发出人"))
    sent_at = models.DateTimeField(_("发出时间"), default=timezone.now)
    due_on = models.DateField(_("答复期限"))
    answered_at = models.DateTimeField(_("本人答复时间"), null=True, blank=True)
    answered_through = models.CharField(_("答复方式"), max_length=10, choices=Source, blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复登记人")
    )
    decline_reason = models.CharField(_("不去的原因"), max_length=12, choices=DeclineReason, blank=True)
    employer_answered_at = models.DateTimeField(_("用人单位答复时间"), null=True, blank=True)
    refuse_reason = models.CharField(_("未录用原因"), max_length=12, choices=RefuseReason, blank=True)
    released_at = models.DateTimeField(_("名额释放时间"), null=True, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位推荐")
        verbose_name_plural = _("岗位推荐")
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="offer_state_due"),
            models.Index(fields=["city", "sent_at", "id"], name="offer_city"),
            models.Index(fields=["county", "sent_at", "id"], name="offer_county"),
            models.Index(fields=["town", "sent_at", "id"], name="offer_town"),
            models.Index(fields=["village", "sent_at", "id"], name="offer_village"),
            models.Index(fields=["employer_org", "sent_at", "id"], name="offer_employer"),
            *counting_indexes("offer", "state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "demand"],
                condition=Q(state__in=("sent", "agreed", "accepted"), released_at=None),
                name="offer_once_while_open",
            ),
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(state__in=("agreed", "accepted"), released_at=None),
                name="offer_one_yes_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(state="accepted"), name="offer_released_was_accepted"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""), name="offer_no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refuse_reason=""), name="offer_refusal_has_a_reason"
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "worker", "demand", "employer_org", "proposal",
            "state", "sent_by", "sent_at", "due_on", "answered_at", "answered_through", "answered_by",
            "employer_answered_at", "refuse_reason", "released_at", "is_sample",
        )  # fmt: skip
        personal = ("decline_reason",)
        erased: ClassVar = {"decline_reason": "other"}

    class Reach:
        places = ("",)
        own = "worker__account"
        ends: ClassVar[dict[str, str]] = {Org.Kind.EMPLOYER: "employer_org"}

    SHOWN_TO_EMPLOYER = ("name", "sex", "education", "telephone")
    """What the employer may read of a worker who said yes; before that, nothing but that there is somebody."""

    NAMED_BY = ("worker", "demand")

    def __str__(self) -> str:
        """Name the worker only once the employer, too, may know who it is."""
        if self.state in (self.State.AGREED, self.State.ACCEPTED):
            return f"{self.worker} → {self.demand.title}"
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker
