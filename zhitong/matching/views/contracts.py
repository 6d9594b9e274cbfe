"""Contracts: the list, one of them beside what was offered, and the forms in which they are entered and answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access, fields
from zhitong.kernel.actions import attach_file
from zhitong.kernel.fields import yuan
from zhitong.kernel.forms.files import UploadField
from zhitong.kernel.models import Account
from zhitong.kernel.views import files_of
from zhitong.kernel.web import ActorForm, Column, Detail, FilterForm, Listing, Panel, facts, panel
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..forms import AnswerForm
from ..models import Contract, Offer
from ..shown import shown_to_employer
from .shared import joined, reads_people

CONTRACT_COLOURS = {"entered": "orange", "confirmed": "green", "disputed": "red"}


def bound(row: Contract, actor: Account) -> str:
    """Return whose contract it is, as far as the reader may know."""
    if reads_people(actor) or actor.is_worker:
        return row.offer.worker.name
    return str(shown_to_employer(row.offer).get("name") or _("应聘人"))


def named(row: Any) -> str:
    """Return the name on a list whose rows say whether their reader has people in care (``at_home``)."""
    if row.at_home:
        return str(row.offer.worker.name)
    return str(shown_to_employer(row.offer).get("name") or _("应聘人"))


def differences(row: Contract) -> list[tuple[bool, str]]:
    """Return in what a contract differs from the offer, each with whether it is an alarm."""
    found = []
    if row.short_fen:
        told = {"less": yuan(row.short_fen), "offered": yuan(row.offered_low_fen)}
        found.append((True, _("月工资比推荐时保证的%(offered)s元少%(less)s元。") % told))
    now = {"now": row.get_insurance_display()}
    if row.offered_insurance and row.insurance != Contract.Insurance.FULL:
        found.append((True, _("推荐时写明缴纳社会保险，合同写的是“%(now)s”。") % now))
    if row.host_name:
        found.append(
            (False, _("是劳务派遣：签合同的是这家单位，干活在“%(host)s”。") % {"host": row.host_name})
        )
    if row.begins_on > row.offered_begins_on:
        days = {"day": row.begins_on.isoformat(), "offered": row.offered_begins_on.isoformat()}
        found.append((False, _("合同从%(day)s起，推荐时写的到岗日期是%(offered)s。") % days))
    return found


class ContractFilter(FilterForm):
    """What narrows the list of contracts."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=[("", gettext_lazy("全部")), *Contract.State.choices]
    )
    differs = forms.ChoiceField(
        label=gettext_lazy("和推荐相比"),
        choices=[("", gettext_lazy("全部")), ("wage", gettext_lazy("工资比推荐时少"))],
    )
    town = fields.OrgField(label=gettext_lazy("乡镇（街道）"), kinds=("township_office",))

    def narrow_differs(self, rows: Any, value: str) -> QuerySet[Any]:
        """Keep those that pay less than was offered."""
        del value
        short: QuerySet[Any] = rows.short()
        return short


class ContractList(Listing):
    """The contracts within reach, last entered first."""

    model = Contract
    title = pgettext_lazy("list", "劳动合同")
    columns = (
        Column(named, gettext_lazy("姓名"), main=True, css="keep", known_as="name"),
        Column("offer.demand.title", gettext_lazy("岗位")),
        Column("employer_org.name", gettext_lazy("用人单位")),
        Column("begins_on", gettext_lazy("起")),
        Column("ends_on", gettext_lazy("止")),
        Column("wage_fen", gettext_lazy("月工资（元）"), css="number"),
        Column("short_fen", gettext_lazy("比推荐时少（元）"), css="number"),
        Column("state", gettext_lazy("状态"), badge=CONTRACT_COLOURS),
        Column("entered_at", gettext_lazy("登记时间"), sort="entered_at"),
    )
    order = "-entered_at"
    filters = ContractFilter
    related = ("offer__worker",)
    empty = gettext_lazy("还没有登记过合同。录用以后，请用人单位或经办人在推荐页面登记。")

    def rows(self) -> QuerySet[Any]:
        """Return them with what their workers agree to, and whether the reader has people in care."""
        rows = super().rows().annotate(at_home=Value(reads_people(self.actor)))
        return rows.prefetch_related("offer__worker__consents")


