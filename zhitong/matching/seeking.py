"""What somebody looks for among the open posts, and which posts are worth being ranked for him.

The database narrows the posts by what was asked and picks at most `MOST` of them: those of the occupations that the
worker named in the cities that he named, then those of the same occupations, then of the same middle class, then
the newest. Only these are held against the rules of the rounds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from zhitong.employers.models import Demand, Employer
from zhitong.kernel.models import Occupation, Region
from zhitong.workers.models import Intention, Skill, Worker

from .frames.seeking import occupation_of

PORTION = 400
MOST = 4 * PORTION
MINOR, MIDDLE = 7, 4
"""Characters of a code that name its minor and its middle class."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: words for the work, a city or province, pay in fen a month, a bed, a last day to begin."""

    words: str = ""
    region: Region | None = None
    wage_least_fen: int | None = None
    has_dormitory: bool = False
    begins_by: dt.date | None = None

    def narrowed(self, rows: QuerySet[Demand]) -> QuerySet[Demand]:
        """Return the posts that are as asked."""
        if self.words:
            rows = rows.filter(_meant(self.words))
        if self.region is not None:
            rows = rows.filter(Q(region=self.region) | Q(region__parent=self.region))
        if self.wage_least_fen:
            rows = rows.filter(wage_low_fen__gte=self.wage_least_fen)
        if self.has_dormitory:
            rows = rows.filter(has_dormitory=True)
        return rows if self.begins_by is None else rows.filter(begins_on__lte=self.begins_by)


def open_posts(rows: QuerySet[Demand], day: dt.date) -> QuerySet[Demand]:
    """Return those of the posts that can be taken on a day."""
    return rows.filter(
        state=Demand.State.APPROVED, valid_until__gte=day, employer__state=Employer.State.APPROVED
    )


def candidates(rows: QuerySet[Demand], wanted: Wanted, worker: Worker) -> list[int]:
    """Return the keys of at most `MOST` of the posts as asked, the likeliest for this worker among them."""
    found: dict[int, None] = {}
    for some in _tiers(wanted.narrowed(rows).order_by("-submitted_at"), wanted, worker):
        found |= dict.fromkeys(some.values_list("pk", flat=True)[:PORTION])
    return list(found)


def _tiers(rows: QuerySet[Demand], wanted: Wanted, worker: Worker) -> Iterator[QuerySet[Demand]]:
    wish = Intention.objects.filter(worker=worker).first()
    cities = _cities(wish) if wanted.region is None else None
    trades = [] if wanted.words else _trades(worker, wish)
    if trades:
        same = rows.filter(occupation__in=trades)
        yield from [same.filter(cities), same] if cities is not None else [same]
        yield rows.filter(occupation__in=_near(trades))
    elif cities is not None:
        yield rows.filter(cities)
    yield rows


def _cities(wish: Intention | None) -> Q | None:
    regions = [] if wish is None else [wish.first_region_id, wish.second_region_id, wish.third_region_id]
    named = [Q(region=one) | Q(region__parent=one) for one in regions if one is not None]
    return reduce(or_, named) if named else None


def _trades(worker: Worker, wish: Intention | None) -> list[int]:
    """Return the occupations that a worker wishes or has practised."""
    wished = (
        []
        if wish is None
        else [wish.first_occupation_id, wish.second_occupation_id, wish.third_occupation_id]
    )
    practised = Skill.objects.filter(worker=worker).values_list("occupation_id", flat=True)
    return [one for one in dict.fromkeys([*wished, *practised]) if one is not None]


def _near(trades: list[int]) -> list[int]:
    """Return the occupations of the same middle classes."""
    codes = Occupation.objects.filter(pk__in=trades).values_list("code", flat=True)
    inside = [Q(code__startswith=code) for code in sorted({code[:MIDDLE] for code in codes})]
    return list(Occupation.objects.filter(reduce(or_, inside), level=4).values_list("pk", flat=True))


def _meant(words: str) -> Q:
    """Return what is meant by words for work: the minor class of their occupation, or titles that begin so."""
    occupation = occupation_of(words)
    titled = Q(title__startswith=words)
    if occupation is None:
        return titled
    alike = Occupation.objects.filter(level=4, code__startswith=occupation.code[:MINOR])
    return titled | Q(occupation__in=list(alike.values_list("pk", flat=True)))
