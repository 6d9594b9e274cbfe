"""Lists: the register, who waits to be checked, the priority groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel import access
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.fields import yuan
from zhitong.kernel.models import Org
from zhitong.kernel.values import row_number
from zhitong.kernel.web import Bulk, Column, Listing, signed_in
from zhitong.kernel.web.verbs import actor_of

from ..actions import confirm_status, export_workers, save_layout
from ..forms import StatusForm, WorkerFilter, own_places
from ..forms.finding import UNCHECKED_DAYS
from ..models import Layout, PriorityGroup, Worker
from .in_layout import columns_in, with_layout

STATUS_COLOURS = {
    "seeking": "blue", "away_seeking": "blue", "returned": "orange", "away": "green", "local": "green",
    "training": "purple",
}  # fmt: skip
CHECK = "confirm_statuses"
BELOW = {"city": "county", "county": "town", "town": "village"}
KINDS = {"county": "county_bureau", "town": "township_office", "village": "village"}


def age(worker: Worker) -> int:
    """Return the age today."""
    return worker.age_on(timezone.localdate())


def wage_floor(worker: Worker) -> str | None:
    """Return the wage floor in yuan, or nothing where there is none."""
    fen = getattr(getattr(worker, "intention", None), "wage_floor_fen", 0)
    return yuan(fen) if fen else None


def wage_floor_yuan(worker: Worker) -> float | None:
    """Return the wage floor for a spreadsheet."""
    fen = getattr(getattr(worker, "intention", None), "wage_floor_fen", 0)
    return fen / 100 if fen else None


class WorkerList(Listing):
    """The people of the register within reach."""

    model = Worker
    title = pgettext_lazy("list", "劳动者")
    columns = (
        Column("name", _("姓名"), sort="name_key", main=True),
        Column("sex", _("性别")),
        Column(age, _("年龄"), css="number"),
        Column("education", _("文化程度")),
        Column("status", _("就业状态"), badge=STATUS_COLOURS),
        Column("intention.first_occupation", _("意向职业")),
        Column(wage_floor, _("最低工资"), css="number", export=wage_floor_yuan),
        Column("telephone", _("手机号")),
        Column("village", _("村（社区）")),
        Column("status_checked_on", _("核实日期"), sort="status_checked_on"),
    )
    export_columns = (
        *columns[:7],
        Column("work_region", _("务工城市")),
        Column("id_number", _("身份证号")),
        Column("telephone", _("手机号")),
        Column("county", _("县（市、区）")),
        Column("town", _("乡镇（街道）")),
        *columns[8:],
    )
    order = "name_key"
    filters = WorkerFilter
    related = ("village",)
    new = ("register_worker",)
    bulk = (Bulk(confirm_status, rows="worker", form=StatusForm, each=True),)
    export_verb = staticmethod(export_workers)
    layout_verb = staticmethod(save_layout)
    empty = _("还没有登记劳动者。")
    template = "workers/workers.html"

    def layouts(self) -> Any:
        """Return the column maps by which lists come in: an export goes out by them."""
        return Layout.objects.visible_to(self.actor)

    def columns_of(self, layout: Any) -> Sequence[Column]:
        """Return the columns of a column map, in its words."""
        return columns_in(layout)

    def context(self) -> dict[str, Any]:
        """Say whether lists may be brought in from here."""
        return {"may_import": access.holds(self.actor, "stage_import")}

    def found_rows(self, form: Any) -> QuerySet[Any]:
        """Join what an export shows only when it is exported."""
        rows = super().found_rows(form)
        if self.request.GET.get("export"):
            rows = rows if self.layout is None else with_layout(self.actor, rows)
            return rows.select_related(
                "village", "town", "county", "work_region", "intention__first_occupation"
            )
        return rows


@signed_in
def unchecked(request: HttpRequest) -> HttpResponseBase:
    """Show, place by place, how many people nobody has checked for 30, 60 and 90 days."""
    actor = actor_of(request)
    place = _asked_place(request)
    if place is None or place.level == "village":
        return redirect(_page_of_village(request, place))
    below = BELOW[str(place.level)]
    orgs = Org.objects.visible_to(actor).standing().filter(own_places(actor), parent=place, kind=KINDS[below])
    lines = [_line(request, one, below) for one in orgs.order_by("name_key", "pk")]
    counts = zip(*(one["counts"] for one in lines), strict=True)
    totals = list(zip(map(sum, counts), UNCHECKED_DAYS, strict=False))
    context = {
        "title": _("待核实"), "subtitle": str(place), "crumbs": _crumbs(request, place), "lines": lines,
        "days": UNCHECKED_DAYS, "totals": totals, "ask_url": _way_to_ask(request, place),
    }  # fmt: skip
    return render(request, "workers/unchecked.html", context)


def _way_to_ask(request: HttpRequest, place: Org) -> str:
    """Return where the people of a township are asked by short messages, for whoever may."""
    asks = place.level == "town" and access.may(actor_of(request), "ask_status_by_sms", place)
    return reverse("ask_status_by_sms", args=[place.pk]) if asks else ""


def _page_of_village(request: HttpRequest, village: Org | None) -> str:
    """Return where one village is gone through; whoever does not check reads its list."""
    if village is not None and access.may(actor_of(request), CHECK, village):
        return reverse(CHECK, args=[village.pk])
    return f"{reverse('workers')}?unchecked={UNCHECKED_DAYS[0]}&sort=status_checked_on"


def _asked_place(request: HttpRequest) -> Org | None:
    """Return the place asked for within reach, by default the actor's own."""
    actor = actor_of(request)
    own = next((one.org for one in actor.held if one.org is not None and one.org.level is not None), None)
    if own is None:
        raise OutOfReach
    number = row_number(request.GET.get("place", ""))
    wanted = getattr(own, f"{own.level}_id") if number is None else number
    found = Org.objects.visible_to(actor).places().filter(own_places(actor), pk=wanted).first()
    if found is None:
        raise OutOfReach
    return found


