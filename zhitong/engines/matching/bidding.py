"""A whole city at once: prices are guessed, everyone bids, empty seats look for people, and all pairs are searched
again for whatever was missed; what is left to gain at most is the certificate.
"""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.guess import WIDTH, guessed, lists_at
from zhitong.engines.matching.shelf import Best, Shelves
from zhitong.engines.matching.standing import Standing

STEP = 2
"""Points by which a bid must beat the price."""
SLACKS = (16, 6, 2)
"""So much may be missed outside a list, turn after turn; the search over all pairs finds it."""
MORE = 4
"""So many posts that were missed join a list at once."""


class Sale:
    """Single workers who bid for the seats that the groups leave."""

    def __init__(self, shelves: Shelves, singles: Ints, free: Standing, seed: int) -> None:
        self.singles, self.free = singles, free
        self.open = free.seats > 0
        self.price, self.shelves = guessed(shelves, singles, free.seats, seed)
        self.auction: Auction | None = None
        self.turn = 0
        self.sunk = np.zeros(len(self.price), np.bool_)

    def seat(self, seats: Ints) -> None:
        """Let everyone bid for `seats`, starting from what they have."""
        everyone = np.arange(len(self.singles), dtype=np.int32)
        draw = lists_at(self.shelves, self.singles, self.open, WIDTH)
        if self.auction is None:
            self.auction = Auction(wide_lists(*draw(everyone, self.price)), seats, self.price)
        else:
            self.auction.reseat(seats)
        bids = np.flatnonzero(self.auction.books.taken < 0).astype(np.int32)
        self.auction.rise(bids, STEP, draw, SLACKS[min(self.turn, len(SLACKS) - 1)])
        self.turn += 1
        highest = self.auction.books.price.copy()
        self.auction.sink(STEP)
        self.price = self.auction.books.price
        self.sunk = self.price < highest

    def fill(self, trial: Standing) -> None:
        """Write what the singles have into `trial`."""
        if self.auction is None:
            return
        trial.give(self.singles, self.auction.post(), self.auction.value())

    def search_again(self) -> int:
        """Search all pairs for posts that someone likes better; who finds any gives up the seat to bid for them.

        No plan can give these workers together more fit less prices than the number returned.
        """
        assert self.auction is not None
        profit, outside = np.maximum(self.auction.profit(), 0), self.auction.lists.outside
        listed = np.maximum(self.auction.listed(), profit)
        found = self._missed(profit, np.flatnonzero(outside > listed))
        best = np.where(found.kept > 0, np.maximum(found.value.max(axis=1, initial=0), listed), listed)
        np.maximum(np.where(outside > listed, 0, outside), _outside(found, profit), out=outside)
        self._join(found, np.flatnonzero((found.kept > 0) & (best > profit + STEP)))
        return int(best.sum(dtype=np.int64))

    def _missed(self, profit: Ints, unsure: Longs) -> Best:
        """The posts that bring more than `profit`.

        Whoever lists better than what is known to lie outside the list can miss nothing but posts that have become
        cheaper; the `unsure` are asked about every post.
        """
        found = self.shelves.best(self.singles, MORE, self.price, open_to=self.open & self.sunk, least=profit)
        whole = self.shelves.best(
            self.singles[unsure], MORE, self.price, open_to=self.open, least=profit[unsure]
        )
        for column, again in zip(found, whole, strict=True):
            column[unsure] = again
        return found

    def _join(self, found: Best, rows: Ints) -> None:
        assert self.auction is not None
        lists, price = self.auction.lists, self.price
        mine = self.auction.post()[rows]
        post = np.concatenate([lists.post.reshape(-1, WIDTH)[rows], found.post[rows]], axis=1)
        worth = np.where(found.post[rows] >= 0, found.value[rows] + price[found.post[rows]], 0)
        value = np.concatenate([lists.value.reshape(-1, WIDTH)[rows], worth], axis=1)
        known = (found.post[rows][:, :, None] == lists.post.reshape(-1, WIDTH)[rows][:, None, :]).any(axis=2)
        post[:, WIDTH:][known] = -1
        gain = np.where(post >= 0, value - price[post], -(2**30))
        gain[(post == mine[:, None]) & (post >= 0)] = 2**30
        kept = np.argsort(-gain, axis=1, kind="stable")[:, :WIDTH]
        lists.post.reshape(-1, WIDTH)[rows] = np.take_along_axis(post, kept, axis=1)
        lists.value.reshape(-1, WIDTH)[rows] = np.take_along_axis(value, kept, axis=1)
        dropped = np.sort(-gain, axis=1, kind="stable")[:, WIDTH:].min(axis=1, initial=2**30)
        lists.outside[rows] = np.maximum(lists.outside[rows], -dropped)
        self.auction.books.taken[rows] = -1


def _outside(found: Best, profit: Ints) -> Ints:
    least = found.value.min(axis=1, initial=2**30)
    return np.where(found.kept == found.post.shape[1], least, profit).astype(np.int32)