class ContractDetail(Detail):
    """One contract: what it says, in what it differs from the offer, what the worker says to it."""

    model = Contract
    verbs = (
        actions.confirm_contract, actions.dispute_contract, actions.correct_contract,
    )  # fmt: skip
    states: ClassVar[dict[str, tuple[str, ...]]] = {
        "confirm_contract": ("entered", "disputed"),
        "dispute_contract": ("entered", "confirmed"),
    }
    related = (
        "offer__worker__village", "offer__demand__employer_org", "employer_org", "entered_by", "answered_by",
    )  # fmt: skip
    template = "matching/contract_page.html"

    def title(self) -> str:
        """Return whose contract it is."""
        own = self.actor.is_worker
        title = self.row.offer.demand.title
        return _("我的劳动合同") if own else f"{bound(self.row, self.actor)} → {title}"

    def subtitle(self) -> str:
        """Return the state."""
        return str(self.row.get_state_display())

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead a worker back to his offers."""
        if self.actor.is_worker:
            return [(_("推荐给我的岗位"), reverse("my_offers"))]
        return super().crumbs()

    def panels(self) -> Iterable[Panel]:
        """Return what it says, what differs, the answer, the papers, and what was done."""
        row = self.row
        told = differences(row)
        milder = [one for one in told if not one[0]]
        if milder or not told:
            yield panel(_("和推荐时相比"), "matching/differences.html", differences=milder)
        trial = [(_("试用期月工资（元）"), yuan(row.trial_wage_fen))] if row.trial_wage_fen else []
        host = ["host_name"] if row.host_name else []
        yield facts(
            _("合同内容"), row, (_("岗位"), row.offer.demand.title), (_("用人单位"), row.employer_org), *host,
            "signed_on", "term", "begins_on", "ends_on", (_("月工资（元）"), yuan(row.wage_fen)), "trial_months",
            *trial, "insurance",
        )  # fmt: skip
        point = ["dispute_point"] if row.dispute_point else []
        yield facts(
            _("登记和答复"),
            row,
            "state",
            *point,
            "entered_by",
            "entered_at",
            "answered_at",
            "answered_through",
        )
        if not self.actor.is_worker:
            yield files_of(row, self.actor, _("合同扫描件"))
            if reads_people(self.actor):
                yield self.history()

    def context(self) -> dict[str, Any]:
        """Say aloud what is an alarm."""
        return {"alarms": [told for alarm, told in differences(self.row) if alarm]}


def contract_panel(actor: Account, offer: Offer) -> Panel | None:
    """Return the panel about the contract on the page of an accepted offer; nothing before."""
    if offer.state != Offer.State.ACCEPTED:
        return None
    row = Contract.objects.visible_to(actor).filter(offer=offer).first()
    may_enter = row is None and access.may(actor, "enter_contract", offer)
    told = [] if row is None else differences(row)
    template = "matching/contract_of.html"
    return panel(_("劳动合同"), template, contract=row, offer=offer, may_enter=may_enter, differences=told)


def own_contract(actor: Account, offer: Offer) -> dict[str, Any]:
    """Return what a worker's card says of the contract after he was taken on."""
    row = Contract.objects.visible_to(actor).filter(offer=offer).first()
    if row is None:
        return {}
    told = differences(row)
    return {"contract": row, "alarms": [one for alarm, one in told if alarm], "asks": row.state == "entered"}


