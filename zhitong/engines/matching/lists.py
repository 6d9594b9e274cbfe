"""The posts that each worker is considered for, growing under prices."""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.flow import assigned, prices
from zhitong.engines.matching.search import Search

PIECE = 65_536


class Lists:
    """For some workers the posts that count at present, twice as many at most as one search draws."""

    def __init__(self, search: Search, rows: Ints, candidates: int, open_to: Flags) -> None:
        self.search, self.rows, self.candidates, self.open_to = search, rows, candidates, open_to
        drawn = search.draw(rows, candidates, open_to, search.free)
        self.posts, self.points = _widened(drawn.post, -1), _widened(drawn.value, 0)
        self.taken: Ints = np.full(len(rows), -1, np.int32)

    def assign(self, seats: Ints) -> tuple[Ints, Ints]:
        """(post, fit) of each row in the best assignment over the lists; -1 and 0 for those who stay."""
        self.taken = assigned(self.posts, self.points, seats)
        has, rows = self.taken >= 0, np.arange(len(self.rows))
        post = np.where(has, self.posts[rows, self.taken], -1)
        return post, np.where(has, self.points[rows, self.taken], 0)

    def prices(self, seats: Ints) -> Ints:
        """Prices at which everyone likes best what the last assignment over these seats gave."""
        return prices(self.posts, self.points, self.taken, seats)

    def grow(self, price: Ints) -> int:
        """Add the posts that someone likes better at these prices than what the last assignment gave.

        No plan can give these workers together more fit less prices than the number returned, whatever the seats.
        """
        has, rows = self.taken >= 0, np.arange(len(self.rows))
        gain = np.where(has, self.points[rows, self.taken] - price[self.posts[rows, self.taken]], 0)
        most = np.maximum(gain, 0)
        least = np.zeros(self.search.workers, np.int32)
        least[self.rows] = most
        drawn = self.search.draw(self.rows, self.candidates, self.open_to, price, least)
        points = np.where(drawn.post >= 0, drawn.value + price[drawn.post], 0).astype(np.int32)
        for start in range(0, len(self.rows), PIECE):
            part = start + np.flatnonzero(drawn.post[start : start + PIECE, 0] >= 0)
            self._exchange(part, drawn.post[part], points[part], price)
        return int(np.maximum(drawn.value.max(axis=1, initial=0), most).sum(dtype=np.int64))

    def _exchange(
        self, part: np.ndarray[tuple[int], np.dtype[np.intp]], posts: Ints, points: Ints, price: Ints
    ) -> None:
        """Put new posts in the place of those of least fit less price, but never of the one taken."""
        mine = np.where(self.taken[part] >= 0, self.posts[part, self.taken[part]], -2)
        posts = np.concatenate([self.posts[part], posts], axis=1)
        points = np.concatenate([self.points[part], points], axis=1)
        worth = np.where(posts >= 0, points - price[posts], -(2**30))
        worth[posts == mine[:, None]] = 2**30
        width = self.posts.shape[1]
        kept = np.argsort(-worth, axis=1, kind="stable")[:, :width]
        self.posts[part] = np.take_along_axis(posts, kept, axis=1)
        self.points[part] = np.take_along_axis(points, kept, axis=1)


def _widened(columns: Ints, filling: int) -> Ints:
    room = np.full((len(columns), 2 * columns.shape[1]), filling, np.int32)
    room[:, : columns.shape[1]] = columns
    return room
