"""One auction: rows with lists, posts with seats, and prices at which everyone has what they like best."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.loops.bids import Books, Columns, Lists, backward, forward, turn

PIECE = 65_536
"""So many lists are gone through in one go."""
Draw = Callable[[Ints, Ints], tuple[Ints, Ints, Ints]]
"""Rows and prices to the (rows, columns) posts and values of each, and a bound on what they do not list."""


class Auction:
    """Rows bid until nobody prefers another post by more than the step; then empty seats that cost look for rows."""

    def __init__(self, lists: Lists, seats: Ints, price: Ints) -> None:
        rows = len(lists.first) - 1
        self.lists = lists
        self.books = _books(seats, price, np.full(rows, -1, np.int64))
        self.queue, self.waiting = np.zeros(max(rows, 1), np.int32), np.zeros(max(rows, 1), np.int32)
        self.refilled = 0

    @property
    def rows(self) -> int:
        """How many rows bid."""
        return len(self.lists.first) - 1

    def post(self) -> Ints:
        """(rows,) The post that each row holds, -1 for none."""
        taken = self.books.taken
        held = np.flatnonzero(taken >= 0)
        post = np.full(self.rows, -1, np.int32)
        post[held] = self.lists.post[taken[held]]
        return post

    def value(self) -> Ints:
        """(rows,) What it is worth to the row before the price, 0 for none."""
        taken = self.books.taken
        held = np.flatnonzero(taken >= 0)
        value = np.zeros(self.rows, self.lists.value.dtype)
        value[held] = self.lists.value[taken[held]]
        return value

    def profit(self) -> Ints:
        """(rows,) The same less the price."""
        return np.where(self.books.taken >= 0, self.value() - self.books.price[self.post()], 0).astype(
            np.int32
        )

    def listed(self) -> Ints:
        """(rows,) The most that a post of the list brings at the present prices; below 0 where it lists none."""
        best = np.full(self.rows, -1, np.int32)
        width = max(len(self.lists.post) // max(self.rows, 1), 1)
        for start in range(0, self.rows, PIECE):
            part = slice(start * width, (start + PIECE) * width)
            post, value = self.lists.post[part].reshape(-1, width), self.lists.value[part].reshape(-1, width)
            best[start : start + PIECE] = np.where(post >= 0, value - self.books.price[post], -1).max(axis=1)
        return best

    def rise(self, rows: Ints, step: int, draw: Draw | None = None, slack: int = 0) -> None:
        """Let `rows`, which hold nothing, bid; who may miss more than `slack` outside the list draws another."""
        while len(rows):
            self.queue[: len(rows)] = rows
            stopped = forward(self.lists, self.books, self.queue, len(rows), step, slack, self.waiting)
            rows = np.sort(self.waiting[:stopped])
            if not stopped:
                return
            if draw is None:
                raise RuntimeError("A list that is whole has run short.")
            self.refill(rows, draw)

    def approach(self, steps: tuple[int, ...]) -> None:
        """Let everyone bid in ever smaller steps, each time from a little below the prices reached before.

        For lists that are whole.
        """
        everyone, before = np.arange(self.rows, dtype=np.int32), 0
        for step in steps:
            self.restart()
            np.maximum(self.books.price - before, 0, out=self.books.price)
            self.rise(everyone, step)
            before = step
        self.sink(before)

    def refill(self, rows: Ints, draw: Draw) -> None:
        """Draw new lists at the present prices for rows that hold nothing; all lists have the same room."""
        post, value, outside = draw(rows, self.books.price)
        width = post.shape[1]
        self.lists.post.reshape(-1, width)[rows] = post
        self.lists.value.reshape(-1, width)[rows] = value
        self.lists.outside[rows] = outside
        self.refilled += len(rows)

    def sink(self, step: int, floor: Ints | None = None) -> int:
        """Lower the prices of posts with empty seats until these are taken or at the `floor`; how many rows moved."""
        books = self.books
        hollow = np.flatnonzero((books.held < books.seats) & (books.price > 0))
        if not len(hollow):
            return 0
        columns = self._columns()
        queue, queued = np.zeros(len(books.seats), np.int32), np.zeros(len(books.seats), np.bool_)
        queue[: len(hollow)] = hollow[np.argsort(-books.price[hollow], kind="stable")]
        queued[hollow] = True
        most = int(books.seats.max()) + 1
        moves = backward(
            self.lists, columns, books, self.profit(), np.zeros_like(books.price) if floor is None else floor,
            queue, len(hollow), queued, step, np.zeros(most, books.price.dtype), np.zeros(most, np.int32),
        )  # fmt: skip
        books.bid[:] = np.repeat(books.price, books.seats)
        return int(moves)

    def restart(self) -> None:
        """Let everyone go, at the same prices."""
        self.books.taken[:] = -1
        self.books.held[:] = 0

    def reseat(self, seats: Ints) -> None:
        """Put other numbers of seats up at the same prices; where there are too few, whoever gains least leaves."""
        books, post = self.books, self.post()
        order = np.lexsort((-self.profit(), post))
        order = order[post[order] >= 0]
        start = np.searchsorted(post[order], np.arange(len(seats)))
        rank = np.arange(len(order)) - start[post[order]]
        stays = rank < seats[post[order]]
        books.taken[order[~stays]] = -1
        fresh = _books(seats, books.price, books.taken)
        fresh.held[:] = np.bincount(post[order[stays]], minlength=len(seats))
        fresh.bid[:] = np.repeat(books.price, seats)
        fresh.holder[fresh.first[post[order[stays]]] + rank[stays]] = order[stays]
        self.books = fresh

    def _columns(self) -> Columns:
        listed = np.bincount(self.lists.post[self.lists.post >= 0], minlength=len(self.books.seats))
        first: Longs = np.append(0, np.cumsum(listed))
        columns = Columns(
            first, np.empty(int(first[-1]), np.int32), np.empty(int(first[-1]), self.lists.value.dtype)
        )
        turn(self.lists, first[:-1].copy(), columns)
        return columns


def wide_lists(post: Ints, value: Ints, outside: Ints) -> Lists:
    """Lists of the same room for every row: (rows, room) posts and values."""
    rows, width = post.shape
    first = np.arange(rows + 1, dtype=np.int64) * width
    return Lists(first, post.reshape(-1), value.reshape(-1), outside)


def _books(seats: Ints, price: Ints, taken: Longs) -> Books:
    first = np.append(0, np.cumsum(seats, dtype=np.int64))
    return Books(
        price=price,
        seats=np.ascontiguousarray(seats, np.int32),
        first=first,
        held=np.zeros(len(seats), np.int32),
        bid=np.zeros(int(first[-1]), price.dtype),
        holder=np.zeros(int(first[-1]), np.int32),
        taken=taken,
    )