def _line(request: HttpRequest, place: Org, level: str) -> dict[str, Any]:
    """Return one place with its counts and where they lead."""
    today, may_check = timezone.localdate(), access.holds(actor_of(request), CHECK)
    rows = Worker.objects.visible_to(actor_of(request)).active().filter(**{level: place})
    # Each count is one stretch of an index, which is far faster than looking at every row for all three.
    counts = {days: rows.unchecked_for(days, today).count() for days in UNCHECKED_DAYS}
    listed = f"{reverse('workers')}?{level}={place.pk}&sort=status_checked_on&unchecked="
    return {
        "place": place,
        "url": f"{reverse('unchecked')}?place={place.pk}" if level != "village" else f"{listed}30",
        "counts": list(counts.values()),
        "cells": [(count, f"{listed}{days}", days) for days, count in counts.items()],
        "check_url": reverse(CHECK, args=[place.pk]) if level == "village" and may_check else "",
    }


def _crumbs(request: HttpRequest, place: Org) -> list[tuple[str, str]]:
    above = place.parent
    actor = actor_of(request)
    within = Org.objects.visible_to(actor).filter(own_places(actor))
    if above is None or not within.filter(pk=above.pk).exists():
        return []
    return [*_crumbs(request, above), (str(above), f"{reverse('unchecked')}?place={above.pk}")]


class GroupList(Listing):
    """The rules of who comes first."""

    model = PriorityGroup
    title = pgettext_lazy("list", "优先群体")
    columns = (
        Column("name", _("名称"), sort="name", main=True),
        Column("code", _("代码")),
        Column("weight", _("优先权重"), sort="weight", css="number"),
        Column("legal_basis", _("依据")),
        Column("begins_on", _("起"), sort="begins_on"),
        Column("ends_on", _("止")),
    )
    order = "-begins_on"
    new = ("open_priority_group",)
    empty = _("还没有设立优先群体。")
