"""Contracts of employment as they were recorded: what was agreed, and whether the worker says so too."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Org, Placed, ReachQuerySet
from zhitong.kernel.state import Versioned
from zhitong.workers.models import Source, Worker

from .offers import Offer


class ContractQuerySet(ReachQuerySet):
    """Questions about contracts."""

    def standing(self) -> Self:
        """Return the contracts of which nobody says that they were never signed."""
        denied = Q(state=Contract.State.DISPUTED, dispute_point=Contract.Point.NOT_SIGNED)
        return self.exclude(denied)

    def short(self) -> Self:
        """Return the contracts that pay less than was offered."""
        return self.filter(short_fen__gt=0)


class Contract(Placed, Versioned):
    """What was agreed in writing after an offer: entered by the employer or the office, confirmed by the worker."""

    class State(models.TextChoices):
        ENTERED = "entered", _("待本人确认")
        CONFIRMED = "confirmed", _("本人已确认")
        DISPUTED = "disputed", _("本人有异议")

    class Term(models.TextChoices):
        FIXED = "fixed", _("固定期限")
        OPEN = "open", _("无固定期限")
        TASK = "task", _("以完成一定任务为期限")

    class Insurance(models.TextChoices):
        FULL = "full", _("职工社会保险")
        INJURY = "injury", _("只有工伤保险")
        NONE = "none", _("没有写明")

    class Point(models.TextChoices):
        NOT_SIGNED = "not_signed", _("没有签过这份合同")
        WAGE = "wage", _("工资不对")
        TERM = "term", _("期限不对")
        TRIAL = "trial", _("试用期不对")
        EMPLOYER = "employer", _("签合同的单位不对")
        INSURANCE = "insurance", _("社会保险不对")
        OTHER = "other", _("其他")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ENTERED: (State.CONFIRMED, State.DISPUTED),
        State.CONFIRMED: (State.ENTERED, State.DISPUTED),
        State.DISPUTED: (State.ENTERED, State.CONFIRMED),
    }
    RESTING = (State.CONFIRMED,)

    offer = models.OneToOneField(Offer, models.PROTECT, related_name="contract", verbose_name=_("岗位推荐"))
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="contracts", verbose_name=_("劳动者"))
    employer_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name=_("用人单位组织"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ENTERED)
    signed_on = models.DateField(_("签订日期"))
    term = models.CharField(_("期限种类"), max_length=6, choices=Term)
    begins_on = models.DateField(_("合同起始日"))
    ends_on = models.DateField(_("合同终止日"), null=True, blank=True)
    wage_fen = models.PositiveIntegerField(_("月工资（分）"))
    trial_months = models.PositiveSmallIntegerField(_("试用期（个月）"), default=0)
    trial_wage_fen = models.PositiveIntegerField(_("试用期月工资（分）"), null=True, blank=True)
    insurance = models.CharField(_("社会保险"), max_length=6, choices=Insurance)
    host_name = models.CharField(_("用工单位（劳务派遣）"), max_length=100, blank=True)
    offered_low_fen = models.PositiveIntegerField(_("推荐时的最低月工资（分）"))
    offered_insurance = models.BooleanField(_("推荐时写明缴社会保险"))
    offered_begins_on = models.DateField(_("推荐时的到岗日期"))
    short_fen = models.PositiveIntegerField(_("比推荐时少（分）"), default=0)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    entered_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复登记人")
    )
    answered_at = models.DateTimeField(_("本人答复时间"), null=True, blank=True)
    answered_through = models.CharField(_("答复方式"), max_length=10, choices=Source, blank=True)
    dispute_point = models.CharField(_("异议"), max_length=10, choices=Point, blank=True)
    is_sample = models.BooleanField(_("样例"), default=False)

    objects: ClassVar = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("劳动合同记录")
        verbose_name_plural = _("劳动合同记录")
        indexes: ClassVar = [
            models.Index(fields=["employer_org", "entered_at", "id"], name="contract_employer"),
            models.Index(fields=["city", "entered_at", "id"], name="contract_city"),
            models.Index(fields=["county", "entered_at", "id"], name="contract_county"),
            models.Index(fields=["town", "entered_at", "id"], name="contract_town"),
            models.Index(fields=["village", "entered_at", "id"], name="contract_village"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="contract_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(~Q(term="open"), ~Q(term="fixed")) | Q(term="open", ends_on=None)
                | Q(term="fixed", ends_on__isnull=False),
                name="contract_term_has_its_end",
            ),
            models.CheckConstraint(condition=Q(trial_months__lte=6), name="contract_trial_at_most_six_months"),
            models.CheckConstraint(
                condition=~Q(state="disputed") | ~Q(dispute_point=""), name="contract_dispute_has_a_point"
            ),
        ]  # fmt: skip

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "version", "offer", "worker", "employer_org", "state",
            "signed_on", "term", "begins_on", "ends_on", "trial_months", "insurance", "offered_low_fen",
            "offered_insurance", "offered_begins_on", "entered_by", "entered_at", "answered_by", "answered_at",
            "answered_through", "is_sample",
        )  # fmt: skip
        personal = ("wage_fen", "trial_wage_fen", "short_fen", "host_name", "dispute_point")
        erased: ClassVar = {"dispute_point": "other"}

    class Reach:
        places = ("",)
        own = "worker__account"
        ends: ClassVar[dict[str, str]] = {Org.Kind.EMPLOYER: "employer_org"}

    NAMED_BY = ("offer__demand",)

    def __str__(self) -> str:
        return f"{self.offer.demand.title} {self.begins_on}"

    @property
    def concerns(self) -> Worker:
        """The person whom record lines about this row concern."""
        return self.worker
