"""Whether two groups differ by more than chance, and by how much, when many groups are looked at together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from scipy.special import stdtr

from zhitong.engines.fairness.intervals import Sums


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the first is, and how probable at least so large a difference is by chance alone."""

    value: float
    chance: float


def of_rates(hits: int, many: int, other_hits: int, other_many: int) -> Difference:
    """Compare two shares by the two-sided score test with the pooled share (Pearson's chi square without correction).

    Where one side is empty, or both shares are all or nothing, nothing speaks against chance: 1.
    """
    if not (0 <= hits <= many and 0 <= other_hits <= other_many):
        raise ValueError(f"{hits} of {many} and {other_hits} of {other_many} are no shares")
    if not many or not other_many:
        return Difference(0.0, 1.0)
    value = hits / many - other_hits / other_many
    pooled = (hits + other_hits) / (many + other_many)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / many + 1 / other_many))
    return Difference(value, two_sided(value / spread) if spread else 1.0)


def of_means(one: Sums, other: Sums) -> Difference:
    """Compare two means by Welch's test (Biometrika 34, 1947); 1 where fewer than two values stand on a side."""
    value = one.mean - other.mean
    if one.many < 2 or other.many < 2:
        return Difference(value, 1.0)
    parts = one.variance / one.many, other.variance / other.many
    if not sum(parts):
        return Difference(value, 0.0 if value else 1.0)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (one.many - 1) + parts[1] ** 2 / (other.many - 1))
    return Difference(value, min(1.0, 2 * float(stdtr(freedom, -abs(value) / math.sqrt(sum(parts))))))


def two_sided(z: float) -> float:
    """Return the probability that a standard normal value lies as far from 0."""
    return min(1.0, 2 * NormalDist().cdf(-abs(z)))


def adjusted(chances: Sequence[float]) -> list[float]:
    """Return the chances as they are to be read when all were looked at (Holm, Scand. J. Statist. 6, 1979).

    Calling different whatever stays below a level then errs even once with no more than that probability.
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    found, highest = [1.0] * len(chances), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        found[at] = highest
    return found
