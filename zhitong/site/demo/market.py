"""From drawn demand to rows of employers and posts, in the care of whoever collected them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

import numpy as np
from django.utils import timezone

from zhitong.employers.actions import DemandBatch
from zhitong.employers.models import Demand as Post
from zhitong.employers.models import Employer
from zhitong.kernel.actions import open_orgs
from zhitong.kernel.models import Account, CertificateKind, Industry, Occupation, Org, Region, in_place
from zhitong.kernel.models.placed import PLACE_COLUMNS
from zhitong.kernel.privacy import seal_many
from zhitong.site.demo import assumptions
from zhitong.site.demo.collectors import Collector, collectors
from zhitong.site.demo.demand import BENEFITS, PAID_BY, Demand
from zhitong.site.demo.reference import certificates, destinations, industries, trades

PLACE = tuple(f"{name}_id" for name in PLACE_COLUMNS)
EMPLOYER_COLUMNS = (
    "id", *PLACE, "version", "org_id", "state", "collected_by_id", "credit_code", "external_code", "industry_id",
    "region_id", "address", "contact_name", "contact_telephone", "checked_by_id", "checked_on", "refusal",
    "is_sample",
)  # fmt: skip
POST_COLUMNS = (
    "id", *PLACE, "version", "employer_id", "employer_org_id", "collected_by_id", "state", "title",
    "occupation_id", "seats", "region_id", "address", "wage_low_fen", "wage_high_fen", "education_min", "age_min",
    "age_basis", "has_dormitory", "has_meals", "has_insurance", "refunds_travel", "details", "begins_on",
    "valid_until", "refreshed_on", "close_reason", "refusal", "approved_by_id", "approved_at", "collected_on",
    "submitted_at", "external_code", "is_sample",
)  # fmt: skip
GIVEN = {
    "has_dormitory": "dormitory", "has_meals": "meals", "has_insurance": "insurance",
    "refunds_travel": "travel_refund",
}  # fmt: skip
ADULTS_ONLY = "《未成年工特殊保护规定》第三条"
PAID = {"month": "按月计薪", "day": "按日计薪，月工资按22天折算", "piece": "计件工资"}
CONTACT = "样例联系人"


@dataclass(frozen=True)
class Market:
    """The drawn demand beside the rows to which it points.

    ``collectors`` in the order of the shipped table; ``employer_orgs`` by employer; ``checked_by`` checked
    employers and posts; ``employer`` and ``post`` are the first keys to be given.
    """

    demand: Demand
    collectors: list[Org]
    employer_orgs: list[Org]
    checked_by: Account
    employer: int
    post: int

    @property
    def waiting(self) -> np.ndarray:
        """Tell of each employer whether its credentials still wait for their check; nobody is sent there."""
        return np.arange(len(self.employer_orgs)) % round(1 / assumptions.EMPLOYERS_WAITING) == 1

    @property
    def unchecked(self) -> np.ndarray:
        """Tell of each post whether it still waits: the newest, and those of employers that wait themselves."""
        fresh = self.demand.collected_on > np.datetime64(self.demand.on) - int(assumptions.CHECKED_WITHIN)
        return fresh | self.waiting[self.demand.employer]


def open_market(demand: Demand, *, by: Account, checked_by: Account) -> Market:
    """Open the organisations of the employers and return the market that is to be stored."""
    orgs = collecting_orgs()
    return Market(
        demand=demand,
        collectors=orgs,
        employer_orgs=_open_employers(by, demand, orgs),
        checked_by=checked_by,
        employer=_next(Employer),
        post=_next(Post),
    )


def collecting_orgs() -> list[Org]:
    """Return the stations and departments in the order of the shipped table."""
    names = [one.name for one in collectors()]
    found = {org.name: org for org in Org.objects.standing().filter(kind__in=("station", "department"))}
    return [found[name] for name in names]


def seats_owed(one: Collector, posts: int) -> int:
    """Return the seats that a department owes in a city of so many posts; its target in the reports is in posts."""
    return round(one.target * assumptions.SEATS / assumptions.POSTS * posts / assumptions.POSTS)


def target_period(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the half year of the targets that holds every post collected until ``day``."""
    first = np.datetime64(day - dt.timedelta(days=int(assumptions.COLLECTED_AGO["most"])), "M")
    days = first.astype("datetime64[D]"), (first + 6).astype("datetime64[D]") - 1
    return days[0].item(), days[1].item()


def _open_employers(by: Account, demand: Demand, orgs: list[Org]) -> list[Org]:
    """Open each employer in the care of the place whose station or department brought its first post."""
    homes: dict[int, list[int]] = defaultdict(list)
    for number, org in enumerate(_first_collectors(demand, orgs)):
        homes[org.place_id or org.pk].append(number)
    opened: dict[int, Org] = {}
    for home, numbers in homes.items():
        names = [demand.employer_names[number] for number in numbers]
        parent = Org.objects.get(pk=home)
        rows = open_orgs(by=by, parent=parent, kind=Org.Kind.EMPLOYER, names=names, is_sample=True)
        opened.update(zip(numbers, rows, strict=True))
    return [opened[number] for number in range(len(opened))]


def _first_collectors(demand: Demand, orgs: list[Org]) -> list[Org]:
    _employer, first = np.unique(demand.employer, return_index=True)
    return [orgs[place] for place in demand.collected_by[first].tolist()]


