"""The seats of a cleared round while they change hands again, among those who ask and some drawn by lot."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.columns import Flags, Ints, Longs
from zhitong.engines.matching.loops.laid import SHUT
from zhitong.engines.matching.newposts import MORE, NewPosts
from zhitong.engines.matching.posted import Posted
from zhitong.engines.matching.standing import TimeUp

STEP = 2
"""Points by which a bid must beat the price."""
REACH = 600
"""Nobody is shown posts that bring him so much less than he has, at the old prices."""
NEAR = 7
"""So many posts are people shown beside their own, and `MORE` new ones."""
WIDTH = 1 + MORE + NEAR
SEATED, IDLE = (40_000, 6), (20_000, 3)
"""So many of those who have a post, and of those who have none, are drawn, and of all others one in so many."""
BESIDE_NEW = 2
"""Where everyone is asked about new posts, one in so many of these others is drawn."""
LEAST = 3
"""Of each post so many who have least to lose may be pushed out."""


class Held(NamedTuple):
    """What single workers have at the prices of before."""

    post: Ints
    """(alone,) -1 none."""
    value: Ints
    price: Ints
    """(posts,)"""
    seats: Ints
    """(posts,) How many there are for them."""
    asks: Flags
    """(alone,) Who bids."""

    @property
    def profit(self) -> Ints:
        """(alone,) What everyone has, less its price; nobody has less than nothing."""
        paid = np.append(self.price, 0)[self.post]
        return np.where(self.post >= 0, np.maximum(self.value - paid, 0), 0).astype(np.int32)

    @property
    def hollow(self) -> Flags:
        """(posts,) Has an empty seat at a price."""
        count = np.bincount(self.post[self.post >= 0], minlength=len(self.seats))
        return (count < self.seats) & (self.price > 0)

    def with_seats(self) -> Held:
        """Who leaves a post that has too few seats asks: first those who ask anyway, then whoever gains least."""
        post, asks = self.post.copy(), self.asks.copy()
        count = np.bincount(post[post >= 0], minlength=len(self.seats))
        crowded = np.flatnonzero(np.append(count > self.seats, False)[post])
        order = crowded[np.lexsort((-self.profit[crowded], asks[crowded], post[crowded]))]
        first = np.searchsorted(post[order], post[order])
        out = order[np.arange(len(order)) - first >= self.seats[post[order]]]
        post[out], asks[out] = -1, True
        return self._replace(post=post, value=np.where(post >= 0, self.value, 0), asks=asks)

    def left_by_askers(self) -> Held:
        """Who asks has left his post."""
        stays = (self.post >= 0) & ~self.asks
        return self._replace(post=np.where(stays, self.post, -1), value=np.where(stays, self.value, 0))


class Resale:
    """Single workers who may move: those who ask, those whom new posts would gain, and a lot of the others."""

    def __init__(self, posted: Posted, alone: Ints, held: Held, fresh: NewPosts | None) -> None:
        """`alone` are workers. `TimeUp` when the time ends before they know what they may have."""
        self.posted, self.alone, self.held, self.fresh = posted, alone, held, fresh
        self.floor, self.price = np.maximum(held.price - REACH, 0), held.price.copy()
        """(posts,) How far prices may sink, and those at which nobody can have more than is known."""
        shown = np.zeros(0, np.int64) if fresh is None else self._shown(fresh)
        self.rows = self._lot(shown)
        self.shelves = posted.shelves_of(alone[self.rows])
        self.auction = self._opened()

    def run(self) -> None:
        """Let those who ask bid, and empty seats look for people."""
        bids = np.flatnonzero(self.held.asks[self.rows])
        order = np.argsort(self.posted.numbers[self.alone[self.rows[bids]]])
        self.auction.rise(bids[order].astype(np.int32), STEP)
        self.auction.sink(STEP, self.floor)
        with suppress(TimeUp):
            self._offer_rest()

    def result(self) -> tuple[Ints, Ints]:
        """(alone,) Posts and what they are worth."""
        post, value = self.held.post.copy(), self.held.value.copy()
        post[self.rows], value[self.rows] = self.auction.post(), self.auction.value()
        return post, value

    def _shown(self, fresh: NewPosts) -> Longs:
        """Ask everyone about the new posts; who would gain by one."""
        shown = fresh.show(self.held.price[fresh.new], self.held.profit)
        self.price[fresh.new] = fresh.sold
        self.floor[fresh.new] = np.maximum(fresh.sold - REACH, 0)
        return shown

    def _lot(self, shown: Longs) -> Longs:
        """Those who may move; nobody without a post where no seat will be left."""
        held = self.held
        chosen = held.asks.copy()
        chosen[shown] = True
        if held.asks.any():
            chosen[self._losers()] = True
        if self.fresh is not None or held.hollow.any():
            self._draw(chosen, held.post >= 0, SEATED)
            self._draw(chosen, held.post < 0, IDLE)
        return np.flatnonzero(chosen)

    def _losers(self) -> Longs:
        """Of each post a few who have least to lose: those who may be pushed out."""
        held = self.held
        sits = np.flatnonzero(held.post >= 0)
        post, profit = held.post[sits].astype(np.int64), held.profit[sits].astype(np.int64)
        order = np.argsort(post << 32 | profit, kind="stable")
        rank = np.arange(len(sits)) - np.searchsorted(post[order], post[order])
        return sits[order[rank < LEAST]]

    def _draw(self, chosen: Flags, among: Flags, lot: tuple[int, int]) -> None:
        rows = np.flatnonzero(among & ~chosen)
        most = lot[0] + len(rows) // (lot[1] * (1 if self.fresh is None else BESIDE_NEW))
        number = self.posted.numbers[self.alone[rows]]
        chosen[rows[np.argpartition(number, most)[:most] if len(rows) > most else slice(None)]] = True

    def _opened(self) -> Auction:
        """An auction among them, in which everyone who does not ask holds his post."""
        held, rows = self.held, self.rows
        post, value = self._lists()
        inside = np.zeros(len(held.post), np.bool_)
        inside[rows] = True
        others = held.post[~inside]
        seats = (held.seats - np.bincount(others[others >= 0], minlength=len(held.seats))).astype(np.int32)
        price = held.price.copy()
        gain = np.where(post >= 0, value - price[post], 0)
        auction = Auction(wide_lists(post, value, np.zeros(len(rows), np.int32)), seats, price)
        _sit(auction, held.post[rows], gain)
        price[(seats == 0) & (held.seats > 0)] = SHUT
        if self.fresh is not None:
            price[self.fresh.new] = SHUT
        return auction

    def _lists(self) -> tuple[Ints, Ints]:
        """(rows, WIDTH) What each has, new posts that he would gain by, and others near to what he has."""
        held, rows = self.held, self.rows
        old = held.seats > 0
        profit = held.profit[rows]
        if self.fresh is not None:
            old[self.fresh.new] = False
        shown = np.maximum(held.price - REACH, 0)
        found = self.shelves.best(
            np.arange(len(rows), dtype=np.int32), NEAR, shown, open_to=old, least=profit
        )
        fit = np.where(found.post >= 0, found.value + shown[found.post], 0)
        mine = held.post[rows, None]
        posts = [mine, np.where(found.post == mine, -1, found.post)]
        values = [held.value[rows, None], fit]
        if self.fresh is not None:
            more, worth = self.fresh.lists(rows)
            posts, values = [mine, more, posts[1]], [values[0], worth, fit]
        return _closed_up(np.concatenate(posts, axis=1), np.concatenate(values, axis=1))

    def _offer_rest(self) -> None:
        """Show seats that are still empty to all who may move, whatever they bring."""
        auction, books = self.auction, self.auction.books
        hollow = (books.held < books.seats) & (books.price > 0)
        if not hollow.any():
            return
        shown, profit = np.where(hollow, 0, books.price), np.maximum(auction.profit(), 0)
        rows = np.arange(len(self.rows), dtype=np.int32)
        found = self.shelves.best(rows, NEAR, shown, open_to=hollow, least=profit)
        some = np.flatnonzero(found.kept > 0)
        _join(auction, some, found.post[some], found.value[some])
        auction.sink(STEP, np.where(hollow, 0, self.floor).astype(np.int32))


def _sit(auction: Auction, post: Ints, gain: Ints) -> None:
    """Seat everyone on his `post`, the first of the list; he bids what makes him as well off as the best of the rest.

    `gain` is what each entry of the lists brings. The price of a post without empty seats rises to the lowest bid.
    """
    books, width, rows = auction.books, gain.shape[1], np.flatnonzero(post >= 0)
    rest = np.maximum(gain[rows, 1:].max(axis=1, initial=0), np.maximum(gain[rows, 0] - REACH, 0))
    most = np.maximum(gain[rows, 0] - rest, 0) + books.price[post[rows]]
    order = np.lexsort((most, post[rows]))
    rows, most = rows[order], most[order]
    count = np.bincount(post[rows], minlength=len(books.seats))
    at = books.first[post[rows]] + np.arange(len(rows)) - (np.cumsum(count) - count)[post[rows]]
    books.taken[rows], books.held[:] = rows * width, count
    books.bid[:] = np.repeat(books.price, books.seats)
    books.bid[at], books.holder[at] = most, rows
    full = np.flatnonzero((count == books.seats) & (count > 0))
    books.price[full] = books.bid[books.first[full]]


def _join(auction: Auction, rows: Longs, post: Ints, value: Ints) -> None:
    """Give these rows lists of what they hold and of these posts."""
    width = len(auction.lists.post) // auction.rows
    listed, valued = auction.lists.post.reshape(-1, width), auction.lists.value.reshape(-1, width)
    mine, worth = auction.post()[rows], auction.value()[rows]
    others = np.where(post == mine[:, None], -1, post)
    post, value = _closed_up(np.column_stack([mine, others]), np.column_stack([worth, value]))
    listed[rows] = -1
    listed[rows, : post.shape[1]], valued[rows, : post.shape[1]] = post, value
    auction.books.taken[rows] = np.where(mine >= 0, rows * width, -1)


def _closed_up(post: Ints, value: Ints) -> tuple[Ints, Ints]:
    """The same lists with no gaps before the last post."""
    order = np.argsort(post < 0, axis=1, kind="stable")
    post, value = np.take_along_axis(post, order, axis=1), np.take_along_axis(value, order, axis=1)
    return post.astype(np.int32), value.astype(np.int16)
