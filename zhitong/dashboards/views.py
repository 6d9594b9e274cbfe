"""Read only: what waits, the figures of a place and below, the funnel, and where people go."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.models import Account, Org, Region
from zhitong.kernel.web import signed_in

from .counts import OTHERS, Flow, flows_of, funnel_of, lines_of, totals_of
from .reach import BELOW, place_at, way_to
from .waiting import waiting_for

LEVEL_NAMES = {
    "city": gettext_lazy("县（市、区）"),
    "county": gettext_lazy("乡镇（街道）"),
    "town": gettext_lazy("村（社区）"),
    "village": gettext_lazy("村（社区）"),
}


@signed_in
def overview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show what waits for the reader and the figures of a place, with its places below to drill into."""
    actor = _actor(request)
    if actor.is_worker:
        return redirect("home")
    place = place_at(actor, pk)
    context: dict[str, Any] = {"waiting": _tasks(actor) if pk is None else [], "place": place}
    if place is not None:
        lines = lines_of(actor, place)
        context |= {
            "lines": lines,
            "totals": totals_of(lines),
            "steps": _with_shares(funnel_of(actor, place, _lists())),
            "level": LEVEL_NAMES[str(place.level)],
            "can_drill": BELOW[str(place.level)] is not None,
        }
    return render(request, "dashboards/overview.html", context | _frame(actor, place, "dashboards"))


@signed_in
def flows(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show where the people of a place work: as a diagram where scripts run, as a table always."""
    actor = _actor(request)
    place = place_at(actor, pk)
    found = [] if place is None else flows_of(actor, place)
    context = {
        "place": place,
        "flows": found,
        "table": _table(found),
        "diagram": _diagram(actor, place, found),
    }
    return render(request, "dashboards/flows.html", context | _frame(actor, place, "flows"))


def _actor(request: HttpRequest) -> Account:
    actor: Account = request.actor  # type: ignore[attr-defined]
    return actor


def _frame(actor: Account, place: Org | None, page: str) -> dict[str, Any]:
    title = _("务工去向") if page == "flows" else _("工作台")
    if place is None:
        return {"title": title, "crumbs": []}
    above = way_to(place, actor)
    crumbs = [(one.place_name, reverse(f"{page}_at", args=[one.pk])) for one in above]
    return {
        "title": f"{place.place_name} · {title}",
        "crumbs": crumbs,
        "counted_at": timezone.localtime(),
        "place_name": place.place_name,
    }


def _tasks(actor: Account) -> list[dict[str, Any]]:
    found = []
    for task, count in waiting_for(actor, timezone.localdate()):
        try:
            url = reverse(task.url_name)
        except NoReverseMatch:
            continue
        found.append({"label": task.label, "count": count, "url": f"{url}?{task.query}".rstrip("?")})
    return found


def _lists() -> dict[str, str]:
    """Return the address of the list behind each step of the funnel."""
    wanted = {"demand": "demands", "proposed": "rounds", "offered": "offers", "placed": "placements"}
    found = {}
    for step, name in wanted.items():
        try:
            found[step] = reverse(name)
        except NoReverseMatch:
            continue
    return found


def _with_shares(steps: list[Any]) -> list[dict[str, Any]]:
    """Give each step its width against the widest, and its share of the step before it among people."""
    widest = max((one.count for one in steps), default=0) or 1
    rows: list[dict[str, Any]] = []
    before: int | None = None
    for one in steps:
        share = round(100 * one.count / before) if before else None
        rows.append({"step": one, "width": round(100 * one.count / widest, 1), "share": share})
        before = one.count if one.name != "demand" else None
    return rows


def _table(found: list[Flow]) -> dict[str, Any]:
    """Return the flows as a table: places down, cities across, the most frequent city first."""
    by_city: Counter[str] = Counter()
    by_origin: Counter[str] = Counter()
    for one in found:
        by_city[one.city] += one.count
        by_origin[one.origin] += one.count
    counts = {(one.origin, one.city): one.count for one in found}
    others = str(OTHERS)
    cities = sorted(by_city, key=lambda city: (city == others, -by_city[city]))
    rows = [
        {"origin": origin, "counts": [counts.get((origin, city), 0) for city in cities], "total": total}
        for origin, total in by_origin.most_common()
    ]
    return {
        "cities": cities,
        "rows": rows,
        "totals": [by_city[city] for city in cities],
        "total": by_city.total(),
    }


def _diagram(actor: Account, place: Org | None, found: list[Flow]) -> dict[str, Any]:
    """Return nodes and links for the Sankey diagram, and points for the flow lines where they are known."""
    names = {one.origin for one in found} | {one.city for one in found}
    cities = (
        Region.objects.visible_to(actor)
        .standing()
        .filter(level__lte=2, short_name__in={one.city for one in found})
    )
    points = {city.short_name: [city.longitude, city.latitude] for city in cities if city.longitude}
    sums: dict[str, int] = {}
    for one in found:
        sums[one.city] = sums.get(one.city, 0) + one.count
    return {
        "nodes": [{"name": name} for name in sorted(names)],
        "links": [{"source": one.origin, "target": one.city, "value": one.count} for one in found],
        "points": [
            {"name": city, "at": points[city], "value": count}
            for city, count in sums.items()
            if city in points
        ],
        "home": _home(actor, place),
    }


def _home(actor: Account, place: Org | None) -> list[float]:
    """Return longitude and latitude from which the lines start: those of the place's first division."""
    if place is None:
        return [0.0, 0.0]
    regions = Region.objects.visible_to(actor).filter(org_regions__org=place, longitude__isnull=False)
    region = regions.order_by("level", "code").first()
    return (
        [region.longitude, region.latitude] if region and region.longitude and region.latitude else [0.0, 0.0]
    )


overview.about = flows.about = Org  # type: ignore[attr-defined]
overview.narrower = flows.narrower = True  # type: ignore[attr-defined]
