"""Interviews by telephone or video: the times that an employer offers, and who picked which."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.access import Reaching
from zhitong.kernel.models import Account, Org, Placed, ReachQuerySet
from zhitong.kernel.privacy import SealedField
from zhitong.workers.models import Source, Worker

from .offers import Offer


class InterviewSlotQuerySet(ReachQuerySet):
    """Questions about interview slots."""

    def free(self) -> Self:
        """Return the slots to come that still have a place."""
        to_come = self.filter(state=InterviewSlot.State.OPEN, starts_at__gt=timezone.now())
        return to_come.filter(taken__lt=F("places"))

    def for_offer(self, offer: Offer) -> Self:
        """Return the free slots that the worker of an offer may pick."""
        return self.free().filter(Q(only_for=None) | Q(only_for=offer), demand=offer.demand_id)


class InterviewSlot(Placed):
    """A time at which an employer talks with people about a post, for so many of them."""

    class Mode(models.TextChoices):
        TELEPHONE = "telephone", _("电话")
        VIDEO = "video", _("视频")

    class State(models.TextChoices):
        OPEN = "open", _("可预约")
        CANCELLED = "cancelled", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.CANCELLED,), State.CANCELLED: ()}
    RESTING = (State.OPEN,)
    MOST_PLACES = 200
    MOST_MINUTES = 480

    demand = models.ForeignKey(
        Demand, models.PROTECT, related_name="interview_slots", verbose_name=_("用工需求")
    )
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    only_for = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="own_slots", verbose_name=_("只给谁")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    mode = models.CharField(_("面试方式"), max_length=10, choices=Mode)
    starts_at = models.DateTimeField(_("开始时间"))
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=30)
    places = models.PositiveSmallIntegerField(_("可约人数"), default=1)
    taken = models.PositiveSmallIntegerField(_("已约人数"), default=0)
    link = models.URLField(_("视频会议链接"), max_length=300, blank=True)
    telephone = SealedField("telephone", verbose_name=_("面试电话"), null=True, blank=True)
    offered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("安排人"))
    offered_at = models.DateTimeField(_("安排时间"), default=timezone.now)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = InterviewSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("面试时段")
        verbose_name_plural = _("面试时段")
        indexes: ClassVar = [
            models.Index(fields=["demand", "starts_at"], name="slot_demand"),
            models.Index(fields=["employer_org", "starts_at", "id"], name="slot_employer"),
            models.Index(fields=["city", "starts_at", "id"], name="slot_city"),
            models.Index(fields=["county", "starts_at", "id"], name="slot_county"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="slot_not_overfull"),
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=200), name="slot_has_places"),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="slot_has_minutes"),
            models.CheckConstraint(
                condition=Q(mode="video", link__startswith="http")
                | Q(mode="telephone", telephone__isnull=False, link=""),
                name="slot_says_how",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "demand", "employer_org", "only_for", "state", "mode",
            "starts_at", "minutes", "places", "taken", "link", "offered_by", "offered_at", "is_sample",
        )  # fmt: skip
        sensitive = ("telephone",)

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = {Org.Kind.EMPLOYER: "employer_org"}

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Offices read open slots, to pick one for a person; a worker those of posts to which he said yes.

            A slot that is kept for one person is no other's to read.
            """
            if grant.org is not None:
                return Q(state="open") if grant.org.level is not None else None
            own = Offer.objects.taken().filter(worker__account=grant.account)
            for_him = Q(only_for=None) | Q(only_for__worker__account=grant.account)
            return for_him & Q(demand__in=own.values("demand"))

    NAMED_BY = ("demand",)

    def __str__(self) -> str:
        return f"{self.demand.title} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def left(self) -> int:
        """How many may still pick it."""
        return self.places - self.taken


class InterviewQuerySet(ReachQuerySet):
    """Questions about interviews."""

    def booked(self) -> Self:
        return self.filter(state=Interview.State.BOOKED)

    def to_come(self) -> Self:
        """Return those that have not begun."""
        return self.filter(slot__starts_at__gt=timezone.now())

    def to_remind(self, before: object) -> Self:
        """Return those that begin between now and an instant and of which nobody was reminded."""
        return self.booked().to_come().filter(slot__starts_at__lte=before, reminded_at=None)


class Interview(Placed):
    """One person's talk about one post in one slot, and how it came out."""

    class State(models.TextChoices):
        BOOKED = "booked", _("已约好")
        PASSED = "passed", _("面试通过")
        FAILED = "failed", _("面试未通过")
        MISSED = "missed", _("没有参加")
        MOVED = "moved", _("已改期")
        CANCELLED = "cancelled", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.BOOKED: (State.PASSED, State.FAILED, State.MISSED, State.MOVED, State.CANCELLED),
        State.PASSED: (),
        State.FAILED: (),
        State.MISSED: (),
        State.MOVED: (),
        State.CANCELLED: (),
    }
    RESULTS = (State.PASSED, State.FAILED, State.MISSED)
    """What an employer records after it; moving and calling off have verbs of their own."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="interviews", verbose_name=_("岗位推荐"))
    slot = models.ForeignKey(
        InterviewSlot, models.PROTECT, related_name="interviews", verbose_name=_("面试时段")
    )
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="interviews", verbose_name=_("劳动者"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.BOOKED)
    fail_reason = models.CharField(_("未通过原因"), max_length=12, choices=Offer.RefuseReason, blank=True)
    picked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("预约登记人"))
    picked_through = models.CharField(_("预约方式"), max_length=10, choices=Source)
    picked_at = models.DateTimeField(_("预约时间"), default=timezone.now)
    reminded_at = models.DateTimeField(_("提醒时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结果登记人")
    )
    settled_at = models.DateTimeField(_("结果登记时间"), null=True, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("面试")
        verbose_name_plural = _("面试")
        indexes: ClassVar = [
            models.Index(fields=["employer_org", "picked_at", "id"], name="interview_employer"),
            models.Index(fields=["city", "picked_at", "id"], name="interview_city"),
            models.Index(fields=["county", "picked_at", "id"], name="interview_county"),
            models.Index(fields=["town", "picked_at", "id"], name="interview_town"),
            models.Index(fields=["village", "picked_at", "id"], name="interview_village"),
            models.Index(
                fields=["slot"], name="interview_to_remind", condition=Q(state="booked", reminded_at=None)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="booked"), name="interview_one_booked_an_offer"
            ),
            models.CheckConstraint(
                condition=Q(~Q(state="failed"), fail_reason="") | Q(Q(state="failed"), ~Q(fail_reason="")),
                name="interview_failure_has_a_reason",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "offer", "slot", "worker", "employer_org", "state",
            "fail_reason", "picked_by", "picked_through", "picked_at", "reminded_at", "settled_by", "settled_at",
            "is_sample",
        )  # fmt: skip

    class Reach:
        places = ("",)
        own = "worker__account"
        ends: ClassVar[dict[str, str]] = {Org.Kind.EMPLOYER: "employer_org"}

    NAMED_BY = ("slot__demand",)

    def __str__(self) -> str:
        return str(self.slot)

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker
