"""Who takes part in a round: those who look for work, agreed to it, said what they want and are free.

A person with several entries brings what belongs to any of them: all skills and certificates, the wish that was
stated last, every offer. Sex, ethnicity, religion and the kind of household are never read here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import BooleanField, F, Q, QuerySet, Value
from django.db.models.expressions import Case, When

from zhitong.engines.matching import HIGHEST_PRIORITY, GroupRule, Workers
from zhitong.kernel.models import CertificateKind
from zhitong.matching.frames.belonging import Parts, of
from zhitong.matching.frames.codes import Codes
from zhitong.matching.frames.reading import NONE, DayNumber, Table, first_of_each, or_none, places_of, read
from zhitong.matching.models import Consequence, Offer
from zhitong.workers.models import (
    Certificate,
    Consent,
    Intention,
    PriorityGroup,
    PriorityMembership,
    Skill,
    Worker,
)

WISHES = 3
RULED_OUT = 4
NOES = 16
"""So many posts and employers to whom somebody said no, or the other way round, are known of each."""
NO_INTENTION, COMPANION_ABSENT = "no_intention", "companion_absent"

_TOGETHER = Case(
    When(goes_with=Intention.GoesWith.SPOUSE, then=Value(True)),
    default=Value(False),
    output_field=BooleanField(),
)
_PERSON = (
    "pk", or_none("city_id"), or_none("county_id"), or_none("town_id"), or_none("village_id"),
    DayNumber(F("birth_on")), "education", or_none("spouse_id"),
)  # fmt: skip
_WISH = (
    DayNumber(F("earliest_on")), "wage_floor_fen", _TOGETHER, "needs_dormitory", "anywhere",
    or_none("first_occupation_id"), or_none("second_occupation_id"), or_none("third_occupation_id"),
    or_none("first_region_id"), or_none("second_region_id"), or_none("third_region_id"),
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """Workers by position: keys, places (city, county, town, village; -1 for none) and what they bring."""

    keys: Table
    places: Table
    workers: Workers
    group_rule: npt.NDArray[np.int8]
    villages: Table
    """Keys of the villages, by the positions in ``workers.village``."""
    held_back: Mapping[str, Table]
    """By reason: (people, 5) key and places of those who look for work but cannot take part."""
    without_consent: int = 0
    declined: Table = field(default_factory=lambda: np.empty((0, 2), np.int64))
    """(pairs, 2) keys of worker and post of which one side has said no before."""
    paused: Table = field(default_factory=lambda: np.empty((0, 2), np.int64))
    """(pairs, 2) keys of worker and employer's organisation that are not brought together for a time."""


def people_of(scope: Mapping[str, Any], day: dt.date, codes: Codes, kinds: Table) -> People:
    """Read those who take part among the workers of ``scope`` (lookups of ``Worker``, such as ``county_id=17``).

    ``kinds`` are the keys of the certificates that matter, by bit.
    """
    found = read(Worker.objects.seeking().filter(**scope).order_by("pk"), *_PERSON)
    agreed = np.isin(found[:, 0], _consenting(scope))
    parts = Parts(scope)
    free = found[agreed & ~np.isin(found[:, 0], _busy(parts))]
    wishes = _wishes(parts)
    told = np.isin(free[:, 0], wishes[:, 0])
    rows, wishes = _beside(free[told], wishes)
    alone, spouse = _companions(rows, wishes)
    held_back = {NO_INTENTION: free[~told][:, :5], COMPANION_ABSENT: rows[alone][:, :5]}
    rows, wishes, spouse = rows[~alone], wishes[~alone], _renumbered(spouse, ~alone)
    return _people(parts, day, codes, kinds, _Found(rows, wishes, spouse), held_back, int((~agreed).sum()))


def pair_person(worker: Worker, day: dt.date, codes: Codes, kinds: Table) -> People:
    """Read one worker, whatever keeps them from taking part in a round."""
    parts = Parts({"pk": worker.pk})
    rows, wishes = _beside(read(Worker.objects.filter(pk=worker.pk), *_PERSON), _wishes(parts))
    return _people(parts, day, codes, kinds, _Found(rows, wishes, np.full(len(rows), NONE)), {}, 0)


@dataclass(frozen=True)
class _Found:
    rows: Table
    wishes: Table
    spouse: Table

    @property
    def keys(self) -> Table:
        return self.rows[:, 0]


def _consenting(scope: Mapping[str, Any]) -> Table:
    standing = Consent.objects.filter(purpose=Consent.Purpose.REGISTER, withdrawn_at=None, **of(scope))
    return read(standing, "worker_id")[:, 0]


def _busy(parts: Parts) -> Table:
    return parts.read(Offer.objects.holding())[:, 0]


