"""Employers: the list, the desk where credentials are checked, and one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel import access, fields
from zhitong.kernel.actions import attach_file, invite_employer
from zhitong.kernel.errors import NotAllowed, Refusal
from zhitong.kernel.models import Attachment
from zhitong.kernel.views import files_of
from zhitong.kernel.web import Bulk, Column, Detail, FilterForm, Listing, Panel, facts, table
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..forms import COLLECTORS, ReasonForm
from ..models import Demand, Employer
from .shared import DEMAND_COLOURS, EMPLOYER_COLOURS, choices_or_all


class EmployerFilter(FilterForm):
    """What narrows the list of employers."""

    state = forms.ChoiceField(
        label=gettext_lazy("核验状态"), choices=choices_or_all(gettext_lazy("全部"), Employer.State.choices)
    )
    region = fields.RegionField(label=gettext_lazy("所在城市"))
    collected_by = fields.OrgField(label=gettext_lazy("采集单位"), kinds=COLLECTORS)
    name = fields.LineField(label=gettext_lazy("名称、拼音或信用代码"), max_length=60)

    def narrow_name(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by a part of the name, or by the beginning of its pinyin or of the credit code."""
        start = value.strip().lower()
        return rows.filter(
            Q(org__name__contains=value)
            | Q(org__name_key__startswith=start)
            | Q(credit_code__startswith=start.upper())
        )


class EmployerList(Listing):
    """All employers that the reader may see."""

    model = Employer
    title = pgettext_lazy("list", "用人单位")
    columns: ClassVar[Sequence[Column]] = (
        Column("org.name", gettext_lazy("单位名称"), sort="org__name_key", main=True),
        Column("state", gettext_lazy("核验状态"), badge=EMPLOYER_COLOURS),
        Column("region.name", gettext_lazy("所在城市")),
        Column("industry.name", gettext_lazy("行业")),
        Column("credit_code", gettext_lazy("统一社会信用代码")),
        Column("collected_by.name", gettext_lazy("采集单位")),
    )
    order = "org__name_key"
    filters = EmployerFilter
    new: ClassVar[Sequence[str]] = ("register_employer",)
    empty = gettext_lazy("还没有登记用人单位。")


class EmployerDesk(EmployerList):
    """Employers whose credentials wait to be checked, oldest first."""

    title = gettext_lazy("核验用人单位")
    columns: ClassVar[Sequence[Column]] = (
        Column("org.name", gettext_lazy("单位名称"), main=True),
        Column("credit_code", gettext_lazy("统一社会信用代码")),
        Column("region.name", gettext_lazy("所在城市")),
        Column("collected_by.name", gettext_lazy("采集单位")),
        Column("contact_name", gettext_lazy("联系人")),
    )
    order = "id"
    new = ()
    one_click = (actions.approve_employer,)
    bulk = (
        Bulk(actions.approve_employer, rows="employer", each=True),
        Bulk(actions.refuse_employer, rows="employer", each=True, form=ReasonForm),
    )
    empty = gettext_lazy("没有等待核验的用人单位。")

    def answer(self) -> HttpResponseBase:
        """Open only to those who check credentials."""
        if not access.holds(self.actor, "approve_employer"):
            raise NotAllowed("approve_employer")
        return super().answer()

    def rows(self) -> QuerySet[Any]:
        """Return those that wait within the actor's own office."""
        mine = access.actionable(Employer, self.actor, "approve_employer")
        found: Any = super().rows()
        return found.filter(mine).waiting()


class EmployerDetail(Detail):
    """One employer: its credentials, its posts, what was done."""

    model = Employer
    verbs = (
        actions.approve_employer, actions.refuse_employer, actions.correct_employer,
        actions.readmit_employer, attach_file, actions.reveal_contact, actions.bar_employer,
    )  # fmt: skip
    states = {
        "approve_employer": ("waiting",),
        "refuse_employer": ("waiting",),
        "bar_employer": ("approved",),
        "readmit_employer": ("barred",),
        "correct_employer": ("waiting", "approved", "refused"),
        "attach_file": ("waiting", "approved", "refused"),
    }
    related = ("org", "region", "industry", "collected_by", "checked_by")

    def subtitle(self) -> str:
        """Return its state in words."""
        return f"{self.row.get_state_display()} · {self.row.region}"

    def buttons(self) -> Iterable[Button]:
        """Offer a new post first, then the verbs; an invitation once the credentials were checked."""
        approved = self.row.state == Employer.State.APPROVED
        if access.holds(self.actor, "submit_demand") and self.row.state in ("approved", "waiting"):
            url = f"{reverse('submit_demand')}?employer={self.row.pk}"
            if not approved:
                yield from super().buttons()
            yield Button(_("提交用工需求"), url, "submit_demand")
            if not approved:
                return
        yield from super().buttons()
        if approved:
            yield from self._button(invite_employer, self.row.org)

    def panels(self) -> Iterable[Panel]:
        """Return its facts, its posts and its history."""
        row = self.row
        names = ["credit_code", "industry", "region", "address", "collected_by"]
        names += ["external_code"] if row.external_code else []
        yield facts(_("资料"), row, *names, wide=True)
        checked = ["state", "checked_by", "checked_on", *(["refusal"] if row.refusal else [])]
        yield facts(_("核验"), row, *checked)
        if access.may(self.actor, "correct_employer", row):
            yield facts(_("联系人"), row, "contact_name", "contact_telephone")
        if access.holds(self.actor, "attach_file") or access.holds(self.actor, "note_reading"):
            yield files_of(row, self.actor, _("营业执照等材料"))
        demands = Demand.objects.visible_to(self.actor).filter(employer=row).select_related("region")
        yield table(
            _("岗位"), demands.order_by("-id")[:20], Column("title", _("岗位名称")), Column("seats", _("人数")),
            Column("wage", _("月工资（元）")), Column("region", _("工作城市")),
            Column("state", _("状态"), badge=DEMAND_COLOURS), Column("valid_until", _("有效期至")),
        )  # fmt: skip
        yield self.history()


def keep_licence(employer: Employer | None, request: HttpRequest) -> str | None:
    """Attach the licence that came with a registration, and go to the employer; a refusal is said there."""
    file = request.FILES.get("licence")
    if employer is not None and file is not None:
        try:
            attach_file(by=actor_of(request), row=employer, file=file)
        except Refusal as no:
            if no.code != "file_attached_already":
                messages.warning(request, str(no.sentence))
    return None


def to_employer(file: Attachment | None, request: HttpRequest) -> str | None:
    """Go back to the employer to which a file was attached."""
    return None if file is None else reverse("employer", args=[file.subject_id])
