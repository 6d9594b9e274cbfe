"""Employers, the posts that they need filled, and what departments owe."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.access import Reaching
from zhitong.kernel.fields import yuan
from zhitong.kernel.models import (
    Account,
    CertificateKind,
    Education,
    Industry,
    Occupation,
    Org,
    Placed,
    ReachQuerySet,
    Region,
)
from zhitong.kernel.privacy import SealedField
from zhitong.kernel.state import Versioned

EDUCATION_ASKED = (
    (Education.NONE, _("不限")),
    (Education.PRIMARY, _("小学及以上")),
    (Education.JUNIOR, _("初中及以上")),
    (Education.SENIOR, _("高中（中专、技校）及以上")),
    (Education.COLLEGE, _("大专及以上")),
    (Education.BACHELOR, _("本科及以上")),
    (Education.MASTER, _("研究生")),
)


class EmployerQuerySet(ReachQuerySet):
    """Questions about employers."""

    def waiting(self) -> Self:
        """Return those whose credentials nobody has checked yet."""
        return self.filter(state=Employer.State.WAITING)

    def approved(self) -> Self:
        return self.filter(state=Employer.State.APPROVED)


class Employer(Placed, Versioned):
    """Who signs the contract (用人单位), with the credential check that an office made."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待核验")
        APPROVED = "approved", _("已核验")
        REFUSED = "refused", _("核验未通过")
        BARRED = "barred", _("已停用")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WAITING: (State.APPROVED, State.REFUSED),
        State.APPROVED: (State.WAITING, State.BARRED),
        State.REFUSED: (State.WAITING,),
        State.BARRED: (State.APPROVED,),
    }

    RESTING = (State.REFUSED, State.BARRED)
    NEVER_COLLECT = (Org.Kind.EMPLOYER, Org.Kind.TRAINING_PROVIDER, Org.Kind.PARTY)
    """Kinds of organisation that register no employers and collect no posts of others."""

    org = models.OneToOneField(Org, models.PROTECT, related_name="employer", verbose_name=_("组织"))
    state = models.CharField(_("核验状态"), max_length=10, choices=State, default=State.WAITING)
    collected_by = models.ForeignKey(
        Org, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("采集单位")
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)
    external_code = models.CharField(_("外部编号"), max_length=80, blank=True)
    industry = models.ForeignKey(
        Industry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("行业")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("所在城市"))
    address = models.CharField(_("地址"), max_length=200, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=50, blank=True)
    contact_telephone = SealedField("telephone", verbose_name=_("联系电话"), null=True, blank=True)
    checked_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核验人")
    )
    checked_on = models.DateField(_("核验日期"), null=True, blank=True)
    refusal = models.CharField(_("未通过原因"), max_length=200, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("用人单位")
        verbose_name_plural = _("用人单位")
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="employer_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(credit_code__isnull=False),
                name="employer_approved_with_credit_code",
            ),
            models.UniqueConstraint(
                fields=["external_code"], condition=~Q(external_code=""), name="employer_external_code_once"
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "org", "state", "collected_by",
            "credit_code", "external_code", "industry", "region", "address", "checked_by", "checked_on",
            "refusal", "is_sample",
        )  # fmt: skip
        personal = ("contact_name",)
        sensitive = ("contact_telephone",)

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = {
            Org.Kind.EMPLOYER: "org",
            Org.Kind.AGENCY: "collected_by",
            Org.Kind.STATION: "collected_by",
            Org.Kind.DEPARTMENT: "collected_by",
        }

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Everyone but other employers sees the approved; offices that collect posts also the waiting."""
            if grant.org is None:
                return Q(state="approved")
            return None if grant.org.kind == Org.Kind.EMPLOYER else Q(state__in=("approved", "waiting"))

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return self.org.name


class DemandQuerySet(ReachQuerySet):
    """Questions about demand."""

    def open(self, on: dt.date | None = None) -> Self:
        """Return the approved posts that are valid on a day."""
        day = on or timezone.localdate()
        return self.filter(state=Demand.State.APPROVED, valid_until__gte=day)

    def stale(self, before: dt.date) -> Self:
        """Return approved posts that nobody confirmed since a day."""
        return self.filter(state=Demand.State.APPROVED, refreshed_on__lt=before)

    def expired(self, on: dt.date | None = None) -> Self:
        """Return posts whose validity had ended on a day though nobody closed them."""
        return self.filter(state__in=Demand.STANDING, valid_until__lt=on or timezone.localdate())

    def like(self, other: Demand) -> Self:
        """Return the posts that stand for the same work: one employer, title, city and wage."""
        return self.filter(
            state__in=(Demand.State.SUBMITTED, Demand.State.APPROVED),
            employer=other.employer_id,
            title=other.title,
            region=other.region_id,
            wage_low_fen=other.wage_low_fen,
            wage_high_fen=other.wage_high_fen,
        )


class Demand(Placed, Versioned):
    """Posts of one kind at one place that an employer needs filled, and who collected them."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("待审核")
        APPROVED = "approved", _("招聘中")
        REFUSED = "refused", _("已退回")
        CLOSED = "closed", _("已关闭")

    class CloseReason(models.TextChoices):
        FILLED = "filled", _("已招满")
        CANCELLED = "cancelled", _("用人单位取消")
        UNTRUE = "untrue", _("信息不实")
        STALE = "stale", _("长期未确认")
        EXPIRED = "expired", _("有效期已过")
        BARRED = "barred", _("用人单位已停用")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.SUBMITTED: (State.APPROVED, State.REFUSED, State.CLOSED),
        State.APPROVED: (State.SUBMITTED, State.CLOSED),
        State.REFUSED: (State.SUBMITTED, State.CLOSED),
        State.CLOSED: (),
    }
    RESTING = (State.CLOSED,)
    STANDING = (State.SUBMITTED, State.APPROVED, State.REFUSED)
    LONGEST_VALIDITY = dt.timedelta(days=180)
    REASONS_OF_PEOPLE = (CloseReason.FILLED, CloseReason.CANCELLED, CloseReason.UNTRUE)
    """Why a person closes a post; the other reasons are given by rules."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="demands", verbose_name=_("用人单位"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    collected_by = models.ForeignKey(
        Org, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("采集单位")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SUBMITTED)
    title = models.CharField(_("岗位名称"), max_length=80)
    occupation = models.ForeignKey(
        Occupation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("职业")
    )
    seats = models.PositiveIntegerField(_("人数"))
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("工作城市")
    )
    address = models.CharField(_("工作地址"), max_length=200, blank=True)
    wage_low_fen = models.PositiveIntegerField(_("月工资下限（分）"))
    wage_high_fen = models.PositiveIntegerField(_("月工资上限（分）"))
    education_min = models.PositiveSmallIntegerField(
        _("最低文化程度"), choices=EDUCATION_ASKED, default=Education.NONE
    )
    age_min = models.PositiveSmallIntegerField(_("法定最低年龄"), default=16)
    age_max = models.PositiveSmallIntegerField(_("法定最高年龄"), null=True, blank=True)
    age_basis = models.CharField(_("年龄要求的依据"), max_length=200, blank=True)
    certificates = models.ManyToManyField(CertificateKind, blank=True, verbose_name=_("须持证书"))
    has_dormitory = models.BooleanField(_("提供住宿"), default=False)
    has_meals = models.BooleanField(_("提供工作餐"), default=False)
    has_insurance = models.BooleanField(_("缴纳社会保险"), default=False)
    refunds_travel = models.BooleanField(_("报销路费"), default=False)
    details = models.TextField(_("岗位说明"), max_length=2000, blank=True)
    begins_on = models.DateField(_("到岗日期"), default=timezone.localdate)
    valid_until = models.DateField(_("有效期至"))
    refreshed_on = models.DateField(_("最近确认"), default=timezone.localdate)
    close_reason = models.CharField(_("关闭原因"), max_length=12, choices=CloseReason, blank=True)
    refusal = models.CharField(_("退回原因"), max_length=200, blank=True)
    approved_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    approved_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    collected_on = models.DateField(_("采集日期"), default=timezone.localdate)
    submitted_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    external_code = models.CharField(_("外部编号"), max_length=80, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)
    doubts = models.JSONField(_("存疑处"), null=True, blank=True)
    is_doubtful = models.BooleanField(_("有存疑处"), default=False, db_default=False)

    objects: ClassVar = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("用工需求")
        verbose_name_plural = _("用工需求")
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at", "id"], name="demand_state_submitted"),
            # With places and seats at its end: what is open is summed for a place without looking at the rows.
            models.Index(
                fields=["state", "valid_until", "city", "county", "town", "village", "seats"],
                name="demand_state_valid",
            ),
            models.Index(fields=["wage_low_fen", "id"], name="demand_wage"),
            models.Index(fields=["valid_until", "id"], name="demand_valid"),
            models.Index(fields=["region", "submitted_at", "id"], name="demand_region"),
            models.Index(fields=["occupation", "submitted_at", "id"], name="demand_occupation"),
            models.Index(fields=["submitted_at", "id"], name="demand_submitted"),
            models.Index(fields=["employer_org", "id"], name="demand_employer"),
            models.Index(fields=["collected_by", "collected_on", "id"], name="demand_collected"),
            models.Index(fields=["county", "state", "id"], name="demand_county_state"),
            models.Index(fields=["is_doubtful", "submitted_at", "id"], name="demand_doubtful"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=100_000), name="demand_has_seats"),
            models.CheckConstraint(
                condition=Q(wage_high_fen__gte=F("wage_low_fen"), wage_low_fen__gt=0),
                name="demand_wage_in_order",
            ),
            models.CheckConstraint(condition=Q(age_min__gte=16), name="demand_nobody_under_16"),
            models.CheckConstraint(
                condition=Q(age_max=None) | Q(age_max__gte=F("age_min")), name="demand_ages_in_order"
            ),
            models.UniqueConstraint(
                fields=["external_code"], condition=~Q(external_code=""), name="demand_external_code_once"
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "employer", "employer_org",
            "collected_by", "collected_on", "state", "title", "occupation", "seats", "region", "address",
            "wage_low_fen", "wage_high_fen", "education_min", "age_min", "age_max", "age_basis", "certificates",
            "has_dormitory", "has_meals", "has_insurance", "refunds_travel", "details", "begins_on",
            "valid_until", "refreshed_on", "close_reason", "refusal", "approved_by", "approved_at",
            "submitted_at", "external_code", "is_sample", "doubts", "is_doubtful",
        )  # fmt: skip

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = {
            Org.Kind.EMPLOYER: "employer_org",
            Org.Kind.AGENCY: "collected_by",
            Org.Kind.STATION: "collected_by",
            Org.Kind.DEPARTMENT: "collected_by",
        }

        @staticmethod
        def also(grant: Reaching) -> Q | None:
            """Approved posts are offered to everyone but other employers."""
            return None if grant.org and grant.org.kind == Org.Kind.EMPLOYER else Q(state="approved")

    NAMED_BY = ("employer__org",)

    def __str__(self) -> str:
        return f"{self.title}（{self.employer}）"

    @property
    def wage(self) -> str:
        """The range of pay in yuan a month, as people read it."""
        low, high = yuan(self.wage_low_fen), yuan(self.wage_high_fen)
        return low if low == high else f"{low}–{high}"


class TargetQuerySet(ReachQuerySet):
    """Questions about targets."""

    def with_progress(self) -> Self:
        """Add ``entered`` and ``approved``: seats collected within the period, and those of them found in order.

        A department or station counts what it collected itself, a place whatever stands in its care.
        """
        within = Demand.objects.filter(
            collected_on__gte=OuterRef("begins_on"), collected_on__lte=OuterRef("ends_on")
        )
        found_in_order = within.filter(approved_at__isnull=False)
        return self.annotate(entered=_seats_for_target(within), approved=_seats_for_target(found_in_order))


def _seats_for_target(demands: models.QuerySet[Demand]) -> Any:
    """Return the sum of seats by kind of the organisation that owes them; only the branch needed is run."""

    def total(by: str, owed: str) -> Any:
        mine = demands.filter(**{by: OuterRef(owed)}).order_by().values(by)
        return Coalesce(Subquery(mine.annotate(total=Sum("seats")).values("total")), 0)

    return Case(
        *(When(org__kind=kind, then=total(level, f"org__{level}")) for kind, level in Target.PLACES.items()),
        default=total("collected_by", "org"),
    )


class Target(Placed, Versioned):
    """Posts that a department, a station or a place owes within a period, its last day included."""

    KINDS = (Org.Kind.DEPARTMENT, Org.Kind.STATION, Org.Kind.COUNTY_BUREAU, Org.Kind.TOWNSHIP_OFFICE)
    PLACES: ClassVar[dict[str, str]] = {Org.Kind.COUNTY_BUREAU: "county", Org.Kind.TOWNSHIP_OFFICE: "town"}

    org = models.ForeignKey(Org, models.PROTECT, related_name="targets", verbose_name=_("责任单位"))
    begins_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    seats = models.PositiveIntegerField(_("应采集岗位数"))

    objects: ClassVar = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位目标")
        verbose_name_plural = _("岗位目标")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "begins_on"], name="target_once_a_period"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="target_dates_in_order"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="target_has_seats"),
        ]

    class Privacy:
        open = ("id", "city", "county", "town", "village", "version", "org", "begins_on", "ends_on", "seats")

    class Reach:
        places = ("",)
        ends: ClassVar[dict[str, str]] = {Org.Kind.DEPARTMENT: "org", Org.Kind.STATION: "org"}

    NAMED_BY = ("org",)

    def __str__(self) -> str:
        return f"{self.org}: {self.seats}"