def _wishes(parts: Parts) -> Table:
    """Return worker, first day, wage floor, with spouse, dormitory, anywhere, three occupations, three divisions.

    Of several wishes of a person the one stated last counts; of one day that of the kept entry.
    """
    found = parts.read(Intention.objects.all(), *_WISH, DayNumber(F("stated_on")))
    latest = np.lexsort((np.arange(len(found)), -found[:, -1], found[:, 0]))
    _keys, first = np.unique(found[latest, 0], return_index=True)
    return found[latest[first], :-1]


def _beside(rows: Table, wishes: Table) -> tuple[Table, Table]:
    """Put the wishes beside the people whose they are; someone without any wants nothing in particular."""
    found = places_of(wishes[:, 0], rows[:, 0])
    nothing = np.array([[NONE, 1, 0, 0, 0, 1] + [NONE] * (2 * WISHES)])
    return rows, np.concatenate([wishes, nothing])[found]


def _companions(rows: Table, wishes: Table) -> tuple[np.ndarray, Table]:
    """Return who wants to go with a spouse that does not take part, and each one's spouse by position."""
    together = wishes[:, 3] > 0
    spouse = places_of(rows[:, 0], rows[:, 7])
    mutual = (spouse >= 0) & (rows[spouse, 7] == rows[:, 0])
    either = mutual & (together | together[spouse])
    return together & ~mutual, np.where(either, spouse, NONE)


def _renumbered(spouse: Table, kept: np.ndarray) -> Table:
    """Return the spouses' positions after only some of the people were kept."""
    moved = np.where(kept, np.cumsum(kept) - 1, NONE)
    return np.where(spouse >= 0, moved[spouse], NONE)[kept]


def _people(
    parts: Parts,
    day: dt.date,
    codes: Codes,
    kinds: Table,
    found: _Found,
    held_back: Mapping[str, Table],
    without_consent: int,
) -> People:
    rows, wishes = found.rows, found.wishes
    villages, village = np.unique(rows[:, 4], return_inverse=True)
    group, rule = _groups(found.spouse)
    experienced, years = _experience(parts, codes, found.keys)
    workers = Workers(
        age=ages_on(rows[:, 5], day),
        education=np.clip(rows[:, 6], 0, 6).astype(np.int8),
        wished=codes.occupation(wishes[:, 6:9]).astype(np.int32),
        experienced=experienced.astype(np.int32),
        experience_years=years.astype(np.int16),
        certificates=_certificates(parts, day, kinds, found.keys),
        earliest_day=np.maximum(wishes[:, 1], day.toordinal()).astype(np.int32),
        wage_floor_fen=wishes[:, 2].astype(np.int32),
        wished_places=codes.city(wishes[:, 9:12]).astype(np.int32),
        anywhere=wishes[:, 5] > 0,
        excluded_places=_ruled_out(parts, codes, found.keys, day).astype(np.int32),
        needs_dormitory=wishes[:, 4] > 0,
        priority=_priority(parts, day, found.keys),
        village=village.astype(np.int32),
        group=group.astype(np.int32),
    )
    noes, paused = _noes(parts, day), _paused(parts, day)
    return People(found.keys, rows[:, 1:5], workers, rule, villages, held_back, without_consent, noes, paused)


def _groups(spouse: Table) -> tuple[Table, npt.NDArray[np.int8]]:
    """Number the couples that go together, and give each the rule that keeps it in one city."""
    own = np.arange(len(spouse))
    first = (spouse >= 0) & (own < spouse)
    number = np.cumsum(first) - 1
    group = np.where(first, number, np.where(spouse >= 0, number[np.maximum(spouse, 0)], NONE))
    return group, np.full(int(first.sum()), GroupRule.SAME_CITY, np.int8)


