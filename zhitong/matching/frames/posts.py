"""Which posts a round can give: approved, valid on the day, with seats that nobody holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, F, QuerySet

from zhitong.employers.models import Demand, Employer
from zhitong.engines.matching import Fellows, Posts
from zhitong.kernel.models import Org
from zhitong.matching.frames.codes import Codes
from zhitong.matching.frames.people import set_bits
from zhitong.matching.frames.reading import NONE, DayNumber, Table, or_none, places_of, read
from zhitong.matching.models import Offer

MOST_SEATS = 1_000_000
FEW = 5_000
"""So many posts are asked for by name."""


@dataclass(frozen=True)
class Openings:
    """Posts by position: their keys, their employers and what they ask and give."""

    keys: Table
    posts: Posts
    employers: Table
    """Keys of the employers' organisations, by the positions in ``posts.employer``."""
    kinds: Table
    """Keys of the certificates, by bit."""


@dataclass(frozen=True)
class Asked:
    """The posts as they were read, before the people are known."""

    rows: Table
    kinds: Table
    """Keys of the certificates that any of the posts demands, by bit."""
    demanded: Table
    """(pairs, 2) keys of post and certificate."""


def open_demands(day: dt.date) -> QuerySet[Demand]:
    """Return the posts of approved employers that can be taken on the day."""
    return Demand.objects.open(day).filter(employer__state=Employer.State.APPROVED)


def asked(demands: QuerySet[Demand]) -> Asked:
    """Read the posts of a queryset."""
    rows = read(
        demands.order_by("pk"), "pk", "occupation_id", "region_id", "employer_org_id", "seats", "wage_low_fen",
        "wage_high_fen", "age_min", or_none("age_max"), "education_min", DayNumber(F("begins_on")),
        DayNumber(F("valid_until")), "has_dormitory", "has_meals",
    )  # fmt: skip
    through = Demand.certificates.through.objects.filter(demand__in=demands)
    demanded = read(through, "demand_id", "certificatekind_id")
    return Asked(rows, np.unique(demanded[:, 1]), demanded)


def openings(
    wanted: Asked, codes: Codes, home: Org | None, day: dt.date, *, free_only: bool = True
) -> Openings:
    """Return the posts that have seats left; with ``free_only=False`` all of them, with at least one seat."""
    free = wanted.rows[:, 4] - held_seats(wanted.rows[:, 0])
    placeable = codes.city(wanted.rows[:, 2]) >= 0
    chosen = (free > 0) & placeable if free_only else placeable
    rows, seats = wanted.rows[chosen], np.clip(free[chosen], 0 if free_only else 1, MOST_SEATS)
    employers, employer = np.unique(rows[:, 3], return_inverse=True)
    place = codes.city(rows[:, 2])
    certificates = np.zeros((len(rows), max(1, -(-len(wanted.kinds) // 64))), np.uint64)
    set_bits(certificates, rows[:, 0], wanted.kinds, wanted.demanded)
    posts = Posts(
        occupation=codes.occupation(rows[:, 1]).astype(np.int32),
        place=place.astype(np.int32),
        employer=employer.astype(np.int32),
        seats=seats.astype(np.int32),
        wage_low_fen=rows[:, 5].astype(np.int32),
        wage_high_fen=rows[:, 6].astype(np.int32),
        min_age=rows[:, 7].astype(np.int16),
        max_age=np.maximum(rows[:, 8], 0).astype(np.int16),
        heavy=np.zeros(len(rows), bool),
        certificates=certificates,
        education=np.clip(rows[:, 9], 0, 6).astype(np.int8),
        begins_day=rows[:, 10].astype(np.int32),
        valid_until_day=rows[:, 11].astype(np.int32),
        dormitory=rows[:, 12] > 0,
        meals=rows[:, 13] > 0,
        minutes_from_home=_minutes(codes, home, place).astype(np.int32),
    )
    return Openings(rows[:, 0], posts, employers, wanted.kinds)


def fellows(villages: Table, employers: Table) -> Fellows:
    """Return which villages have people at which employers, by what was accepted and still holds."""
    accepted = Offer.objects.taken().filter(state=Offer.State.ACCEPTED)
    if len(villages) <= FEW:
        accepted = accepted.filter(village__in=villages.tolist())
    rows = read(accepted.order_by().distinct(), or_none("village_id"), "employer_org_id")
    village, employer = places_of(villages, rows[:, 0]), places_of(employers, rows[:, 1])
    both = (village >= 0) & (employer >= 0)
    return Fellows(village=village[both].astype(np.int32), employer=employer[both].astype(np.int32))


def held_seats(keys: Table) -> Table:
    """Return how many seats of each post are kept for someone: offered, agreed or accepted."""
    standing = Offer.objects.holding()
    some = standing.filter(demand__in=keys.tolist()) if len(keys) <= FEW else standing
    held = some.order_by().values("demand_id").annotate(held=Count("pk"))
    rows = read(held, "demand_id", "held")
    found = places_of(keys, rows[:, 0])
    count = np.zeros(len(keys), np.int64)
    count[found[found >= 0]] = rows[found >= 0, 1]
    return count


def _minutes(codes: Codes, home: Org | None, place: Table) -> Table:
    return np.full(len(place), NONE) if home is None else codes.minutes_from(home, place)
