"""The answer of a round: a post or none for each worker, why, and how far it can be from the best at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Bytes, Column, Ints, Shorts, columns_of, settled
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import PARTS, Reason, Rule, SeatReason
from zhitong.engines.matching.tables import MOST

BOUND_KIND = "lagrangian"
"""Dual bound over every pair that passes the hard rules, not over the lists drawn; groups count as groups."""


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One thing wrong with a plan; `worker` and `post` are positions, None where the fault has none."""

    code: str
    sentence: str
    worker: int | None = None
    post: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is proposed, by worker and by post."""

    post: Annotated[Ints, Column(np.int32, -1, MOST)]
    """(workers,) Position of the post; -1 left over."""
    score: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(workers,) Fit with that post in points; 0 for those left over."""
    parts: Annotated[Shorts, Column(np.int16, 0, 2**15 - 1, axes=2)]
    """(workers, PARTS) The score taken apart, one column for each `Part`; the row adds up to `score`."""
    reason: Annotated[Bytes, Column(np.int8, 1, max(Reason))]
    """(workers,) A `Reason`."""
    blocked_by: Annotated[Bytes, Column(np.int8, 0, max(Rule))]
    """(workers,) For `NO_POST` the `Rule` that refuses most open posts (`OPEN` when none is open), else `NONE`."""
    missing_post: Annotated[Ints, Column(np.int32, -1, MOST)]
    """(workers,) The best-fitting post among those that fail exactly one hard rule; -1 none.

    For a placed worker only if it fits better than the post given.
    """
    missing_rule: Annotated[Bytes, Column(np.int8, 0, max(Rule))]
    """(workers,) The `Rule` that `missing_post` fails; `NONE` without one."""
    missing_score: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(workers,) Fit with `missing_post` in points; 0 without one."""
    choices: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(workers,) How many open posts pass the hard rules, filled or not."""
    best_score: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(workers,) The best fit among `choices`; 0 without any."""
    seats_left: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(posts,) Seats that stay empty."""
    seat_reason: Annotated[Bytes, Column(np.int8, 1, max(SeatReason))]
    """(posts,) A `SeatReason`."""
    candidates: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(posts,) How many workers pass the hard rules."""
    price: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(posts,) Points that a seat is worth to those competing for it; the bound is computed at these prices.

    A computing device: never to be shown as money.
    """
    total: int
    """Sum of `score`."""
    bound: int
    """No plan that keeps all the rules can reach a higher total."""
    seed: int
    params: Params
    problem_digest: str
    """`Problem.digest()` of the problem that was solved."""

    def __post_init__(self) -> None:
        for name, column in columns_of(Plan).items():
            object.__setattr__(self, name, settled(f"plan.{name}", getattr(self, name), column))
        if self.parts.shape[1] != PARTS:
            raise ValueError(f"plan.parts must have {PARTS} columns, not {self.parts.shape[1]}.")

    @property
    def gap(self) -> float:
        """How far the total can be from the best possible at most, as a share of the bound: 0.01 is 1 per cent."""
        return (self.bound - self.total) / self.bound if self.bound > 0 else 0.0

    @property
    def bound_kind(self) -> str:
        """How the bound was found."""
        return BOUND_KIND

    @property
    def placed(self) -> int:
        """How many workers have a post."""
        return int((self.post >= 0).sum())

    def broken_rules(self, problem: Problem) -> tuple[BrokenRule, ...]:
        """Everything wrong with this plan for `problem`, found without the solver; empty if it may be adopted."""
        from zhitong.engines.matching.checker import broken_rules

        return broken_rules(problem, self)

    def arrays(self) -> Iterator[tuple[str, npt.NDArray[Any]]]:
        """Every column with its name, always in the same order."""
        for name in columns_of(Plan):
            yield name, getattr(self, name)

    def summary(self) -> dict[str, Any]:
        """The plan in a few numbers, fit for JSON."""
        return {
            "workers": len(self.post),
            "placed": self.placed,
            "left_over": len(self.post) - self.placed,
            "reasons": _counted(self.reason, Reason),
            "blocked_by": _counted(self.blocked_by[self.blocked_by > 0], Rule),
            "posts": len(self.seats_left),
            "seats_left": int(self.seats_left.sum()),
            "seat_reasons": _counted(self.seat_reason, SeatReason),
            "total": self.total,
            "bound": self.bound,
            "bound_kind": self.bound_kind,
            "gap": round(self.gap, 6),
            "seed": self.seed,
        }


def _counted(codes: Bytes, kind: type[Reason] | type[Rule] | type[SeatReason]) -> dict[str, int]:
    values, counts = np.unique(codes, return_counts=True)
    return {kind(int(value)).name.lower(): int(count) for value, count in zip(values, counts, strict=True)}
