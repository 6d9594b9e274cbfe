"""New posts in a round that was cleared: whom they gain, from which price on, and what nobody can gain more."""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.loops.laid import SHUT
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.posted import with_posts
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.shelf import Best, Shelves
from zhitong.engines.matching.standing import Stop

MORE = 8
"""So many new posts is everyone shown at most."""
PART = 12
"""Every so many-th worker is asked first, to learn what the seats may come to cost."""
SPARE = 3
"""So many times as many people as there are seats are shown a post, as far as that part tells."""


class NewPosts:
    """Shelves of the new posts alone, so that everyone is asked about them in the least time."""

    def __init__(
        self, problem: Problem, params: Params, alone: Ints, new: Longs, numbers: Ints, stop: Stop
    ) -> None:
        """`alone` are the workers who may bid, `new` the posts."""
        self.alone, self.new, self.seats, self.problem = alone, new, problem.posts.seats[new], problem
        self.shelves = Shelves(with_posts(problem, new), params, stop, numbers)

    def guess(self, profit: Ints) -> Ints:
        """(new,) A price at which more people than there are seats would come."""
        some = np.flatnonzero(np.arange(len(self.alone)) % PART == 0)
        found = self.shelves.best(self.alone[some], MORE, self.shelves.free, least=profit[some])
        _, post, gain = _each(found)
        offer = gain - np.repeat(profit[some], np.minimum(found.kept, MORE))
        order = np.lexsort((-offer, post))
        first = np.searchsorted(post[order], np.arange(len(self.new)))
        at = first + SPARE * (-(-self.seats // PART))
        stop = np.searchsorted(post[order], np.arange(len(self.new)), side="right")
        price = np.append(offer[order], 0)[np.where(at < stop, at, len(order))]
        return np.asarray(price, np.int32)

    def show(self, price: Ints, profit: Ints) -> Longs:
        """Ask everyone who would gain more than `profit` at these prices; who would, by positions in `alone`."""
        self.shown, self.least = price, profit
        self.found = self.shelves.sorted_at(price).best(self.alone, MORE, price, least=profit)
        rows = np.flatnonzero(self.found.kept > 0)
        self.sold = self._sold(rows)
        return rows

    def lists(self, rows: Longs) -> tuple[Ints, Ints]:
        """The new posts that some of `alone` were shown, and what they are worth to them; -1 behind the last."""
        post, gain = self.found.post[rows], self.found.value[rows]
        there = post >= 0
        return np.where(there, self.new[post], -1), np.where(there, gain + self.shown[post], 0)

    def more(self) -> Longs:
        """(alone,) How much more than `profit` new posts bring at most, at the prices for which they are `sold`."""
        found = self.found
        gain = np.where(found.post >= 0, found.value + (self.shown - self.sold)[found.post], 0).max(axis=1)
        beyond = np.where(found.kept == MORE, found.value[:, -1], 0)
        return np.asarray(np.maximum(np.maximum(gain, beyond) - self.least, 0), np.int64)

    def _sold(self, rows: Longs) -> Ints:
        """(new,) What the seats cost when these rows leave all they have for whatever new post they like best; not
        less than what they were shown for."""
        post, value = self.lists(rows)
        place = np.zeros(len(self.problem.posts), np.int32)
        place[self.new] = np.arange(len(self.new))
        more = np.where(post >= 0, value - self.least[rows, None], 0).astype(np.int16)
        lists = wide_lists(np.where(post >= 0, place[post], -1), more, np.zeros(len(rows), np.int32))
        auction = Auction(lists, self.seats, np.full(len(self.new), SHUT, np.int32))
        auction.sink(1, self.shown)
        return np.minimum(auction.books.price, np.where(self.seats > 0, SHUT, 0))


def _each(found: Best) -> tuple[Longs, Longs, Longs]:
    row, column = np.nonzero(found.post >= 0)
    return row, found.post[row, column].astype(np.int64), found.value[row, column].astype(np.int64)
