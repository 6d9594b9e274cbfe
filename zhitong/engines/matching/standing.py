"""Who has what so far, and how much could be reached at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from zhitong.engines.matching.columns import Ints

Stop = Callable[[], bool]
"""Says whether time is up."""


class TimeUp(Exception):
    """Time was up in the middle of a search."""


def never() -> bool:
    """Time is never up."""
    return False


@dataclass(slots=True)
class Standing:
    """Who has what so far, in the order of solving."""

    post: Ints
    score: Ints
    seats: Ints
    """Seats not yet taken."""

    @property
    def total(self) -> int:
        """Sum of the scores."""
        return int(self.score.sum(dtype=np.int64))

    def copy(self) -> Standing:
        """The same standing, to be changed on trial."""
        return Standing(self.post.copy(), self.score.copy(), self.seats.copy())

    def give(self, rows: Ints, post: Ints, score: Ints) -> None:
        """Give each row, which had none, a post (-1: none) with its score."""
        self.post[rows], self.score[rows] = post, score
        self.seats -= np.bincount(post[post >= 0], minlength=len(self.seats)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan can reach more than `most`; found at these prices."""

    most: int
    price: Ints
