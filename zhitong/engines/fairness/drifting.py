"""Whether a group fares otherwise than it used to, beside the others of the same round."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.engines.fairness.differences import two_sided

Counts = tuple[int, int, int, int]
"""Of one round: hits and many of the group, hits and many of the rest."""
FEWEST_BEFORE = 2
"""Fewer earlier rounds say nothing about what is usual."""


@dataclass(frozen=True, slots=True)
class Drift:
    """The group's share less that of the rest, now and in earlier rounds, and the chance of the change."""

    now: float
    before: float
    chance: float

    @property
    def change(self) -> float:
        """By how much the difference moved."""
        return self.now - self.before


def drift(now: Counts, earlier: Sequence[Counts]) -> Drift | None:
    """Hold a group's difference to the rest against the mean of earlier rounds; ``None`` without enough of them.

    A good or a bad season moves everybody and is no drift. What is expected by chance is the error of both samples
    and how much the difference varied among the earlier rounds themselves. Rounds in which the group or the rest
    had nobody are passed over.
    """
    told = [one for one in earlier if one[1] and one[3]]
    if len(told) < FEWEST_BEFORE or not now[1] or not now[3]:
        return None
    differences = [_difference(one) for one in told]
    mean = sum(differences) / len(told)
    errors = sum(_error(one) for one in told) / len(told)
    among = sum((one - mean) ** 2 for one in differences) / (len(told) - 1)
    varied = max(0.0, among - errors)
    spread = _error(now) + varied + (errors + varied) / len(told)
    value = _difference(now)
    return Drift(value, mean, two_sided((value - mean) / math.sqrt(spread)) if spread else 1.0)


def _difference(one: Counts) -> float:
    return one[0] / one[1] - one[2] / one[3]


def _error(one: Counts) -> float:
    """Return the variance of a difference; shares are drawn a little to the middle, so that none has no error."""
    return sum(_variance(hits, many) for hits, many in (one[:2], one[2:]))


def _variance(hits: int, many: int) -> float:
    share = (hits + 1) / (many + 2)
    return share * (1 - share) / many
