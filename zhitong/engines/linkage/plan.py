"""The answer: which pairs of rows are one person, how sure that is and why, and the clusters that they make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.mixing import Ints
from zhitong.engines.linkage.params import Params
from zhitong.engines.linkage.problem import Problem


class Verdict(IntEnum):
    """What is to be done with a pair."""

    SAME = 1
    """One person; both rows are in one cluster."""
    REVIEW = 2
    """For a person to decide."""


class Reason(IntEnum):
    """Why a pair has its verdict."""

    SCORE = 1
    """The bits decide."""
    CONFIRMED = 2
    """Somebody has confirmed the pair."""
    THROUGH = 3
    """One person by way of other rows; the pair alone would not be sure."""
    TWO_NUMBERS = 4
    """Sure enough, but two different checked identity numbers."""
    OTHER_NAME = 5
    """Sure enough, but the names are not the same and no identity number settles it: twins look like this."""
    NAME_ALONE = 6
    """Sure enough, but nothing but name, sex and place agrees: neighbours often share a name."""
    CLUSTER = 7
    """Sure enough, but other rows that would come together are apart."""


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One thing wrong with a plan; the rows are positions, None where the fault has none."""

    code: str
    sentence: str
    row_a: int | None = None
    row_b: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Pairs in order of their rows, and a cluster for each row. Read-only."""

    row_a: Ints
    """(pairs,) The lower position."""
    row_b: Ints
    bits: npt.NDArray[np.float64]
    verdict: Ints
    """(pairs,) A `Verdict`."""
    reason: Ints
    """(pairs,) A `Reason`."""
    parts: npt.NDArray[np.float32]
    """(pairs, PARTS) What each comparison contributed, in the order of `scores.PARTS`; they add up to the bits."""
    against: Ints
    """(pairs,) `rates.Against`: the kind of two different people for whom the pair could most easily be taken."""
    cluster: Ints
    """(rows,) The lowest position in the row's cluster; a row alone has its own."""
    unmet: Ints
    """(pairs, 2) Confirmed pairs that rejected ones forbid."""
    params: Params
    seed: int
    problem_digest: str

    def __post_init__(self) -> None:
        for name in ("row_a", "row_b", "bits", "verdict", "reason", "parts", "against", "cluster", "unmet"):
            values = np.ascontiguousarray(getattr(self, name)).view()
            values.setflags(write=False)
            object.__setattr__(self, name, values)

    def broken_rules(self, problem: Problem) -> tuple[BrokenRule, ...]:
        """What is wrong with this plan for a problem, found without the solver; empty where nothing is."""
        from zhitong.engines.linkage.checker import broken_rules

        return broken_rules(problem, self)

    def summary(self) -> dict[str, Any]:
        """The plan in a few numbers."""
        clusters, sizes = np.unique(self.cluster, return_counts=True)
        return {
            "rows": len(self.cluster),
            "people": len(clusters),
            "joined": int((sizes > 1).sum()),
            "same": int((self.verdict == Verdict.SAME).sum()),
            "review": int((self.verdict == Verdict.REVIEW).sum()),
            "unmet": len(self.unmet),
        }
