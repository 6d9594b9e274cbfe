"""What is offered to people, and what they and employers answer."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.models import Account, Org, Placed, ReachQuerySet, counting_indexes
from zhitong.workers.models import Source, Worker

from .rounds import Proposal


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
        DORMITORY = "dormitory", _("不提供住宿")
        DATE = "date", _("到岗日期不合适")
        DISTRUST = "distrust", _("信不过这家单位")
        FAMILY = "family", _("家里走不开")
        HEALTH = "health", _("身体原因")
        OTHER_JOB = "other_job", _("已找到别的工作")
        COMPANION = "companion", _("同行的人不去")
        OTHER = "other", _("其他")

    class RefuseReason(models.TextChoices):
        FILLED = "filled", _("已招满")
        SKILL = "skill", _("技能不符")
        CERTIFICATE = "certificate", _("缺少证书")
        DATE = "date", _("到岗日期不合")
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
    agreed_low_fen = models.PositiveIntegerField(_("答应时的最低月工资（分）"), null=True, blank=True)
    agreed_begins_on = models.DateField(_("答应时的到岗日期"), null=True, blank=True)
    agreed_insurance = models.BooleanField(_("答应时写明缴社会保险"), null=True, blank=True)
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
            "agreed_low_fen", "agreed_begins_on", "agreed_insurance",
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
