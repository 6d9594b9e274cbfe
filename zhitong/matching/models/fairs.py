"""Job fairs: where and when, employers' booths with their posts, who came, and what they talked about."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand
from zhitong.kernel.models import Account, Org, Placed, ReachQuerySet, Region
from zhitong.kernel.state import Versioned
from zhitong.workers.models import Source, Worker

from .offers import Offer

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letters that are read as digits."""
CODE_LENGTH = 6


def new_code() -> str:
    """Return a code for the door: what people type who came."""
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))


class JobFairQuerySet(ReachQuerySet):
    """Questions about job fairs."""

    def to_come(self, today: dt.date | None = None) -> Self:
        """Return the fairs that are on or to come, the next one first."""
        day = today or timezone.localdate()
        return self.filter(state=JobFair.State.OPEN, ends_on__gte=day).order_by("begins_on", "pk")


class JobFair(Placed, Versioned):
    """A fair at which employers and people who look for work meet, on site or on line, on some days."""

    class State(models.TextChoices):
        OPEN = "open", _("已发布")
        CANCELLED = "cancelled", _("已取消")

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("现场")
        ONLINE = "online", _("线上")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.CANCELLED,), State.CANCELLED: ()}
    RESTING = (State.OPEN,)

    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    name = models.CharField(_("招聘会名称"), max_length=80)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    mode = models.CharField(_("形式"), max_length=8, choices=Mode)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("所在城市"))
    venue = models.CharField(_("地点"), max_length=200, blank=True)
    link = models.URLField(_("线上入口"), max_length=300, blank=True)
    begins_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    details = models.TextField(_("说明"), max_length=1000, blank=True)
    code = models.CharField(_("签到码"), max_length=6)
    opened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("发布人"))
    opened_at = models.DateTimeField(_("发布时间"), default=timezone.now)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = JobFairQuerySet.as_manager()

    class Meta:
        verbose_name = _("招聘会")
        verbose_name_plural = _("招聘会")
        indexes: ClassVar = [
            models.Index(fields=["begins_on", "id"], name="fair_begins"),
            models.Index(fields=["state", "ends_on"], name="fair_to_come"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="fair_days_in_order"),
            models.CheckConstraint(
                condition=Q(mode="online") | Q(Q(mode="on_site"), ~Q(venue="")), name="fair_is_somewhere"
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "org", "name", "state", "mode", "region", "venue",
            "link", "begins_on", "ends_on", "details", "code", "opened_by", "opened_at", "is_sample",
        )  # fmt: skip

    class Reach:
        places = ("",)
        public = True

    def __str__(self) -> str:
        return self.name

    def is_over(self, day: dt.date) -> bool:
        """Tell whether its last day lies before a day."""
        return self.ends_on < day

    def is_on(self, day: dt.date) -> bool:
        """Tell whether the fair is held on a day."""
        return self.state == self.State.OPEN and self.begins_on <= day <= self.ends_on


class Booth(Placed):
    """An employer's booth at a fair, with the posts that it offers there."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("已报名")
        WITHDRAWN = "withdrawn", _("已退出")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.REGISTERED: (State.WITHDRAWN,), State.WITHDRAWN: ()}
    RESTING = (State.REGISTERED,)

    fair = models.ForeignKey(JobFair, models.PROTECT, related_name="booths", verbose_name=_("招聘会"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    number = models.PositiveSmallIntegerField(_("展位号"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.REGISTERED)
    posts = models.ManyToManyField(Demand, related_name="booths", verbose_name=_("岗位"))
    registered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("报名人"))
    registered_at = models.DateTimeField(_("报名时间"), default=timezone.now)

    class Meta:
        verbose_name = _("展位")
        verbose_name_plural = _("展位")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "number"], name="booth_number_once_a_fair"),
            models.UniqueConstraint(
                fields=["fair", "employer_org"],
                condition=Q(state="registered"),
                name="booth_once_an_employer",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "fair", "employer_org", "number", "state", "posts",
            "registered_by", "registered_at",
        )  # fmt: skip

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = {Org.Kind.EMPLOYER: "employer_org"}
        public = True

    NAMED_BY = ("employer_org",)

    def __str__(self) -> str:
        return f"{self.number} {self.employer_org}"


class Visit(Placed):
    """One person came to a fair."""

    fair = models.ForeignKey(JobFair, models.PROTECT, related_name="visits", verbose_name=_("招聘会"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="visits", verbose_name=_("劳动者"))
    came_at = models.DateTimeField(_("签到时间"), default=timezone.now)
    through = models.CharField(_("签到方式"), max_length=10, choices=Source)
    checked_in_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("签到登记人"))

    class Meta:
        verbose_name = _("到场签到")
        verbose_name_plural = _("到场签到")
        indexes: ClassVar = [models.Index(fields=["fair", "came_at", "id"], name="visit_fair")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["fair", "worker"], name="visit_once_a_fair")]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "fair", "worker", "came_at", "through", "checked_in_by",
        )  # fmt: skip

    class Reach:
        places = ("", "fair__")
        own = "worker__account"

    NAMED_BY = ("fair",)

    def __str__(self) -> str:
        return f"{self.fair.name} {timezone.localdate(self.came_at)}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker


class InterestQuerySet(ReachQuerySet):
    """Questions about what visitors are interested in."""

    def offered(self) -> Self:
        """Return those from which an offer came."""
        return self.filter(offer__isnull=False)

    def placed(self) -> Self:
        """Return those whose offer the employer accepted."""
        return self.filter(offer__state=Offer.State.ACCEPTED)

    def still_there(self) -> Self:
        """Return those who were taken on and whose seat was not given back since."""
        return self.placed().filter(offer__released_at=None)


class Interest(Placed):
    """A visitor wants to talk about a post at a booth, and what came of it on the spot."""

    class State(models.TextChoices):
        NOTED = "noted", _("想谈谈")
        TALKED = "talked", _("现场面试过")
        OFFERED = "offered", _("现场推荐录用")
        TURNED_DOWN = "turned_down", _("没有谈成")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.NOTED: (State.TALKED, State.OFFERED, State.TURNED_DOWN),
        State.TALKED: (State.OFFERED, State.TURNED_DOWN),
        State.OFFERED: (),
        State.TURNED_DOWN: (),
    }
    RESULTS = (State.TALKED, State.OFFERED, State.TURNED_DOWN)
    SHOWN_AT_BOOTH = ("name", "sex", "education", "telephone")
    """What the booth reads of a visitor who wants to talk, while he agrees that employers are told."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="interests", verbose_name=_("到场签到"))
    booth = models.ForeignKey(Booth, models.PROTECT, related_name="interests", verbose_name=_("展位"))
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+", verbose_name=_("用工需求"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+", verbose_name=_("劳动者"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.NOTED)
    reason = models.CharField(_("没谈成的原因"), max_length=12, choices=Offer.RefuseReason, blank=True)
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name=_("岗位推荐")
    )
    noted_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    settled_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结果登记人")
    )

    objects: ClassVar = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("现场意向")
        verbose_name_plural = _("现场意向")
        indexes: ClassVar = [
            models.Index(fields=["employer_org", "noted_at", "id"], name="interest_employer"),
            models.Index(fields=["booth", "noted_at", "id"], name="interest_booth"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "demand"], name="interest_once_a_post"),
            models.CheckConstraint(
                condition=~Q(state="turned_down") | ~Q(reason=""), name="interest_no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offer__isnull=False), name="interest_offered_has_its_offer"
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "visit", "booth", "demand", "worker", "employer_org", "state",
            "reason", "offer", "noted_at", "settled_by",
        )  # fmt: skip

    class Reach:
        places = ("", "visit__fair__")
        own = "worker__account"
        ends: ClassVar[dict[str, str]] = {Org.Kind.EMPLOYER: "employer_org"}

    NAMED_BY = ("demand",)

    def __str__(self) -> str:
        return self.demand.title

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker
