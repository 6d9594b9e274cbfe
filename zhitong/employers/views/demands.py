"""Posts: the list, the desk where they are checked, and one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access, fields
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Occupation
from zhitong.kernel.web import Bulk, Column, Detail, FilterForm, Listing, Panel, facts, panel, table
from zhitong.kernel.web.detail import Button

from .. import actions
from ..doubts import Doubt, doubts_about, kept_doubts, usual_for
from ..forms import COLLECTORS, ReasonForm
from ..models import Demand, Employer
from .shared import DEMAND_COLOURS, EMPLOYER_COLOURS, choices_or_all

EMPLOYER_COLUMNS = (
    Column("org.name", gettext_lazy("单位名称")),
    Column("region", gettext_lazy("所在城市")),
    Column("state", gettext_lazy("核验状态"), badge=EMPLOYER_COLOURS),
)

DOUBTFUL = (
    ("", gettext_lazy("全部")),
    ("True", gettext_lazy("有存疑处")),
    ("False", gettext_lazy("没有存疑处")),
)


class DemandFilter(FilterForm):
    """What narrows the list of posts."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=choices_or_all(gettext_lazy("全部"), Demand.State.choices)
    )
    title = fields.LineField(label=gettext_lazy("岗位名称开头"), max_length=60)
    occupation = fields.OccupationField(label=gettext_lazy("职业"), levels=(1, 2, 3, 4))
    region = fields.RegionField(label=gettext_lazy("工作城市"))
    wage_least = fields.MoneyField(label=gettext_lazy("月工资不低于"))
    collected_by = fields.OrgField(label=gettext_lazy("采集单位"), kinds=COLLECTORS)
    is_doubtful = forms.ChoiceField(label=gettext_lazy("存疑处"), choices=DOUBTFUL)
    ends = forms.ChoiceField(
        label=gettext_lazy("快到期"),
        choices=choices_or_all(
            gettext_lazy("全部"),
            [("7", gettext_lazy("7天内到期")), ("30", gettext_lazy("30天内到期"))],
        ),
    )

    def __init__(self, actor: Account | None, data: Any = None) -> None:
        super().__init__(actor, data)
        if actor is None or not access.holds(actor, "approve_demand"):
            del self.fields["is_doubtful"]

    def narrow_title(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by the beginning of the title."""
        return rows.filter(title__startswith=value)

    def narrow_occupation(self, rows: QuerySet[Any], value: Occupation) -> QuerySet[Any]:
        """Find by an occupation, or by all of a class."""
        if value.level == 4:
            return rows.filter(occupation=value)
        below = Occupation.objects.visible_to(self.actor).filter(code__startswith=value.code, level=4)
        return rows.filter(occupation__in=below)

    def narrow_wage_least(self, rows: QuerySet[Any], value: int) -> QuerySet[Any]:
        """Find posts that pay at least so much."""
        return rows.filter(wage_low_fen__gte=value)

    def narrow_ends(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find open posts that end within so many days."""
        last = timezone.localdate() + dt.timedelta(days=int(value))
        return rows.filter(state=Demand.State.APPROVED, valid_until__lte=last)


class DemandList(Listing):
    """All posts that the reader may see, newest first."""

    model = Demand
    title = pgettext_lazy("list", "用工需求")
    columns: ClassVar[Sequence[Column]] = (
        Column("title", gettext_lazy("岗位名称"), main=True),
        Column("employer.org.name", gettext_lazy("用人单位")),
        Column("state", gettext_lazy("状态"), badge=DEMAND_COLOURS),
        Column("region.name", gettext_lazy("工作城市")),
        Column("seats", gettext_lazy("人数"), css="number"),
        Column("wage", gettext_lazy("月工资（元）"), sort="wage_low_fen", css="number"),
        Column("valid_until", gettext_lazy("有效期至"), sort="valid_until"),
        Column("submitted_at", gettext_lazy("提交时间"), sort="submitted_at"),
    )
    export_columns = (
        Column("id", gettext_lazy("编号"), export=lambda row: row.pk),
        Column("title", gettext_lazy("岗位名称")),
        Column("occupation.code", gettext_lazy("职业编码")),
        Column("occupation.name", gettext_lazy("职业")),
        Column("employer.org.name", gettext_lazy("用人单位")),
        Column("state", gettext_lazy("状态")),
        Column("region.name", gettext_lazy("工作城市")),
        Column("address", gettext_lazy("工作地址")),
        Column("seats", gettext_lazy("人数")),
        Column("wage_low_fen", gettext_lazy("月工资最低（元）")),
        Column("wage_high_fen", gettext_lazy("月工资最高（元）")),
        Column("education_min", gettext_lazy("最低文化程度")),
        Column("has_dormitory", gettext_lazy("提供住宿")),
        Column("has_meals", gettext_lazy("提供工作餐")),
        Column("has_insurance", gettext_lazy("缴纳社会保险")),
        Column("begins_on", gettext_lazy("到岗日期")),
        Column("valid_until", gettext_lazy("有效期至")),
        Column("collected_by.name", gettext_lazy("采集单位")),
        Column("collected_on", gettext_lazy("采集日期")),
    )
    order = "-submitted_at"
    filters: ClassVar[type[FilterForm]] = DemandFilter
    related = ("occupation", "collected_by")
    new: ClassVar[Sequence[str]] = ("submit_demand",)
    empty = gettext_lazy("还没有用工需求。")


class DeskFilter(FilterForm):
    """What narrows the desk: of which employer state, where, collected by whom."""

    employer__state = forms.ChoiceField(
        label=gettext_lazy("单位核验"), choices=choices_or_all(gettext_lazy("全部"), Employer.State.choices)
    )
    title = fields.LineField(label=gettext_lazy("岗位名称开头"), max_length=60)
    region = fields.RegionField(label=gettext_lazy("工作城市"))
    collected_by = fields.OrgField(label=gettext_lazy("采集单位"), kinds=COLLECTORS)
    is_doubtful = forms.ChoiceField(label=gettext_lazy("存疑处"), choices=DOUBTFUL)

    def narrow_title(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by the beginning of the title."""
        return rows.filter(title__startswith=value)


class DemandDesk(DemandList):
    """Posts that wait for their check, oldest first; what is doubtful is read before it is approved."""

    title = gettext_lazy("审核用工需求")
    columns: ClassVar[Sequence[Column]] = (
        Column("title", gettext_lazy("岗位名称"), main=True),
        Column("employer.org.name", gettext_lazy("用人单位")),
        Column("employer.state", gettext_lazy("单位核验"), badge=EMPLOYER_COLOURS),
        Column("region.name", gettext_lazy("工作城市")),
        Column("seats", gettext_lazy("人数"), css="number"),
        Column("wage", gettext_lazy("月工资（元）"), css="number"),
        Column(lambda row: len(row.doubts or ()) or "", gettext_lazy("存疑处"), css="number"),
        Column("submitted_at", gettext_lazy("提交时间"), sort="submitted_at"),
    )
    order = "submitted_at"
    filters = DeskFilter
    new = ()
    size = 25
    one_click = (actions.approve_demand,)
    bulk = (
        Bulk(actions.approve_demand, rows="demand", each=True),
        Bulk(actions.refuse_demand, rows="demand", each=True, form=ReasonForm),
    )
    empty = gettext_lazy("没有等待审核的岗位。")

    def answer(self) -> HttpResponseBase:
        """Open only to those who check posts."""
        if not access.holds(self.actor, "approve_demand"):
            raise NotAllowed("approve_demand")
        return super().answer()

    def rows(self) -> QuerySet[Any]:
        """Return those that wait within the actor's own office."""
        mine = access.actionable(Demand, self.actor, "approve_demand")
        return super().rows().filter(mine, state=Demand.State.SUBMITTED)

    def buttons_of(self, row: Any) -> list[Button]:
        """Offer approval where the employer was approved, and the post was looked at and nothing is doubtful."""
        at_once = row.employer.state == Employer.State.APPROVED and row.doubts == []
        return super().buttons_of(row) if at_once else []


class DemandDetail(Detail):
    """One post: its terms, what is doubtful, what was done."""

    model = Demand
    verbs = (
        actions.approve_demand, actions.refuse_demand, actions.resubmit_demand, actions.refresh_demand,
        actions.correct_demand, actions.close_demand,
    )  # fmt: skip
    states = {
        "approve_demand": ("submitted",),
        "refuse_demand": ("submitted",),
        "resubmit_demand": ("refused",),
        "refresh_demand": ("approved",),
        "correct_demand": Demand.STANDING,
        "close_demand": Demand.STANDING,
    }
    related = (
        "employer__org", "employer_org", "region", "occupation", "collected_by", "approved_by"
    )  # fmt: skip

    def title(self) -> str:
        """Return the post's title."""
        return self.row.title

    def subtitle(self) -> str:
        """Return its state and whose it is."""
        return f"{self.row.get_state_display()} · {self.row.employer}"

    def buttons(self) -> Iterable[Button]:
        """Lead to the employer while its papers wait; offer a closed post once more as a new one."""
        waits = self.row.state == Demand.State.SUBMITTED and self.row.employer.state == Employer.State.WAITING
        first = waits and access.may(self.actor, "approve_employer", self.row.employer)
        if first:
            url = reverse("employer", args=[self.row.employer_id])
            yield Button(_("先核验用人单位"), url, "approve_employer")
        yield from (one for one in super().buttons() if not first or one.name != "approve_demand")
        if self.row.state == Demand.State.CLOSED and access.holds(self.actor, "submit_demand"):
            yield Button(_("照此重新提交"), f"{reverse('submit_demand')}?like={self.row.pk}", "submit_demand")

    def panels(self) -> Iterable[Panel]:
        """Return its terms, doubts for who checks it, and its history."""
        row = self.row
        doubts = self._doubts() if access.may(self.actor, "approve_demand", row) else []
        if doubts:
            waits = row.state == Demand.State.SUBMITTED
            title = _("请核实") if waits else _("审核时的存疑处")
            yield panel(title, "employers/doubts.html", wide=True, doubts=doubts, waits=waits)
        yield facts(
            _("岗位"), row, (_("职业"), f"{row.occupation.code} {row.occupation}"),
            "seats", "region", "address", (_("月工资（元）"), row.wage),
            (_("待遇"), _("、").join(benefits(row))), "begins_on", "valid_until",
        )  # fmt: skip
        yield facts(
            _("要求"), row, "education_min", (_("须持证书"), list(row.certificates.all())), *_ages(row)
        )
        if row.details:
            yield panel(_("岗位说明"), "employers/details.html", demand=row)
        yield table(_("用人单位"), self._employer(), *EMPLOYER_COLUMNS)
        if not self.actor.is_worker:
            yield facts(_("经办"), row, "state", *_outcome(row), "collected_by", "collected_on", "submitted_at",
                        "approved_by", "approved_at", "refreshed_on")  # fmt: skip
            yield self.history()

    def _doubts(self) -> list[Doubt]:
        """Return what is doubtful now while the post waits, and afterwards what was when it was decided."""
        waits = self.row.state == Demand.State.SUBMITTED
        return doubts_about(self.row, usual_for(self.row)) if waits else kept_doubts(self.row)

    def _employer(self) -> Any:
        return (
            Employer.objects.visible_to(self.actor)
            .filter(pk=self.row.employer_id)
            .select_related("org", "region")
        )


def benefits(demand: Demand) -> list[str]:
    """Return what the employer gives beside pay."""
    names = ("has_dormitory", "has_meals", "has_insurance", "refunds_travel")
    return [str(Demand._meta.get_field(name).verbose_name) for name in names if getattr(demand, name)]  # type: ignore[union-attr]


def _ages(demand: Demand) -> list[Any]:
    if not demand.age_basis:
        return [(_("年龄"), _("满16周岁"))]
    return ["age_min", "age_max", "age_basis"]


def _outcome(demand: Demand) -> list[str]:
    """Return the reason that belongs to the state."""
    return [name for name in ("refusal", "close_reason") if getattr(demand, name)]
