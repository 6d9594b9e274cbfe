"""Small rounds in which groups contend with others for seats: solved whole, as an integer programme."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.search import Search
from zhitong.engines.matching.standing import Standing
from zhitong.engines.matching.together import Groups

MOST_PAIRS = 3000
SECONDS = 5.0
"""HiGHS is left so long; it is rarely a tenth of a second."""

Table = npt.NDArray[np.int64]


class Pairs(NamedTuple):
    """Every pair that passes the rules."""

    worker: Table
    post: Table
    fit: Table


def solved_whole(
    search: Search, choices: Ints, singles: Ints, groups: Groups, free: Standing
) -> Standing | None:
    """The best standing from `free` on, groups together; None where the round is too large, or nothing is gained.

    Variables: each pair, and each group in each place (or employer) where it may sit; a member takes one pair in a
    unit exactly when the group does (HiGHS through SciPy).
    """
    if not len(groups.rule) or choices[singles].sum() + choices[groups.member].sum() > MOST_PAIRS:
        return None
    pairs = _pairs(search, np.concatenate([singles, groups.member]).astype(np.int32), choices, free)
    if not len(pairs.worker):
        return None
    sits = _sitting(pairs, groups)
    cost = np.concatenate([-pairs.fit, np.zeros(len(sits.group))])
    limits = [LinearConstraint(rows, -np.inf, most) for rows, most in _at_most(pairs, sits, free)]
    limits.append(LinearConstraint(_members(pairs, sits), 0, 0))
    found = milp(
        cost, constraints=limits, integrality=np.ones(len(cost)), bounds=Bounds(0, 1),
        options={"time_limit": SECONDS},
    )  # fmt: skip
    return None if found.x is None else _standing(pairs, found.x, free)


class Sitting(NamedTuple):
    """Each group in each unit that one of its members could take."""

    group: Table
    member: Table
    """(grouped pairs,) Position of the member of each pair among all members."""
    place: Table
    """(grouped pairs,) Row of `group` that the pair needs."""
    pair: Table
    """(grouped pairs,) The pair."""
    members: Table
    """(groups,) How many each group has."""


def _pairs(search: Search, rows: Ints, choices: Ints, free: Standing) -> Pairs:
    drawn = search.draw(rows, max(int(choices[rows].max(initial=1)), 1), free.seats > 0, search.free)
    row, column = np.nonzero(drawn.post >= 0)
    post, fit = drawn.post[row, column].astype(np.int64), drawn.value[row, column].astype(np.int64)
    return Pairs(rows[row].astype(np.int64), post, fit)


def _sitting(pairs: Pairs, groups: Groups) -> Sitting:
    group_of = np.repeat(np.arange(len(groups.rule)), np.diff(groups.first))
    place = np.full(int(max(pairs.worker.max(), groups.member.max(initial=0))) + 1, -1)
    place[groups.member] = np.arange(len(groups.member))
    pair = np.flatnonzero(place[pairs.worker] >= 0)
    member = place[pairs.worker[pair]]
    group = group_of[member]
    unit = groups.unit[groups.rule[group], pairs.post[pair]].astype(np.int64)
    units = int(unit.max(initial=0)) + 1
    both, row = np.unique(group * units + unit, return_inverse=True)
    return Sitting(both // units, member, row.reshape(-1), pair, np.diff(groups.first).astype(np.int64))


def _matrix(row: Table, column: Table, value: npt.NDArray[Any], shape: tuple[int, int]) -> Any:
    return coo_array((value.astype(float), (row, column)), shape=shape)


def _at_most(pairs: Pairs, sits: Sitting, free: Standing) -> list[tuple[Any, Any]]:
    count, wide = len(pairs.worker), len(pairs.worker) + len(sits.group)
    one, each = np.ones(count), np.arange(count)
    worker = np.unique(pairs.worker, return_inverse=True)[1].reshape(-1)
    post, seat = np.unique(pairs.post, return_inverse=True)
    places = np.arange(len(sits.group))
    return [
        (_matrix(worker, each, one, (int(worker.max()) + 1, wide)), 1),
        (_matrix(seat.reshape(-1), each, one, (len(post), wide)), free.seats[post]),
        (_matrix(sits.group, count + places, np.ones(len(places)), (len(sits.members), wide)), 1),
    ]


def _members(pairs: Pairs, sits: Sitting) -> Any:
    """A row for each member of each group in each unit: its pairs there less the choice of the group."""
    count, wide = len(pairs.worker), len(pairs.worker) + len(sits.group)
    first = np.append(0, np.cumsum(sits.members[sits.group]))
    begin = np.append(0, np.cumsum(sits.members))
    inside = first[sits.place] + sits.member - begin[sits.group[sits.place]]
    taken = _matrix(inside, sits.pair, np.ones(len(inside)), (int(first[-1]), wide))
    place = np.repeat(np.arange(len(sits.group)), sits.members[sits.group])
    chosen = _matrix(np.arange(len(place)), count + place, -np.ones(len(place)), (int(first[-1]), wide))
    return vstack([taken + chosen]).tocsr()


def _standing(pairs: Pairs, amount: npt.NDArray[np.float64], free: Standing) -> Standing:
    kept = np.flatnonzero(amount[: len(pairs.worker)] > 0.5)
    whole = free.copy()
    whole.give(pairs.worker[kept], pairs.post[kept].astype(np.int32), pairs.fit[kept])
    return whole
