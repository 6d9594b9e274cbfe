"""Who could be offered which post, and why.

`solve(problem, params, *, seed)` proposes; `plan.broken_rules(problem)` checks a proposal without the
solver; a named person adopts it elsewhere. Arrays only: the same problem, parameters and seed give the same
plan.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.params import STRICT_MODE, WEIGHT_MODE, Params, Weights
from zhitong.engines.matching.plan import BrokenRule, Plan
from zhitong.engines.matching.problem import LARGEST_GROUP, Problem
from zhitong.engines.matching.rules import (
    PARTS,
    PLACED,
    GroupRule,
    Part,
    Reason,
    Rule,
    SeatReason,
)
from zhitong.engines.matching.tables import HIGHEST_PRIORITY, Fellows, Posts, Trees, Workers

if TYPE_CHECKING:
    from zhitong.engines.matching.apart import Crew

__all__ = [
    "HIGHEST_PRIORITY",
    "LARGEST_GROUP",
    "PARTS",
    "PLACED",
    "STRICT_MODE",
    "WEIGHT_MODE",
    "BrokenRule",
    "Fellows",
    "GroupRule",
    "Params",
    "Part",
    "Plan",
    "Posts",
    "Problem",
    "Reason",
    "Rule",
    "SeatReason",
    "Trees",
    "Weights",
    "Workers",
    "kept_rules",
    "points_of",
    "solve",
]


def solve(
    problem: Problem,
    params: Params | None = None,
    *,
    seed: int,
    stop: Callable[[], bool] | None = None,
    crew: Crew | None = None,
    cleared: Callable[[], None] | None = None,
) -> Plan:
    """The best plan that this engine finds: no hard rule broken, no group split, no seat given twice.

    Whoever cannot be placed is an answer with a reason, never an exception. The compiled inner loops are
    loaded at the first call. `seed` (0 or more) breaks ties; the order of rows does not. `stop` is asked now
    and then; when it says that time is up, the best plan found so far is returned, with the gap that is proven
    for it. A `crew` of processes or machines answers for many workers at once; the plan is the same without it.
    `cleared` is called once, when everyone has a post or none and only the reasons are still to be found.
    ValueError on a negative seed, `ConnectionError` when nobody of the crew is left.
    """
    from zhitong.engines.matching.report import solved
    from zhitong.engines.matching.standing import never

    if seed < 0:
        raise ValueError(f"seed must not be negative, not {seed}.")
    told = [] if cleared is None else [cleared]
    return solved(problem, params or Params(), seed, stop or never, crew, *told)
