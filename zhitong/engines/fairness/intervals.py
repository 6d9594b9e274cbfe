"""A share or a mean, and between which values it lies with a given confidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from scipy.special import stdtrit

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between ``low`` and ``high``."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sums:
    """What is known of a group's values: how many, their sum, and the sum of their squares (whole numbers)."""

    many: int
    total: int
    squares: int

    def __post_init__(self) -> None:
        if self.many < 0 or self.squares < 0 or self.total**2 > self.many * self.squares:
            raise ValueError(
                f"no {self.many} values add up to {self.total} and their squares to {self.squares}"
            )

    @property
    def mean(self) -> float:
        """The mean; 0 of nobody."""
        return self.total / self.many if self.many else 0.0

    @property
    def variance(self) -> float:
        """The sample's variance (n - 1); 0 of fewer than two."""
        if self.many < 2:
            return 0.0
        return (self.squares * self.many - self.total**2) / (self.many * (self.many - 1))

    def without(self, part: Sums) -> Sums:
        """Return the rest when a part is taken away."""
        return Sums(self.many - part.many, self.total - part.total, self.squares - part.squares)


def wilson(hits: int, many: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the share ``hits / many`` with Wilson's score interval (Wilson, JASA 22, 1927), within 0 and 1.

    Of nobody nothing is known: 0 between 0 and 1. ``ValueError`` unless ``0 <= hits <= many``.
    """
    if not 0 <= hits <= many:
        raise ValueError(f"{hits} of {many} is no share")
    if not many:
        return Interval(0.0, 0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = hits / many, z * z / many
    middle = (share + weight / 2) / (1 + weight)
    half = z * math.sqrt(share * (1 - share) / many + weight / (4 * many)) / (1 + weight)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def mean_interval(values: Sums, confidence: float = CONFIDENCE) -> Interval:
    """Return the mean with Student's t interval; unbounded where fewer than two values are known."""
    if values.many < 2:
        return Interval(values.mean, -math.inf, math.inf)
    half = float(stdtrit(values.many - 1, (1 + confidence) / 2)) * math.sqrt(values.variance / values.many)
    return Interval(values.mean, values.mean - half, values.mean + half)
