"""Figures counted from records: grouped along an index in the database, folded here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.dispatch.models import Placement
from zhitong.employers.models import Demand
from zhitong.kernel.models import Account, Org, ReachQuerySet, Region
from zhitong.matching.models import Offer, Proposal
from zhitong.workers.models import Headcount, Worker

from .reach import BELOW

ANSWERED_YES = ("agreed", "accepted", "refused")
ARRIVED = ("arrived", "ended")
MOST_CITIES = 14
OTHERS = _("其他城市")
ROWS = Count("*")
"""Rows are counted, not their numbers: those stand in no counting index of PostgreSQL."""


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many reached it, and the list behind the number."""

    name: str
    label: str | Promise
    count: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    """The figures of one place below."""

    org: Org
    people: int
    seeking: int
    away: int
    offered: int
    placed: int
    arrived: int


@dataclass(frozen=True)
class Flow:
    """So many people of one place who work in one city."""

    origin: str
    city: str
    count: int


def _inside(rows: QuerySet[Any], org: Org) -> QuerySet[Any]:
    return rows.filter(**{str(org.level): org.pk})


def _below(org: Org) -> str:
    """Return the column by which a place is broken down; a village stands for itself."""
    return f"{BELOW[str(org.level)] or org.level}_id"


def _people(actor: Account, org: Org) -> tuple[ReachQuerySet, Aggregate]:
    """Return rows about the people of a place, and how their number follows from them.

    A city's and a county's people are kept as numbers; a township's are few enough to be counted one by one.
    """
    if _below(org) in Headcount.Counted.by:
        return Headcount.objects.visible_to(actor), Sum("many")
    return Worker.objects.visible_to(actor), ROWS


def _tally(rows: QuerySet[Any], org: Org, column: str, number: Aggregate = ROWS) -> dict[int, Counter[str]]:
    """Count rows by the place below and one column."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    below = _below(org)
    grouped = _inside(rows, org).order_by().values_list(below, column).annotate(n=number)
    for place, value, count in grouped:
        found[place][value] += count
    return found


def people_of(actor: Account, org: Org) -> dict[int, Counter[str]]:
    """Return, by the place below, how many active workers stand in each status."""
    rows, number = _people(actor, org)
    return _tally(rows.active(), org, "status", number)


def lines_of(actor: Account, org: Org) -> list[Line]:
    """Return the figures of every place below ``org``, in the order of their names."""
    people = people_of(actor, org)
    offers = _tally(Offer.objects.visible_to(actor), org, "state")
    placements = _tally(Placement.objects.visible_to(actor), org, "state")
    below = BELOW[str(org.level)]
    places = Org.objects.visible_to(actor).places().filter(**{str(org.level): org.pk})
    places = places.filter(kind__in=_kinds(below)) if below else places.filter(pk=org.pk)
    return [
        _line(
            place,
            people.get(place.pk, Counter()),
            offers.get(place.pk, Counter()),
            placements.get(place.pk, Counter()),
        )
        for place in places.order_by("name_key", "pk")
    ]


def _kinds(level: str) -> list[str]:
    return [kind for kind in Org.PLACE_KINDS if Org.LEVELS[kind] == level]


def _line(org: Org, people: Counter[str], offers: Counter[str], placements: Counter[str]) -> Line:
    return Line(
        org=org,
        people=people.total(),
        seeking=sum(people[status] for status in Worker.SEEKING),
        away=people[Worker.Status.AWAY] + people[Worker.Status.AWAY_SEEKING],
        offered=offers.total(),
        placed=placements.total(),
        arrived=sum(placements[state] for state in ARRIVED),
    )


def totals_of(lines: Iterable[Line]) -> dict[str, int]:
    """Return the sums over all lines."""
    names = ("people", "seeking", "away", "offered", "placed", "arrived")
    lines = list(lines)
    return {name: sum(getattr(line, name) for line in lines) for name in names}


def funnel_of(actor: Account, org: Org, urls: Mapping[str, str]) -> list[Step]:
    """Return the steps from demand to arrival for a place: seats of its own demand, then its own people."""
    seats = _inside(Demand.objects.visible_to(actor).open(), org).aggregate(n=Sum("seats"))["n"] or 0
    proposals = _states(Proposal.objects.visible_to(actor), org)
    offers = _states(Offer.objects.visible_to(actor), org)
    placements = _states(Placement.objects.visible_to(actor), org)
    counts = {
        "demand": (_("招聘中的岗位人数"), seats),
        "proposed": (_("匹配建议"), proposals.total() - proposals["passed_over"]),
        "offered": (_("已推荐"), offers.total() - offers["recalled"]),
        "agreed": (_("本人确认"), sum(offers[state] for state in ANSWERED_YES)),
        "placed": (_("已录用"), placements.total()),
        "arrived": (_("已到岗"), sum(placements[state] for state in ARRIVED)),
    }
    return [Step(name, label, count, urls.get(name, "")) for name, (label, count) in counts.items()]


def _states(rows: QuerySet[Any], org: Org) -> Counter[str]:
    total: Counter[str] = Counter()
    for states in _tally(rows, org, "state").values():
        total.update(states)
    return total


def flows_of(actor: Account, org: Org) -> list[Flow]:
    """Return where the people of a place work: its places below × the most frequent cities, the rest together."""
    people, number = _people(actor, org)
    rows = _inside(people, org).filter(work_region__isnull=False).order_by()
    grouped = [one for one in rows.values_list(_below(org), "work_region").annotate(n=number) if one[-1]]
    cities: Counter[int] = Counter()
    for _place, city, count in grouped:
        cities[city] += count
    shown = {city for city, _count in cities.most_common(MOST_CITIES)}
    return _named_flows(actor, grouped, shown)


def _named_flows(actor: Account, grouped: list[tuple[int, int, int]], shown: set[int]) -> list[Flow]:
    origins = Org.objects.visible_to(actor).in_bulk({place for place, _city, _count in grouped})
    cities = Region.objects.visible_to(actor).in_bulk(shown)
    sums: Counter[tuple[str, str]] = Counter()
    for place, city, count in grouped:
        name = cities[city].short_name or cities[city].name if city in shown else str(OTHERS)
        sums[origins[place].place_name, name] += count
    return [Flow(origin, city, count) for (origin, city), count in sums.most_common()]
