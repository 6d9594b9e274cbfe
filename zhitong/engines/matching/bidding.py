"""A whole city at once: prices are guessed, everyone bids, empty seats look for people, and all pairs are searched
again for whatever was missed; what is left to gain at most is the certificate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.callers import Callers, Offers
from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.guess import WIDTH, guessed, lists_at
from zhitong.engines.matching.shelf import Best, Shelves
from zhitong.engines.matching.standing import Standing

STEP = 2
"""Points by which a bid must beat the price."""
SLACKS = (2, 2, 2)
"""So much may be missed outside a list, turn after turn; the search over all pairs finds it."""
MORE = 4
"""So many posts that were missed join a list at once."""


@dataclass(frozen=True, slots=True)
class Proof:
    """No plan can give the singles together more fit less these prices than `most`."""

    most: int
    price: Ints


class Sale:
    """Single workers who bid for the seats that the groups leave."""

    def __init__(self, shelves: Shelves, singles: Ints, free: Standing, seed: int) -> None:
        self.singles, self.free = singles, free
        self.open = free.seats > 0
        self.price, self.shelves = guessed(shelves, singles, free.seats, seed)
        self.auction: Auction | None = None
        self.proof = Proof(2**62, self.price)
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
        self.shelves.most = None
        self._call(seats)
        self.auction.sink(STEP)
        self.price = self.auction.books.price
        self.sunk = self.price < highest

    def _call(self, seats: Ints) -> None:
        """Ask posts with empty seats which workers they would gain and at what price, and show it to these.

        Nobody else gains by those lower prices: with them the lists and what is known to lie outside prove a bound.
        """
        assert self.auction is not None
        books, profit = self.auction.books, np.maximum(self.auction.profit(), 0)
        best = np.maximum(np.maximum(self.auction.listed(), self.auction.lists.outside), profit).astype(
            np.int64
        )
        hollow = np.flatnonzero((books.held < seats) & (books.price > 0))
        offers = Callers(self.shelves, self.singles).best(
            hollow, seats[hollow] + 1, profit, np.zeros(len(hollow), np.int32)
        )
        question, row, offer = offers.each()
        price = books.price.copy()
        price[hollow] = np.minimum(_last_offers(offers), price[hollow])
        np.maximum.at(best, row, profit[row].astype(np.int64) + offer - price[hollow[question]])
        self.proof = Proof(int(best.sum()), price)
        self._show(row, hollow[question], profit[row] + offer)

    def _show(self, row: Ints, post: Longs, value: Ints) -> None:
        """Put posts into the lists of those whom they would gain, the most gainful first."""
        assert self.auction is not None
        held = self.auction.post()
        new = held[row] != post
        row, post, value = row[new], post[new], value[new]
        order = np.lexsort((post, -value, row))
        row, post, value = row[order], post[order], value[order]
        rows, first = np.unique(row, return_index=True)
        column = np.arange(len(row)) - np.repeat(first, np.diff(np.append(first, len(row))))
        posts, worth = np.full((len(rows), MORE), -1, np.int32), np.zeros((len(rows), MORE), np.int16)
        kept = column < MORE
        at = np.searchsorted(rows, row[kept])
        posts[at, column[kept]], worth[at, column[kept]] = post[kept], value[kept]
        self._join(rows, posts, worth)

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
        rows = np.flatnonzero((found.kept > 0) & (best > profit + STEP))
        post = found.post[rows]
        self._join(rows, post, np.where(post >= 0, found.value[rows] + self.price[post], 0).astype(np.int16))
        self.auction.books.taken[rows] = -1
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

    def _join(self, rows: Longs, fresh: Ints, worth: Ints) -> None:
        """Put posts into lists in the place of those that bring least; the one held stays and comes first."""
        assert self.auction is not None
        lists, price = self.auction.lists, self.auction.books.price
        mine, held = self.auction.post()[rows], self.auction.books.taken[rows] >= 0
        listed = lists.post.reshape(-1, WIDTH)[rows]
        known = (fresh[:, :, None] == listed[:, None, :]).any(axis=2)
        post = np.concatenate([listed, np.where(known, -1, fresh)], axis=1)
        value = np.concatenate([lists.value.reshape(-1, WIDTH)[rows], worth], axis=1)
        gain = np.where(post >= 0, value - price[post], -(2**30))
        gain[(post == mine[:, None]) & (post >= 0)] = 2**30
        kept = np.argsort(-gain, axis=1, kind="stable")[:, :WIDTH]
        lists.post.reshape(-1, WIDTH)[rows] = np.take_along_axis(post, kept, axis=1)
        lists.value.reshape(-1, WIDTH)[rows] = np.take_along_axis(value, kept, axis=1)
        dropped = np.sort(-gain, axis=1, kind="stable")[:, WIDTH:].min(axis=1, initial=2**30)
        lists.outside[rows] = np.maximum(lists.outside[rows], -dropped)
        self.auction.books.taken[rows] = np.where(held, rows * WIDTH, -1)


def _last_offers(offers: Offers) -> Ints:
    """The lowest offer where there are as many as there was room for, else 0."""
    full = np.flatnonzero(offers.kept == np.diff(offers.first))
    last = np.zeros(len(offers.kept), np.int32)
    if len(offers.offer):
        lowest = np.minimum.reduceat(offers.offer, offers.first[:-1])
        last[full] = lowest[full]
    return last


def _outside(found: Best, profit: Ints) -> Ints:
    least = found.value.min(axis=1, initial=2**30)
    return np.where(found.kept == found.post.shape[1], least, profit).astype(np.int32)
