"""What seats will cost, guessed from a part of the people: so that hardly anyone is shown what is out of reach."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, hstack
from scipy.sparse.linalg import lsqr

from zhitong.engines.matching.auction import Auction, Draw, wide_lists
from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.shelf import Shelves

LEVELS = ((64, 16), (16, 8), (4, 4))
"""Every so many-th of the people, and by how many points bids rise among them."""
FEWEST = 1000
DAMPING = 2.0
CAUTION = 92
"""Per cent of the guess that is asked: too low a price costs time, too high a one empty seats."""
WIDTH = 18
"""So many posts stand in a list."""
PIECE = 131_072
BANDS = 16

Marks = npt.NDArray[np.int64]


def lists_at(shelves: Shelves, rows: Ints, open_to: Flags, width: int) -> Draw:
    """How these workers draw their lists: positions in `rows` and prices to posts, values and what lies outside."""

    def draw(some: Ints, price: Ints) -> tuple[Ints, Ints, Ints]:
        post, value = np.empty((len(some), width), np.int32), np.empty((len(some), width), np.int16)
        outside = np.empty(len(some), np.int32)
        for start in range(0, len(some), PIECE):
            part = slice(start, start + PIECE)
            found = shelves.best(rows[some[part]], width, price, open_to=open_to)
            post[part] = found.post
            value[part] = np.where(found.post >= 0, found.value + price[found.post], 0)
            least = found.value.min(axis=1, initial=2**30)
            outside[part] = np.where(found.kept == width, least, 0)
        return post, value, outside

    return draw


def guessed(shelves: Shelves, rows: Ints, seats: Ints, seed: int) -> tuple[Ints, Shelves]:
    """(posts,) Prices somewhat below those that will clear the market for `rows`, and the shelves sorted by them.

    Ever larger parts of the people bid for seats scaled down by randomised rounding; what a post without a seat in
    the sample would cost is read off those like it, by ridge regression on occupation, place and wage.
    """
    random = np.random.default_rng(seed)
    price: Ints = shelves.free
    for part, step in LEVELS:
        some = rows[: len(rows) // part]
        if len(some) >= FEWEST:
            few = (seats / part + random.random(len(seats))).astype(np.int32)
            price = _smoothed(shelves, few > 0, _sample_price(shelves, some, few, price, step))
            shelves = shelves.sorted_at(price)
    return (price.astype(np.int64) * CAUTION // 100).astype(np.int32), shelves


def _sample_price(shelves: Shelves, rows: Ints, seats: Ints, price: Ints, step: int) -> Ints:
    asked = np.where(seats > 0, price.astype(np.int64) * CAUTION // 100, 0).astype(np.int32)
    draw = lists_at(shelves, rows, seats > 0, WIDTH)
    everyone = np.arange(len(rows), dtype=np.int32)
    auction = Auction(wide_lists(*draw(everyone, asked)), seats, asked)
    auction.rise(everyone, step, draw, 2 * step)
    auction.sink(step)
    return auction.books.price


def _smoothed(shelves: Shelves, seen: Flags, price: Ints) -> Ints:
    """`price` where it was seen, elsewhere what posts like it cost."""
    if seen.all() or not seen.any():
        return price
    marks = _features(shelves.problem)
    middle = float(price[seen].mean())
    weight = lsqr(marks[seen], price[seen] - middle, damp=DAMPING, iter_lim=40)[0]
    return np.where(seen, price, np.maximum(marks @ weight + middle, 0)).astype(np.int32)


def _features(problem: Problem) -> csr_array:
    posts = problem.posts
    last = np.maximum(posts.begins_day, posts.valid_until_day)
    extra = np.stack([posts.dormitory, posts.meals, (posts.certificates != 0).any(axis=1)], axis=1)
    columns = [
        posts.occupation,
        posts.place,
        _bands(posts.wage_high_fen),
        _bands(posts.wage_low_fen),
        _bands(last),
    ]
    return csr_array(
        hstack(
            [*(_dummies(column) for column in (*columns, posts.education)), csr_array(extra.astype(float))]
        )
    )


def _bands(values: Ints) -> Marks:
    marks = np.quantile(values, np.arange(1, BANDS) / BANDS)
    return np.searchsorted(marks, values).astype(np.int64)


def _dummies(values: Ints | Marks) -> csr_array:
    kind = np.unique(values, return_inverse=True)[1]
    return csr_array((np.ones(len(kind)), (np.arange(len(kind)), kind)))