def _next(model: Any) -> int:
    return (model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1


def make_market_batch(market: Market) -> DemandBatch:
    """Return the rows of employers, posts and the certificates that posts ask for."""
    return (
        DemandBatch()
        .add(Employer, EMPLOYER_COLUMNS, _employers(market))
        .add(Post, POST_COLUMNS, zip(*_post_columns(market), strict=True))
        .add(
            Post.certificates.through,
            ("demand_id", "certificatekind_id"),
            _asked(market),
        )
    )


def _employers(market: Market) -> Iterator[tuple[Any, ...]]:
    demand = market.demand
    first = _first_collectors(demand, market.collectors)
    industry, cities = _industries(), _cities()
    checked_on = demand.on - dt.timedelta(days=int(assumptions.COLLECTED_AGO["most"]))
    columns = zip(
        count(market.employer), market.employer_orgs, first, demand.credit_code.tolist(), demand.industry.tolist(),
        demand.place.tolist(), seal_many([str(one) for one in demand.telephone.tolist()], "telephone"),
        market.waiting.tolist(), strict=False,
    )  # fmt: skip
    for number, org, collector, code, kind, place, telephone, waits in columns:
        checked = ("waiting", None, None) if waits else ("approved", market.checked_by.pk, checked_on)
        yield (
            number, *in_place(org).values(), 1, org.pk, checked[0], collector.pk, code.decode(), "",
            industry[kind], cities[place], "", CONTACT, telephone, *checked[1:], "", True,
        )  # fmt: skip


def _post_columns(market: Market) -> list[list[Any]]:
    demand, posts = market.demand, len(market.demand)
    employer = demand.employer.tolist()
    collector = [market.collectors[place] for place in demand.collected_by.tolist()]
    places = zip(*(in_place(org).values() for org in collector), strict=True)
    cities, occupations = _cities(), _occupations()
    waits = market.unchecked.tolist()
    collected = demand.collected_on.tolist()
    grown_up = (demand.age_from > 16).tolist()
    return [
        list(range(market.post, market.post + posts)),
        *(list(column) for column in places),
        [1] * posts,
        [market.employer + number for number in employer],
        [market.employer_orgs[number].pk for number in employer],
        [org.pk for org in collector],
        ["submitted" if one else "approved" for one in waits],
        demand.titles(),
        [occupations[trade] for trade in demand.occupation.tolist()],
        demand.seats.tolist(),
        [cities[place] for place in demand.place[demand.employer].tolist()],
        [""] * posts,
        demand.wage_low_fen.tolist(),
        demand.wage_high_fen.tolist(),
        demand.education.tolist(),
        demand.age_from.tolist(),
        [ADULTS_ONLY if one else "" for one in grown_up],
        *(_given(demand, name) for name in GIVEN.values()),
        _details(demand),
        demand.begins_on.tolist(),
        demand.valid_until.tolist(),
        collected,
        [""] * posts,
        [""] * posts,
        [None if one else market.checked_by.pk for one in waits],
        [None if one else _office_hour(day, 15) for one, day in zip(waits, collected, strict=True)],
        collected,
        [_office_hour(day, 9) for day in collected],
        [""] * posts,
        [True] * posts,
    ]


@cache
def _office_hour(day: dt.date, hour: int) -> dt.datetime:
    """Return an hour of the day, or this moment where it has not come yet."""
    then = dt.datetime.combine(day, dt.time(hour), timezone.get_current_timezone())
    return min(then, timezone.now())


def _given(demand: Demand, benefit: str) -> list[bool]:
    return (demand.benefits >> BENEFITS.index(benefit) & 1).astype(bool).tolist()


def _details(demand: Demand) -> list[str]:
    """Say in words what has no column: how wages are reckoned, night shifts, experience, rooms for couples."""
    columns = (
        demand.paid_by.tolist(), demand.night_shift.tolist(), demand.experience_years.tolist(),
        _given(demand, "couple_room"),
    )  # fmt: skip
    return [_detail(*row) for row in zip(*columns, strict=True)]


@cache
def _detail(paid_by: int, night: bool, years: int, couple: bool) -> str:
    parts = [
        PAID[PAID_BY[paid_by]],
        "两班倒，需上夜班" if night else "",
        f"有{years}年以上同类工作经验" if years else "",
        "有夫妻房" if couple else "",
    ]
    return "；".join(part for part in parts if part) + "。（样例）"


def _asked(market: Market) -> Iterator[tuple[int, int]]:
    kinds = {
        (family, code): pk for pk, family, code in CertificateKind.objects.values_list("pk", "family", "code")
    }
    keys = [kinds[family, code] for family, code, _name in certificates()]
    asked = market.demand.certificate
    for post in np.flatnonzero(asked >= 0).tolist():
        yield market.post + post, keys[asked[post]]


def _cities() -> list[int]:
    found = dict(Region.objects.standing().filter(level__lte=2).values_list("code", "pk"))
    return [found[code.ljust(12, "0")] for code in destinations().code]


def _occupations() -> list[int]:
    found = dict(Occupation.objects.at_level(4).values_list("code", "pk"))
    return [found[code] for code in trades().code]


def _industries() -> list[int]:
    found = dict(Industry.objects.values_list("code", "pk"))
    return [found[code] for code in industries().code]
