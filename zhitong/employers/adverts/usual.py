"""What posts of one kind of work usually pay, and how far from it is far off.

The bounds are Tukey's outer fences (J. W. Tukey, Exploratory Data Analysis, 1977, ch. 2) in logarithms, because pay
spreads by factors: a quartile moved outwards by three times the distance between the quartiles. Pay that all
employers of a trade agree on has hardly a spread, so the fences stand at least at half and at one and a half times
the median.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ENOUGH: Final = 10
"""Employers from which quartiles say something; with fewer those of the middle class are asked."""
_OUTER: Final = 3.0
_LEAST_ABOVE, _LEAST_BELOW = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Usual:
    """Quartiles of pay in fen a month, and from how many employers."""

    low: int
    middle: int
    high: int
    employers: int

    @property
    def fences(self) -> tuple[float, float]:
        """Fen below and above which pay is far off."""
        spread = (self.high / self.low) ** _OUTER
        return min(self.low / spread, _LEAST_BELOW * self.middle), max(
            self.high * spread, _LEAST_ABOVE * self.middle
        )

    def __str__(self) -> str:
        """The usual range in yuan."""
        return f"{self.low // 100}-{self.high // 100}"


def usual_of(wages: Sequence[int]) -> Usual | None:
    """The quartiles of what employers pay, one wage in fen for each; None where there are fewer than `ENOUGH`."""
    if len(wages) < ENOUGH:
        return None
    ranked = sorted(wages)
    low, middle, high = (ranked[len(ranked) * nth // 4] for nth in (1, 2, 3))
    return Usual(low, middle, high, len(ranked))
