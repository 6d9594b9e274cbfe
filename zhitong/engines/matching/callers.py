"""Whom a post would gain: all pairs asked from the side of the posts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.index import posts_in_bits as in_bits
from zhitong.engines.matching.loops import laid
from zhitong.engines.matching.loops.call import call, mark_places, mark_trades
from zhitong.engines.matching.shelf import STEPS, Shelves
from zhitong.engines.matching.standing import TimeUp
from zhitong.engines.matching.threads import in_pieces

PIECE = 512
"""So many posts are asked about in one go."""


class Offers(NamedTuple):
    """What workers would pay at most for a seat, post after post."""

    first: Longs
    """(asked + 1,) First entry of each post that was asked about; the room behind the last offer is void."""
    kept: Ints
    """(asked,) How many offers there are."""
    row: Ints
    """(any,) Position among the workers."""
    offer: Ints
    """(any,) The price at which the worker is as well off there as he is."""

    def each(self) -> tuple[Longs, Ints, Ints]:
        """Question, worker and offer of every offer."""
        question = np.repeat(np.arange(len(self.kept)), self.kept)
        at = (
            self.first[question]
            + np.arange(len(question))
            - np.repeat(np.cumsum(self.kept) - self.kept, self.kept)
        )
        return question, self.row[at], self.offer[at]


class Callers:
    """Some workers of shelves, to be asked which of them a post would gain."""

    def __init__(self, shelves: Shelves, rows: Ints) -> None:
        self.shelves, inner = shelves, shelves.near[rows]
        self.order = np.argsort(inner)
        self.rows = inner[self.order]
        problem, shelf = shelves.problem, shelves.shelf
        self.place = np.empty(shelves.posts, np.int64)
        self.place[shelves.order] = np.arange(shelves.posts)

        def of(column: int) -> Ints:
            return np.asarray(shelf.worker[self.rows, column])

        low, last = (
            problem.posts.wage_low_fen,
            np.maximum(problem.posts.begins_day, problem.posts.valid_until_day),
        )
        floors, days = np.unique(low), np.unique(last)
        floors, days = floors[:: len(floors) // STEPS + 1], days[:: len(days) // STEPS + 1]
        packed = np.packbits(shelves.kinds, axis=0).T
        first, kind = np.unique(packed, axis=0, return_index=True, return_inverse=True)[1:]
        kinds, self.kind = shelves.kinds[:, first], kind.reshape(-1)
        mine = of(laid.KIND)
        parts = [
            np.concatenate([in_bits(kind[mine])[None] for kind in kinds.T]),
            self._below(of(laid.FLOOR), floors),
            self._below(of(laid.EARLIEST), days),
            self._willing(),
            self._skilled(),
        ]
        self.wage, self.day = _above(floors, low), _above(days, last)
        most = sum(
            int(table.max(initial=0))
            for table in (shelf.wish_points, shelf.practice_points, shelf.season_points)
        )
        most += max(int(shelf.place_points.max()), int(shelf.number[laid.ACCEPTED])) + int(
            shelf.number[laid.FELLOWS]
        )
        self.hope = of(laid.BASE) + max(
            most, most + int(shelf.number[laid.UNSTATED]) - int(shelf.wish_points[0])
        )
        self.starts = np.cumsum([0, *(len(part) for part in parts)])
        self.sets = np.concatenate(parts)

    def _below(self, values: Ints, steps: Ints) -> Words:
        """(steps + 1, words) Who is at most at each step; the last row holds everyone."""
        return np.concatenate([in_bits(values <= step)[None] for step in (*steps, np.iinfo(np.int32).max)])

    def _willing(self) -> Words:
        shelf = self.shelves.shelf
        willing = np.zeros((len(shelf.ranks), (len(self.rows) + 63) // 64), np.uint64)
        mark_places(shelf, shelf.number[laid.WISHED] + 2 * shelf.number[laid.PRACTISED], self.rows, willing)
        return willing

    def _skilled(self) -> Words:
        shelf = self.shelves.shelf
        spans, kind = np.unique(shelf.span[:-1], axis=0, return_inverse=True)
        kind = kind.reshape(-1)
        kind = np.where(spans[kind, 0] < spans[kind, 1], kind, -1).astype(np.int32)
        skilled = np.zeros((len(spans) + 1, (len(self.rows) + 63) // 64), np.uint64)
        mark_trades(shelf, kind, self.rows, skilled)
        self.trade = np.full(len(shelf.first) - 1, len(spans), np.int64)
        for number, (begin, stop) in enumerate(spans):
            self.trade[begin:stop] = number
        return skilled

    def best(self, posts: Longs, room: Ints, profit: Ints, least: Ints) -> Offers:
        """For each of `posts` the highest offers above its `least`, as many as it has `room` for.

        `profit` is what each worker has at present, less its price.
        """
        shelves = self.shelves
        first = np.append(0, np.cumsum(room, dtype=np.int64))
        found = Offers(
            first,
            np.zeros(len(posts), np.int32),
            np.zeros(first[-1], np.int32),
            np.zeros(first[-1], np.int32),
        )
        if not len(posts) or not len(self.rows):
            return found
        at = self.place[posts]
        rank = shelves.terms[at, laid.RANK]
        which = np.stack(
            [self.kind[posts], self.wage[posts], self.day[posts], rank, self.trade[shelves.slot_of[at]]],
            axis=1,
        )
        profit, is_open = profit[self.order].astype(np.int32), shelves.open[posts]
        hope, place, least = self.hope - profit, at.astype(np.int32), np.where(is_open, least, laid.SHUT)
        names, least = (which + self.starts[:-1]).astype(np.int32), least.astype(np.int32)

        def some(part: slice) -> None:
            if shelves.stop():
                raise TimeUp
            call(
                shelves.shelf, shelves.cards, shelves.terms, shelves.slot_of, self.rows, profit, hope,
                place[part], least[part], self.sets, names[part], first[part.start : part.stop + 1],
                found.row, found.offer, found.kept[part],
            )  # fmt: skip

        in_pieces(some, len(posts), PIECE, shelves.threads)
        found.row[:] = self.order[found.row]
        return found


def _above(steps: Ints, values: Ints) -> Longs:
    """The first step that is not below each value."""
    return np.searchsorted(steps, values)
