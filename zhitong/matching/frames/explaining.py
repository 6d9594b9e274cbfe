"""What an explanation says of people and posts, with positions turned into keys: short codes, ready to be stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from zhitong.engines.matching import Plan, SeatReason
from zhitong.engines.matching.changes import Change
from zhitong.engines.matching.classes import NOBODY, Opening, openings, trainees
from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.explain import OUT_OF_REACH, Explanation, cutoffs, explain
from zhitong.engines.matching.vacant import Vacant, vacant
from zhitong.matching.frames.boards import written
from zhitong.matching.frames.codes import Codes
from zhitong.matching.frames.market import Market
from zhitong.matching.frames.posts import Openings
from zhitong.matching.frames.reading import NONE, Table

VACANCY_COLUMNS = (
    "round_id", "city_id", "county_id", "town_id", "village_id", "demand_id", "seats_left", "candidates", "reason",
    "remedies",
)  # fmt: skip
OPENING_COLUMNS = (
    "round_id", "city_id", "county_id", "rank", "trade_id", "certificate_id", "people", "seats", "placed", "demands",
)  # fmt: skip
MOST_EXPLAINED = 100_000
"""In a round of more people only those left over are told at once what one change would have brought; whoever has a
post, when he asks."""
MOST_DEMANDS = 200
"""So many posts are named for one class."""

_CHANGES = {int(one): one.name.lower() for one in Change}
_SEATS = {int(one): one.name.lower() for one in SeatReason}


def lines(
    told: Explanation, cutoff: Ints, offered: Openings, codes: Codes, rows: Table
) -> Iterator[dict[str, Any]]:
    """Yield what is told at these rows of an explanation, with keys for positions; see `Explained.of`."""
    keys, better, change = offered.keys.tolist(), told.better_post[rows], told.change[rows]
    columns = (
        better, told.claim[rows], cutoff[better] if len(keys) else better, told.costliest[rows], told.cost[rows],
        change, _amounts(change, told.amount[rows], codes, offered.kinds), told.post[rows],
    )  # fmt: skip
    lists = [column.tolist() for column in columns]
    for post, claim, least, costliest, cost, kind, amount, brings in zip(*lists, strict=True):
        found: dict[str, Any] = {"if": [_CHANGES[kind], amount, keys[brings]] if kind else []}
        if post >= 0 and least < OUT_OF_REACH:
            found["full"] = [keys[post], claim, least]
        if costliest:
            found["cost"] = [_CHANGES[costliest], cost]
        yield found


def _amounts(change: np.ndarray, amount: np.ndarray, codes: Codes, kinds: Table) -> Table:
    """Return the amounts of the changes, positions turned into keys."""
    found = amount.astype(np.int64)
    for kind, keys in (
        (Change.PLACE, codes.places),
        (Change.EXCLUDED, codes.places),
        (Change.OCCUPATION, codes.occupations),
        (Change.CERTIFICATE, kinds),
    ):
        meant = change == kind
        found[meant] = keys[found[meant]]
    return found


class Explained:
    """What is told of one plan. Deliberately no dataclass, as `Findings`."""

    def __init__(self, market: Market, plan: Plan) -> None:
        self.market, self.plan, self.is_great = market, plan, len(plan.post) > MOST_EXPLAINED
        self.cutoff = cutoffs(market.problem, plan)
        some = np.flatnonzero(plan.post < 0) if self.is_great else np.arange(len(plan.post))
        self.told = explain(market.problem, plan, some.astype(np.int32), self.cutoff)
        self.row = np.full(len(plan.post), NONE)
        self.row[some] = np.arange(len(some))
        self.vacant: Vacant = vacant(market.problem, plan)
        self.openings: list[Opening] = openings(market.problem, self.vacant, self._counties())

    def board(self) -> bytes | None:
        """Return the posts with their cut-offs, for whoever asks later; nothing where everybody was told."""
        return written(self.market.openings, self.market.codes, self.cutoff) if self.is_great else None

    def of(self, rows: Table) -> Iterator[dict[str, Any]]:
        """Yield what each worker of ``rows`` is told beside the reasons; nothing to whoever was not asked about.

        ``full`` is the better post that is full (its key, the worker's claim and its cut-off), ``cost`` the wish that
        costs most and its points, ``if`` the one change with its amount (fen, days, or the key of what is added) and
        the post that it brings; empty where no single one would do.
        """
        known = self.row[rows]
        lines = iter(self._lines(known[known >= 0]))
        for row in known.tolist():
            yield {} if row < 0 else next(lines)

    def _lines(self, rows: Table) -> Iterator[dict[str, Any]]:
        return lines(self.told, self.cutoff, self.market.openings, self.market.codes, rows)

    def vacancies(self, number: int, place: tuple[int | None, ...]) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``VACANCY_COLUMNS`` for each post with empty seats, in the place of the round."""
        plan, keys = self.plan, self.market.openings.keys
        for row, post in enumerate(self.vacant.post.tolist()):
            remedies = [
                [one.easing.name.lower(), one.amount, one.people] for one in self.vacant.remedies(row)
            ]
            reason = _SEATS[int(plan.seat_reason[post])]
            seats, people = int(plan.seats_left[post]), int(plan.candidates[post])
            yield (number, *place, int(keys[post]), seats, people, reason, remedies)

    def classes(self, number: int, city: int | None) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``OPENING_COLUMNS`` for each class that would bring people to seats."""
        occupations, offered = self.market.codes.occupations, self.market.openings
        for rank, one in enumerate(self.openings):
            trade = int(occupations[one.trade]) if one.trade >= 0 else None
            certificate = int(offered.kinds[one.certificate]) if one.certificate >= 0 else None
            demands = [int(offered.keys[post]) for post in one.posts[:MOST_DEMANDS]]
            yield (
                number,
                city,
                one.group,
                rank,
                trade,
                certificate,
                one.people,
                one.seats,
                one.placed,
                demands,
            )

    def class_of(self, rows: Table) -> list[int | None]:
        """Return the rank of the class that would help each worker of ``rows``; None where none would."""
        training = trainees(self.market.problem, self.vacant)
        county = self._counties()
        ranks = {(one.group, one.trade, one.certificate): rank for rank, one in enumerate(self.openings)}
        found: dict[int, int] = {}
        for row, worker in enumerate(self.vacant.workers.tolist()):
            key = (int(county[worker]), int(training.trade[row]), int(training.certificate[row]))
            if key[1] != NOBODY and key in ranks:
                found[worker] = ranks[key]
        return [found.get(worker) for worker in rows.tolist()]

    def _counties(self) -> Table:
        places = self.market.people.places
        return places[:, 1] if len(places) else np.full(0, NONE)
