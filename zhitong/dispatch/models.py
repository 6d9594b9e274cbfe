"""Placements: a worker sent to a post, seen by the sending and the receiving end."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.employers.models import Demand, Target
from zhitong.kernel.models import Account, Org, Placed, ReachQuerySet, counting_indexes
from zhitong.kernel.workdays import months_after
from zhitong.matching.contract_law import written_by
from zhitong.matching.models import Contract, Offer
from zhitong.workers.models import Source, Worker


class PlacementQuerySet(ReachQuerySet):
    """Questions about placements."""

    def awaited(self) -> Self:
        return self.filter(state=Placement.State.AWAITED)

    def standing(self) -> Self:
        return self.filter(state=Placement.State.ARRIVED)

    def unwritten(self) -> Self:
        """Return those at work for whom no contract is on record, or only one that they say they never signed."""
        written = Contract.objects.standing().filter(offer=OuterRef("offer"))
        return self.standing().filter(~Exists(written))

    def late_contract(self, today: dt.date | None = None) -> Self:
        """Return those whose contract should have been written by now: begun more than a month ago."""
        day = today or timezone.localdate()
        yesterday = day - dt.timedelta(days=1)
        begun = max(months_after(day, -1), months_after(yesterday, -1) + dt.timedelta(days=1))
        return self.unwritten().filter(arrived_on__lt=begun)


class Placement(Placed):
    """A worker at a post. "Employed" is evidence: arrival signed by the receiving end, still there later."""

    class State(models.TextChoices):
        AWAITED = "awaited", _("待到岗")
        ARRIVED = "arrived", _("已到岗")
        MISSED = "missed", _("未到岗")
        ENDED = "ended", _("已离岗")

    class EndReason(models.TextChoices):
        RETURNED = "returned", _("返乡")
        CHANGED_JOB = "changed_job", _("换了工作")
        CONTRACT_OVER = "contract_over", _("合同到期")
        DISMISSED = "dismissed", _("被辞退")
        CLOSED = "closed", _("用人单位停产")
        OTHER = "other", _("其他")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.AWAITED: (State.ARRIVED, State.MISSED),
        State.ARRIVED: (State.ENDED,),
        State.MISSED: (State.ARRIVED,),
        State.ENDED: (),
    }
    RESTING = (State.MISSED,)

    SHOWN_TO_RECEIVER = ("name", "sex", "telephone", "home_county")
    """What the receiving end may read of the worker, while he agrees that it is told."""
    KEPT_BY_RECEIVER = ("name", "home_county")
    """What it may read when he no longer does: whom it received, and who sent him and is asked instead."""

    offer = models.OneToOneField(
        Offer, models.PROTECT, null=True, blank=True, related_name="placement", verbose_name=_("岗位推荐")
    )
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="placements", verbose_name=_("劳动者"))
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="placements", verbose_name=_("用工需求"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    station = models.ForeignKey(
        Org, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接收劳务协作站")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.AWAITED)
    placed_at = models.DateTimeField(_("录用时间"), default=timezone.now)
    expected_on = models.DateField(_("应到岗日期"))
    arrived_on = models.DateField(_("到岗日期"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("到岗签收人")
    )
    ended_on = models.DateField(_("离岗日期"), null=True, blank=True)
    end_reason = models.CharField(_("离岗原因"), max_length=14, choices=EndReason, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("就业安置")
        verbose_name_plural = _("就业安置")
        indexes: ClassVar = [
            models.Index(fields=["city", "placed_at", "id"], name="placement_city"),
            models.Index(fields=["county", "placed_at", "id"], name="placement_county"),
            models.Index(fields=["town", "placed_at", "id"], name="placement_town"),
            models.Index(fields=["village", "placed_at", "id"], name="placement_village"),
            models.Index(fields=["station", "placed_at", "id"], name="placement_station"),
            models.Index(fields=["employer_org", "placed_at", "id"], name="placement_employer"),
            *counting_indexes("placement", "state"),
            models.Index(fields=["state", "expected_on"], name="placement_expected"),
            models.Index(fields=["county", "state", "arrived_on"], name="placement_county_arrived"),
            models.Index(fields=["station", "state", "arrived_on"], name="placement_station_arrived"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(state__in=("awaited", "arrived")),
                name="placement_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("arrived", "ended")) | Q(arrived_on__isnull=False),
                name="placement_arrival_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_on__gte=F("arrived_on")) & ~Q(end_reason="")),
                name="placement_end_has_day_and_reason",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "offer", "worker", "demand", "employer_org",
            "station", "state", "placed_at", "expected_on", "arrived_on", "confirmed_by", "ended_on",
            "is_sample",
        )  # fmt: skip
        personal = ("end_reason",)
        erased: ClassVar = {"end_reason": "other"}

    class Reach:
        places = ("",)
        own = "worker__account"
        ends: ClassVar[dict[str, str]] = {Org.Kind.STATION: "station", Org.Kind.EMPLOYER: "employer_org"}

    NAMED_BY = ("worker", "demand")

    def __str__(self) -> str:
        return f"{self.worker} → {self.demand.title}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker

    @property
    def contract_due_on(self) -> dt.date | None:
        """The last day by which the contract has to be in writing; nothing before somebody has come."""
        return None if self.arrived_on is None else written_by(self.arrived_on)

    @property
    def contract_owner(self) -> Org | None:
        """Who sees to it that the contract is written: the station that received, else the sending county."""
        return self.station or self.county


class RetentionCheckQuerySet(ReachQuerySet):
    """Questions about the checks at 1, 3 and 6 months."""

    def due(self, today: dt.date | None = None) -> Self:
        """Return the checks whose day has come and that nobody answered."""
        return self.filter(state=RetentionCheck.State.DUE, due_on__lte=today or timezone.localdate())


class RetentionCheck(Placed):
    """Is the worker still there, so many months after arrival?"""

    class State(models.TextChoices):
        DUE = "due", _("待核实")
        STILL_THERE = "still_there", _("仍在岗")
        LEFT = "left", _("已离岗")
        UNREACHABLE = "unreachable", _("联系不上")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DUE: (State.STILL_THERE, State.LEFT, State.UNREACHABLE),
        State.UNREACHABLE: (State.STILL_THERE, State.LEFT),
        State.STILL_THERE: (),
        State.LEFT: (),
    }
    RESTING = (State.UNREACHABLE,)
    MONTHS = (1, 3, 6)

    placement = models.ForeignKey(
        Placement, models.CASCADE, related_name="checks", verbose_name=_("就业安置")
    )
    station = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="+")
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(_("满几个月"))
    due_on = models.DateField(_("应核实日期"))
    state = models.CharField(_("结果"), max_length=12, choices=State, default=State.DUE)
    answered_on = models.DateField(_("核实日期"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核实人")
    )
    source = models.CharField(_("核实方式"), max_length=10, choices=Source, blank=True)

    objects: ClassVar = RetentionCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("在岗核实")
        verbose_name_plural = _("在岗核实")
        indexes: ClassVar = [
            models.Index(fields=["county", "state", "due_on"], name="retention_county_due"),
            models.Index(fields=["station", "state", "due_on"], name="retention_station_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["placement", "months"], name="retention_once_a_milestone"),
            models.CheckConstraint(condition=Q(months__in=(1, 3, 6)), name="retention_milestones"),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "placement", "station", "employer_org", "months",
            "due_on", "state", "answered_on", "answered_by", "source",
        )  # fmt: skip

    class Reach:
        places = ("",)
        own = "placement__worker__account"
        ends: ClassVar[dict[str, str]] = {Org.Kind.STATION: "station", Org.Kind.EMPLOYER: "employer_org"}

    NAMED_BY = ("placement__worker", "placement__demand")

    def __str__(self) -> str:
        return f"{self.placement}: {self.months}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.placement.worker


class TargetProgress(Placed):
    """What has become of the posts that a target counts, from collecting to people still at work."""

    target = models.OneToOneField(Target, models.CASCADE, related_name="progress", verbose_name=_("岗位目标"))
    org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    begins_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    seats = models.PositiveIntegerField(_("应采集岗位数"))
    entered = models.PositiveIntegerField(_("已采集"), default=0)
    stale = models.PositiveIntegerField(_("长期未更新"), default=0)
    doubtful = models.PositiveIntegerField(_("存疑"), default=0)
    approved = models.PositiveIntegerField(_("已审核"), default=0)
    proposed = models.PositiveIntegerField(_("匹配建议"), default=0)
    offered = models.PositiveIntegerField(_("已推荐"), default=0)
    agreed = models.PositiveIntegerField(_("本人确认"), default=0)
    employed = models.PositiveIntegerField(_("已录用"), default=0)
    still_there = models.PositiveIntegerField(_("仍在岗"), default=0)
    counted_at = models.DateTimeField(_("统计时间"), default=timezone.now)

    class Meta:
        verbose_name = _("目标进展")
        verbose_name_plural = _("目标进展")
        indexes: ClassVar = [
            models.Index(fields=["begins_on", "id"], name="target_progress_begins"),
            models.Index(fields=["org", "id"], name="target_progress_org"),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "target", "org", "begins_on", "ends_on", "seats", "entered",
            "stale", "doubtful", "approved", "proposed", "offered", "agreed", "employed", "still_there", "counted_at",
        )  # fmt: skip

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = {Org.Kind.DEPARTMENT: "org", Org.Kind.STATION: "org"}

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return f"{self.org} {self.begins_on}–{self.ends_on}"
