"""Pages of placements: both ends' lists, the arrival desk, the checks at 1, 3 and 6 months, the worker's own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access
from zhitong.kernel.models import Account
from zhitong.kernel.web import Bulk, Column, Detail, Listing, facts, history, signed_in, table
from zhitong.kernel.web.verbs import actor_of
from zhitong.workers.models import Worker

from . import actions, forms
from .models import Placement, RetentionCheck

STATES = {"awaited": "blue", "arrived": "green", "missed": "orange", "ended": "secondary"}
RESULTS = {"due": "blue", "still_there": "green", "left": "secondary", "unreachable": "orange"}


def home(placement: Placement) -> Any:
    """Return the county from which the worker was sent: all that the receiving end reads of his home."""
    return placement.county


class PlacementList(Listing):
    """Placements within reach, the newest first."""

    model = Placement
    title = _("就业安置")
    columns = (
        Column("worker.name", _("姓名"), main=True),
        Column("worker.sex", _("性别")),
        Column(home, _("来自")),
        Column("demand.title", _("岗位")),
        Column("employer_org", _("用人单位")),
        Column("demand.region", _("工作城市")),
        Column("state", _("状态"), badge=STATES),
        Column("expected_on", _("应到岗")),
        Column("arrived_on", _("到岗")),
        Column("placed_at", _("录用时间"), sort="placed_at"),
    )
    order = "-placed_at"
    filters = forms.PlacementFilter
    related = ("worker", "county", "demand__region", "employer_org")
    empty = _("还没有安置记录。用人单位录用后，这里就会出现待到岗的人。")


class ArrivalDesk(PlacementList):
    """Who is awaited: ticked on arrival, many at once."""

    title = _("签收到岗")
    order = "placed_at"
    filters = forms.ArrivalFilter
    bulk = (
        Bulk(actions.confirm_arrival, rows="placement", form=forms.ArrivalForm, each=True),
        Bulk(actions.report_missing, rows="placement", each=True),
    )
    columns = (
        Column("worker.name", _("姓名"), main=True),
        Column("worker.sex", _("性别")),
        Column("worker.telephone", _("手机号")),
        Column(home, _("来自")),
        Column("demand.title", _("岗位")),
        Column("employer_org", _("用人单位")),
        Column("expected_on", _("应到岗")),
        Column("placed_at", _("录用时间"), sort="placed_at"),
    )
    empty = _("现在没有待到岗的人。")

    def rows(self) -> QuerySet[Any]:
        """Only those who are still awaited."""
        return super().rows().filter(state=Placement.State.AWAITED)


class RetentionList(Listing):
    """The checks whose day has come, the oldest first."""

    model = RetentionCheck
    title = _("在岗核实")
    columns = (
        Column("placement.worker.name", _("姓名"), main=True),
        Column("placement.worker.telephone", _("手机号")),
        Column("county", _("来自")),
        Column("placement.demand.title", _("岗位")),
        Column("employer_org", _("用人单位")),
        Column("months", _("满几个月"), css="number"),
        Column("due_on", _("应核实日期"), sort="due_on"),
        Column("state", _("结果"), badge=RESULTS),
    )
    order = "due_on"
    filters = forms.RetentionFilter
    related = ("placement__worker", "placement__demand", "county", "employer_org")
    bulk = (
        Bulk(actions.confirm_still_there, rows="check", each=True),
        Bulk(actions.report_unreachable, rows="check", each=True),
    )
    empty = _("现在没有到期的核实。")


class PlacementDetail(Detail):
    """One placement: what each end may know of it, its checks and its history."""

    model = Placement
    related = ("worker", "county", "town", "village", "demand__region", "employer_org", "station", "offer")
    verbs = (
        actions.confirm_arrival, actions.report_missing, actions.end_placement, actions.reveal_arrival_telephone,
        actions.assign_station,
    )  # fmt: skip
    states = {
        "confirm_arrival": ("awaited", "missed"), "report_missing": ("awaited",), "end_placement": ("arrived",),
        "reveal_arrival_telephone": ("awaited", "arrived", "missed"), "assign_station": ("awaited", "arrived"),
    }  # fmt: skip

    def title(self) -> str:
        """Name the worker and the post."""
        return f"{self.row.worker.name} · {self.row.demand.title}"

    def panels(self) -> tuple[Any, ...]:
        """Show the worker as far as this end may, the placement, the checks, and to the sending end the history."""
        checks = RetentionCheck.objects.visible_to(self.actor).filter(placement=self.row).order_by("months")
        placement = facts(
            _("安置"), self.row, "state", "demand.title", "employer_org", "demand.region", "demand.address",
            "station", "expected_on", "arrived_on", "confirmed_by", "ended_on", *self._reason(),
        )  # fmt: skip
        shown = (
            self._person(),
            placement,
            table(
                _("在岗核实"),
                checks,
                Column("months", _("满几个月")),
                Column("due_on", _("应核实日期")),
                Column("state", _("结果"), badge=RESULTS),
                Column("answered_on", _("核实日期")),
                Column("source", _("核实方式")),
            ),
        )
        return (*shown, history(self.row, self.actor)) if self._is_sending_end() else shown

    def _is_sending_end(self) -> bool:
        return access.holds(self.actor, "correct_worker") or any(
            one.role.sees(Worker._meta.label) for one in self.actor.held
        )

    def _reason(self) -> tuple[str, ...]:
        return ("end_reason",) if self._is_sending_end() else ()

    def _person(self) -> Any:
        worker = self.row.worker
        if not self._is_sending_end():
            return facts(_("劳动者"), worker, "name", "sex", "telephone", (_("来自"), self.row.county))
        where = f"{self.row.county} {self.row.town} {self.row.village}"
        return facts(_("劳动者"), worker, "name", "sex", "telephone", "status", (_("登记地"), where))


@signed_in
def my_placements(request: HttpRequest) -> HttpResponse:
    """Show the worker his own posts, and ask him whether he is still there."""
    actor = actor_of(request)
    rows = Placement.objects.visible_to(actor).select_related("demand__region", "employer_org", "station")
    found = list(rows.order_by("-placed_at")[:20]) if actor.kind == Account.Kind.WORKER else []
    due = RetentionCheck.objects.visible_to(actor).due().filter(placement__in=found)
    asked = {check.placement_id: check for check in due}
    context = {
        "title": _("我的岗位"),
        "posts": [{"placement": one, "check": asked.get(one.pk)} for one in found],
    }
    return render(request, "dispatch/mine.html", context)


def to_placement(result: Any, request: HttpRequest) -> str:
    """Go back to the placement; the worker to his own page."""
    if actor_of(request).kind == Account.Kind.WORKER:
        return reverse("my_placements")
    placement = result.placement if isinstance(result, RetentionCheck) else result
    return reverse("placement", args=[placement.pk])