class ContractForm(ActorForm):
    """What a contract says."""

    signed_on = fields.DayField(label=gettext_lazy("签订日期"), past=True)
    term = forms.ChoiceField(
        label=gettext_lazy("期限种类"), choices=Contract.Term.choices, widget=forms.RadioSelect
    )
    begins_on = fields.DayField(label=gettext_lazy("合同起始日"))
    ends_on = fields.DayField(
        label=gettext_lazy("合同终止日"), required=False, help_text=gettext_lazy("无固定期限的不填。")
    )
    wage_fen = fields.MoneyField(label=gettext_lazy("月工资（元）"), least=1)
    trial_months = forms.IntegerField(
        label=gettext_lazy("试用期（个月）"), min_value=0, max_value=6, initial=0,
        help_text=gettext_lazy("合同不满三个月的没有试用期；不满一年的最多一个月，不满三年的最多两个月，其他最多六个月。"),
    )  # fmt: skip
    trial_wage_fen = fields.MoneyField(
        label=gettext_lazy("试用期月工资（元）"), least=1, required=False,
        help_text=gettext_lazy("和正式工资一样就不填；不能低于约定工资的百分之八十。"),
    )  # fmt: skip
    insurance = forms.ChoiceField(
        label=gettext_lazy("社会保险"), choices=Contract.Insurance.choices, widget=forms.RadioSelect
    )
    host_name = fields.LineField(
        label=gettext_lazy("用工单位（劳务派遣）"), max_length=100, required=False,
        help_text=gettext_lazy("劳务派遣的写在哪家单位干活；直接用工的不填。"),
    )  # fmt: skip
    sections: ClassVar[Any] = (
        (gettext_lazy("期限"), ("signed_on", "term", "begins_on", "ends_on")),
        (gettext_lazy("工资和试用期"), ("wage_fen", "trial_months", "trial_wage_fen")),
        (gettext_lazy("社会保险和用工方式"), ("insurance", "host_name")),
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with what stands; before, with what was offered."""
        if isinstance(row, Contract):
            return super().initial_from(row)
        begins_on = row.demand.begins_on
        return {"begins_on": begins_on, "trial_months": 0, "signed_on": timezone.localdate()}

    def given(self) -> dict[str, Any]:
        """Give the verb one bundle of facts."""
        names = actions.ContractFacts.__dataclass_fields__
        return {"facts": actions.ContractFacts(**{name: self.cleaned_data[name] for name in names})}


class NewContractForm(ContractForm):
    """A contract that is entered, with its scan."""

    file = UploadField(label=gettext_lazy("合同扫描件"), required=False)

    def given(self) -> dict[str, Any]:
        """Give the file beside the facts."""
        return {**super().given(), "file": self.cleaned_data.get("file")}


class DisputeForm(AnswerForm):
    """What is wrong with a contract."""

    point = forms.ChoiceField(
        label=gettext_lazy("哪里不对"), choices=Contract.Point.choices, widget=forms.RadioSelect
    )

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing chosen."""
        del row
        return {}


def enter(*, by: Account, offer: Offer, file: Any = None, **more: Any) -> Contract:
    """Enter a contract and keep its scan; both or neither."""
    with transaction.atomic():
        made: Contract = actions.enter_contract(by=by, offer=offer, **more)
        if file is not None:
            attach_file(by=by, row=made, file=file)
    return made


enter.verb = actions.enter_contract.verb  # type: ignore[attr-defined]


def about_contract(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Say on a verb's page what was offered, whose contract it is, and lead back."""
    actor = actor_of(request)
    own = actor.is_worker
    offer = row if isinstance(row, Offer) else row.offer
    shown = offer.worker.name if reads_people(actor) else shown_to_employer(offer).get("name", "")
    back = reverse("contract" if isinstance(row, Contract) else "offer", args=[row.pk])
    told = [] if isinstance(row, Offer) else differences(row)
    line = joined(["" if own else shown, offer.demand.title, offer.employer_org])
    return {"subtitle": line, "crumbs": [(offer.demand.title, back)], "back": back, "own": own,
            "offer": offer, "differences": told}  # fmt: skip