def ages_on(birth: Table, day: dt.date) -> np.ndarray:
    """Completed years on the day, as the law counts them."""
    born = (birth - dt.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    years = born.astype("datetime64[Y]").astype(int) + 1970
    months = born.astype("datetime64[M]").astype(int) % 12 + 1
    days = (born - born.astype("datetime64[M]")).astype(int) + 1
    later = (months > day.month) | ((months == day.month) & (days > day.day))
    return np.clip(day.year - years - later, 0, 130).astype(np.int16)


def _experience(parts: Parts, codes: Codes, keys: Table) -> tuple[Table, Table]:
    """Return the three occupations practised longest and the years in each."""
    rows = _longest(parts.read(Skill.objects.all(), "occupation_id", "years"), len(parts.entry) > 0)
    person = places_of(keys, rows[:, 0])
    rows, person = rows[person >= 0], person[person >= 0]
    kept, rank = first_of_each(person, -rows[:, 2] * 10_000_000 + rows[:, 1], WISHES)
    occupation = np.full((len(keys), WISHES), NONE)
    years = np.zeros((len(keys), WISHES), np.int64)
    occupation[person[kept], rank] = codes.occupation(rows[kept, 1])
    years[person[kept], rank] = np.clip(rows[kept, 2], 0, 80)
    return occupation, years


def _longest(rows: Table, twice: bool) -> Table:
    """Keep each occupation of a person once, with the most years; only where some may be there ``twice``."""
    if not twice:
        return rows
    ordered = rows[np.lexsort((-rows[:, 2], rows[:, 1], rows[:, 0]))]
    first = np.any(ordered[1:, :2] != ordered[:-1, :2], axis=1)
    return ordered[np.append(np.ones(min(len(ordered), 1), np.bool_), first)]


def _certificates(parts: Parts, day: dt.date, kinds: Table, keys: Table) -> np.ndarray:
    """Return the certificates that hold on the day, as bits."""
    words = np.zeros((len(keys), max(1, -(-len(kinds) // 64))), np.uint64)
    if len(kinds):
        wanted = CertificateKind.objects.filter(pk__in=kinds.tolist())
        standing = Certificate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), kind__in=wanted)
        set_bits(words, keys, kinds, parts.read(standing, "kind_id"))
    return words


def set_bits(words: np.ndarray, keys: Table, kinds: Table, rows: Table) -> None:
    """Set the bit of each (row key, kind key) pair."""
    row, bit = places_of(keys, rows[:, 0]), places_of(kinds, rows[:, 1])
    row, bit = row[(row >= 0) & (bit >= 0)], bit[(row >= 0) & (bit >= 0)]
    np.bitwise_or.at(words, (row, bit // 64), np.uint64(1) << (bit % 64).astype(np.uint64))


def _priority(parts: Parts, day: dt.date, keys: Table) -> np.ndarray:
    """Return the steps of the weightiest group to which someone belongs by the rules in force."""
    weights = dict(PriorityGroup.objects.in_force(day).values_list("pk", "weight"))
    priority = np.zeros(len(keys), np.int8)
    rows = parts.read(PriorityMembership.objects.filter(group__in=list(weights)), "group_id")
    person = places_of(keys, rows[:, 0])
    steps = np.array([_step(weights[key]) for key in rows[:, 1].tolist()], np.int8)
    np.maximum.at(priority, person[person >= 0], steps[person >= 0])
    return priority


def _step(weight: int) -> int:
    """Return the engine's step for a weight of 0 to 100: one for each ten begun."""
    return min(-(-weight // 10), HIGHEST_PRIORITY)


def _ruled_out(parts: Parts, codes: Codes, keys: Table, day: dt.date) -> Table:
    """Return the cities that someone turned down because of the place, and that nobody let in again since."""
    rows = parts.read(_keeping_out(Consequence.Kind.PLACE, day), "offer__demand__region_id", "pk")
    person = places_of(keys, rows[:, 0])
    rows, person = rows[person >= 0], person[person >= 0]
    kept, rank = first_of_each(person, -rows[:, 2], RULED_OUT)
    places = np.full((len(keys), RULED_OUT), NONE)
    places[person[kept], rank] = codes.city(rows[kept, 1])
    return places


def _noes(parts: Parts, day: dt.date) -> Table:
    """Return the pairs of worker and post of which one side has said no."""
    return parts.read(_keeping_out(Consequence.Kind.POST, day), "offer__demand_id")


def _paused(parts: Parts, day: dt.date) -> Table:
    """Return the pairs of worker and employer's organisation that are not brought together for a time."""
    return parts.read(_keeping_out(Consequence.Kind.EMPLOYER, day), "offer__employer_org_id")


def told_noes(people: People, posts: Table, employers: Table) -> Workers:
    """Return the workers with the posts and employers, as positions in these keys, between whom and them a no stands.

    Of very many the latest count.
    """
    return replace(
        people.workers,
        declined_posts=_positions(people.keys, people.declined, posts),
        declined_employers=_positions(people.keys, people.paused, employers),
    )


def _positions(keys: Table, pairs: Table, known: Table) -> Table:
    person, other = places_of(keys, pairs[:, 0]), places_of(known, pairs[:, 1])
    there = (person >= 0) & (other >= 0)
    person, other = person[there], other[there]
    kept, rank = first_of_each(person, -np.arange(len(person)), NOES)
    named = np.full((len(keys), int(rank.max(initial=NONE)) + 1), NONE)
    named[person[kept], rank] = other[kept]
    return named.astype(np.int32)


def _keeping_out(kind: str, day: dt.date) -> QuerySet[Consequence]:
    return Consequence.objects.standing(day).filter(kind=kind)
