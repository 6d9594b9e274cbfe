"""Which proposals still hold when a person adopts them, and the offers that they become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhitong.employers.models import Demand, Employer
from zhitong.kernel.people import People
from zhitong.matching.frames.market import scope_of
from zhitong.matching.frames.posts import held_seats
from zhitong.matching.frames.reading import NONE, Table, or_none, read
from zhitong.matching.models import Offer, Proposal, Round
from zhitong.workers.models import Consent, Worker

OFFER_COLUMNS = (
    "worker_id", "demand_id", "employer_org_id", "proposal_id", "city_id", "county_id", "town_id", "village_id",
    "is_sample", "state", "sent_by_id", "sent_at", "due_on", "answered_through", "decline_reason", "refuse_reason",
)  # fmt: skip
FEW = 5_000
"""So many numbers are asked for by name; more are picked from the whole round."""
_ASKED = (
    "pk", or_none("group_number"), "worker_id", "demand_id", "demand__seats", "demand__employer_org_id",
    or_none("city_id"), or_none("county_id"), or_none("town_id"), or_none("village_id"), "worker__is_sample",
)  # fmt: skip
PK, GROUP, WORKER, DEMAND, SEATS, EMPLOYER, PLACES, SAMPLE = 0, 1, 2, 3, 4, 5, slice(6, 10), 10


@dataclass(frozen=True)
class Adoption:
    """Proposals chosen by a person: those that hold, and those overtaken by what has happened since."""

    kept: Table
    lapsed: list[int]

    @property
    def numbers(self) -> list[int]:
        """Keys of the proposals that hold."""
        return [int(key) for key in self.kept[:, PK]]

    def people(self) -> People:
        """The workers to whom a post is offered."""
        found = People(Worker._meta.label)
        for number in self.kept[:, WORKER].tolist():
            found.add(number)
        return found

    def offers(self, by: int, sent_at: dt.datetime, due_on: dt.date) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``OFFER_COLUMNS`` for each proposal that holds."""
        for row in self.kept.tolist():
            places = (None if key == NONE else key for key in row[PLACES])
            who = (row[WORKER], row[DEMAND], row[EMPLOYER], row[PK], *places, bool(row[SAMPLE]))
            yield (*who, "sent", by, sent_at, due_on, "", "", "")


def chosen(held: Round, numbers: Sequence[int] | None) -> list[int]:
    """Return the keys of the undecided proposals among ``numbers`` (default: all), with whoever goes with them."""
    rows = Proposal.objects.filter(round=held).undecided()
    if numbers is None:
        return read(rows, "pk")[:, 0].tolist()
    some = rows.filter(pk__in=list(numbers)) if len(numbers) <= FEW else rows
    found = read(some, "pk", or_none("group_number"))
    found = found[np.isin(found[:, 0], np.array(list(numbers), np.int64))]
    groups = found[found[:, 1] >= 0, 1].tolist()
    fellows = [read(rows.filter(group_number__in=part), "pk")[:, 0] for part in sliced(groups)]
    return np.unique(np.concatenate([found[:, 0], *fellows])).tolist()


def adoption(held: Round, numbers: list[int], day: dt.date) -> Adoption:
    """Return which of these proposals hold today: people free and looking, posts open, seats left, nobody parted."""
    rows = _standing(Proposal.objects.filter(round=held).undecided(), day)
    found = [read(part, *_ASKED) for part in _picked(rows, numbers)]
    table = np.concatenate([np.empty((0, len(_ASKED)), np.int64), *found])
    if len(numbers) > FEW:
        table = table[np.isin(table[:, PK], np.array(numbers))]
    busy = np.append(
        read(Offer.objects.holding().filter(**scope_of(held)), "worker_id")[:, 0], _busy_parts(held)
    )
    table = table[~np.isin(table[:, WORKER], busy)]
    table = table[_together(table, held)]
    table = table[_seated(table)]
    table = table[_together(table, held)]
    return Adoption(table, np.setdiff1d(np.array(numbers, np.int64), table[:, PK]).tolist())


def _busy_parts(held: Round) -> Table:
    """Return the people of the round one of whose merged entries, wherever it stands, holds an offer."""
    merged = Offer.objects.holding().filter(worker__state=Worker.State.MERGED)
    within = {f"worker__merged_into__{name}": value for name, value in scope_of(held).items()}
    return read(merged.filter(**within), "worker__merged_into_id")[:, 0]


def sliced(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a long list of keys into parts that a statement can name."""
    for start in range(0, len(numbers), FEW):
        yield numbers[start : start + FEW]


def _picked(rows: QuerySet[Proposal], numbers: list[int]) -> Iterator[QuerySet[Proposal]]:
    ordered = rows.order_by("-fit", "pk")
    yield ordered.filter(pk__in=numbers) if len(numbers) <= FEW else ordered


def _standing(rows: QuerySet[Proposal], day: dt.date) -> QuerySet[Proposal]:
    agreed = Consent.objects.filter(
        worker=OuterRef("worker"), purpose=Consent.Purpose.REGISTER, withdrawn_at=None
    )
    return rows.filter(
        Q(Exists(agreed)),
        worker__state=Worker.State.ACTIVE,
        worker__status__in=Worker.SEEKING,
        demand__state=Demand.State.APPROVED,
        demand__valid_until__gte=day,
        demand__employer__state=Employer.State.APPROVED,
    )


def _together(table: Table, held: Round) -> np.ndarray:
    """Tell who is alone, or whose companions all still hold."""
    groups, there = np.unique(table[table[:, GROUP] >= 0, GROUP], return_counts=True)
    wanted = _group_sizes(held, groups.tolist())
    whole = [
        group for group, count in zip(groups.tolist(), there.tolist(), strict=True) if count == wanted[group]
    ]
    return (table[:, GROUP] < 0) | np.isin(table[:, GROUP], np.array(whole, np.int64))


def _group_sizes(held: Round, groups: list[int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for part in sliced(groups):
        rows = read(Proposal.objects.filter(round=held, group_number__in=part), "group_number")[:, 0]
        keys, counts = np.unique(rows, return_counts=True)
        sizes |= dict(zip(keys.tolist(), counts.tolist(), strict=True))
    return sizes


def _seated(table: Table) -> np.ndarray:
    """Tell who finds a seat when those of a post go in the order of the rows, best fit first."""
    keys, post = np.unique(table[:, DEMAND], return_inverse=True)
    seats = np.zeros(len(keys), np.int64)
    seats[post] = table[:, SEATS]
    sorting = np.argsort(post, kind="stable")
    starts = np.searchsorted(post[sorting], np.arange(len(keys)))
    rank = np.empty(len(table), np.int64)
    rank[sorting] = np.arange(len(table)) - starts[post[sorting]]
    return rank < (seats - held_seats(keys))[post]
