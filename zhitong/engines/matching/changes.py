"""What a person could change about one stated wish, and how much that would ask of them.

A change is always of one wish. Ages and education cannot be changed; that someone needs a dormitory is weighed and
never a rule, so giving it up opens no post. Wishes that would only collect more points for a post that passes
already are no changes either: nobody is told to state what they do not wish for.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.arrange import taken
from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.tables import Workers


class Change(IntEnum):
    """One change of one wish, and what its amount says."""

    NONE = 0
    WAGE = 1
    """The wage floor lower, by so many fen a month."""
    PLACE = 2
    """One place more wished for, after those stated: its position."""
    EXCLUDED = 3
    """One place ruled out no longer: its position."""
    DAY = 4
    """Leaving earlier, by so many days."""
    OCCUPATION = 5
    """One occupation more wished for: its position."""
    CERTIFICATE = 6
    """One certificate more: its number."""
    ALONE = 7
    """Going without the group; no amount."""


CHANGES = len(Change)
WAGE_STEP_FEN, DAY_STEP = 10_000, 3
STEPS = {
    Change.PLACE: 4,
    Change.EXCLUDED: 4,
    Change.OCCUPATION: 8,
    Change.CERTIFICATE: 8,
    Change.ALONE: 8,
}
"""What a change asks of a person, in steps: a hundred yuan less or three days earlier are one each."""

Numbers = npt.NDArray[np.int64]


def steps_of(change: int, amount: Any) -> Any:
    """How much a change asks, in steps; the least is told. `amount` may be an array."""
    if change == Change.WAGE:
        return -(-np.asarray(amount, np.int64) // WAGE_STEP_FEN)
    if change == Change.DAY:
        return -(-np.asarray(amount, np.int64) // DAY_STEP)
    return np.full(np.shape(amount), STEPS[Change(change)], np.int64)


def with_changes(problem: Problem, worker: int, change: Change, amounts: Numbers) -> Problem:
    """The same round with one row of workers for each amount: this worker, with that change made."""
    workers = taken(problem.workers, np.full(len(amounts), worker))
    alone = replace(workers, group=np.full(len(amounts), -1, np.int32))
    changed = replace(alone, **_columns(alone, change, np.asarray(amounts, np.int64)))
    return replace(problem, workers=changed, group_rule=problem.group_rule[:0])


def _columns(workers: Workers, change: Change, amounts: Numbers) -> dict[str, Any]:
    match change:
        case Change.WAGE:
            return {"wage_floor_fen": workers.wage_floor_fen - amounts}
        case Change.DAY:
            return {"earliest_day": workers.earliest_day - amounts}
        case Change.PLACE:
            return {"wished_places": _one_more(workers.wished_places, amounts)}
        case Change.OCCUPATION:
            return {"wished": _one_more(workers.wished, amounts)}
        case Change.EXCLUDED:
            kept = workers.excluded_places != amounts[:, None]
            return {"excluded_places": np.where(kept, workers.excluded_places, -1)}
        case Change.CERTIFICATE:
            more = workers.certificates.copy()
            bit = np.uint64(1) << (amounts % 64).astype(np.uint64)
            more[np.arange(len(amounts)), amounts // 64] |= bit
            return {"certificates": more}
        case _:
            return {}


def _one_more(stated: Ints, amounts: Numbers) -> Ints:
    """Each row with one entry more, right behind the last one stated."""
    wider = np.concatenate([stated, np.full((len(stated), 1), -1, np.int32)], axis=1)
    behind = np.where(wider >= 0, np.arange(1, wider.shape[1] + 1), 0).max(axis=1)
    wider[np.arange(len(wider)), behind] = amounts
    return wider
