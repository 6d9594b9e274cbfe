"""Plain assignment: rows, posts with seats, and what each allowed pair of them is worth; nothing else is known.

For problems of others, whose pairs are listed one by one. The same auction as for people and posts, on lists that
are whole; exact wherever time allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.auction import Auction
from zhitong.engines.matching.columns import Column, Ints, Longs, columns_of, settled
from zhitong.engines.matching.loops.bids import Lists
from zhitong.engines.matching.tables import MOST

LARGEST = 2**31 - 2
FINEST = 2**52
"""No value is scaled beyond this."""
COARSER = 5
"""Each pass bids in steps so many times smaller than the one before."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Which row may take which post, and what for; ValueError with a sentence when the arrays make no sense."""

    row: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(edges,) Position of the row of each edge, below `staying`'s length."""
    post: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(edges,) Position of the post, below the length of `seats`; no pair stands twice."""
    value: Annotated[Longs, Column(np.int64, -LARGEST, LARGEST)]
    """(edges,) What the pair is worth; more is better."""
    seats: Annotated[Ints, Column(np.int32, 0, MOST)]
    """(posts,) How many rows each post takes."""
    staying: Annotated[Longs, Column(np.int64, -LARGEST, LARGEST)]
    """(rows,) What it is worth to leave the row without a post; no row takes a post that is worth less."""
    ceiling: int = 0
    """Where values stand for costs, the number from which each cost was taken; else 0."""

    def __post_init__(self) -> None:
        for name, column in columns_of(Edges).items():
            object.__setattr__(self, name, settled(f"edges.{name}", getattr(self, name), column))
        if not len(self.row) == len(self.post) == len(self.value):
            raise ValueError("edges.row, edges.post and edges.value must have the same length.")
        _check_below("row", self.row, len(self.staying), "rows")
        _check_below("post", self.post, len(self.seats), "posts")
        _check_single(self.row.astype(np.int64) * max(len(self.seats), 1) + self.post)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.staying)


def _check_below(name: str, positions: Ints, count: int, what: str) -> None:
    if (positions >= count).any():
        edge = int(np.argmax(positions >= count))
        raise ValueError(f"edges.{name} names {positions[edge]} in edge {edge}; there are {count} {what}.")


def _check_single(pair: Longs) -> None:
    order = np.argsort(pair, kind="stable")
    twice = np.flatnonzero(np.diff(pair[order]) == 0)
    if len(twice):
        first, again = sorted(int(edge) for edge in order[twice[0] : twice[0] + 2])
        raise ValueError(f"Edges {first} and {again} join the same row and post.")


@dataclass(frozen=True, slots=True, eq=False)
class EdgePlan:
    """A post or none for each row, and how much could be reached at most."""

    post: Annotated[Ints, Column(np.int32, -1, MOST)]
    """(rows,) -1 stays."""
    price: Annotated[Longs, Column(np.int64, 0, 2**62)]
    """(posts,) Price of a seat, in parts of 1 / `scale`."""
    scale: int
    total: int
    """Value of the pairs taken and of staying."""
    bound: int
    """No plan reaches more."""
    seed: int

    def __post_init__(self) -> None:
        for name, column in columns_of(EdgePlan).items():
            object.__setattr__(self, name, settled(f"plan.{name}", getattr(self, name), column))
        if self.scale < 1:
            raise ValueError(f"plan.scale must be at least 1, not {self.scale}.")

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Every column and number by name."""
        numbers = {
            name: np.array(getattr(self, name), np.int64) for name in ("scale", "total", "bound", "seed")
        }
        return {"post": self.post, "price": self.price, **numbers}


def solve_edges(
    edges: Edges, *, seed: int = 0, stop: Callable[[], bool] | None = None, scale: int | None = None
) -> EdgePlan:
    """The assignment of highest value: proven best unless `stop` says that time is up, or `scale` is small.

    Values are multiplied by `scale` (default: rows + 1, which makes the auction exact) and bids rise in steps that
    end at 1; a scale of 4 is nearly exact and quick. `seed` decides in which order rows bid. ValueError on a
    negative seed.
    """
    if seed < 0:
        raise ValueError(f"seed must not be negative, not {seed}.")
    worth = edges.value - edges.staying[edges.row]
    largest = int(np.abs(worth).max(initial=1)) + 1
    scale = max(1, min(scale or edges.rows + 1, FINEST // largest))
    order = np.random.default_rng(seed).permutation(edges.rows)
    closed = np.where(edges.seats == 0, largest * scale, 0)  # a seat that is not there may cost anything
    auction = Auction(_lists(edges, worth * scale, order), edges.seats, closed)
    step, post = largest * scale // 4 if scale > 4 else 1, np.full(edges.rows, -1, np.int32)
    best, bound = _standing(edges, post), (_bound(edges, closed, scale), closed.copy())
    while edges.rows and len(edges.row):
        step = max(1, step // COARSER)
        auction.restart()
        auction.rise(np.arange(edges.rows, dtype=np.int32), step)
        auction.sink(step)
        trial = np.empty(edges.rows, np.int32)
        trial[order] = auction.post()
        if _standing(edges, trial) > best:
            best, post = _standing(edges, trial), trial
        bound = min(
            bound,
            (_bound(edges, auction.books.price, scale), auction.books.price.copy()),
            key=lambda one: one[0],
        )
        if step == 1 or bound[0] == best or (stop is not None and stop()):
            break
    return EdgePlan(post=post, price=bound[1], scale=scale, total=best, bound=bound[0], seed=seed)


def _lists(edges: Edges, value: Longs, order: Longs) -> Lists:
    """The edges row by row in the order of bidding, without those worth no more than staying."""
    place = np.empty(edges.rows, np.int64)
    place[order] = np.arange(edges.rows)
    useful = np.flatnonzero((value > 0) & (edges.seats[edges.post] > 0))
    useful = useful[np.argsort(place[edges.row[useful]], kind="stable")]
    first = np.searchsorted(place[edges.row[useful]], np.arange(edges.rows + 1))
    return Lists(first, edges.post[useful], value[useful], np.zeros(edges.rows, np.int64))


def _standing(edges: Edges, post: Ints) -> int:
    """Value of a plan: each edge whose row has its post, and staying for all others."""
    taken = post[edges.row] == edges.post
    return int(edges.value[taken].sum()) + int(edges.staying[post < 0].sum())


def _bound(edges: Edges, price: Longs, scale: int) -> int:
    """What no plan can exceed, by linear programming duality, at any prices (in parts of 1 / scale)."""
    gain = np.zeros(edges.rows, np.int64)
    np.maximum.at(gain, edges.row, (edges.value - edges.staying[edges.row]) * scale - price[edges.post])
    return (int(gain.sum()) + int((price * edges.seats).sum())) // scale + int(edges.staying.sum())


def certificate(edges: Edges, plan: EdgePlan) -> dict[str, Any]:
    """What a plan is and how far from the best it can be at most, computed from the edges and the prices alone."""
    broken = _broken(edges, plan)
    total = _standing(edges, plan.post) if not broken else 0
    bound = _bound(edges, plan.price, plan.scale) if len(plan.price) == len(edges.seats) else plan.bound
    gap = (bound - total) / abs(bound) if bound else float(bound - total)
    placed = int((plan.post >= 0).sum())
    return {
        "placed": placed,
        "fit": total,
        "bound": bound,
        "certified_gap": gap,
        **({"cost": placed * edges.ceiling - total} if edges.ceiling and not broken else {}),
        "broken_rules": broken,
    }


def _broken(edges: Edges, plan: EdgePlan) -> list[dict[str, str]]:
    if len(plan.post) != edges.rows or len(plan.price) != len(edges.seats):
        return [_fault("other_problem", "The plan has other numbers of rows or posts than the problem.")]
    if (plan.post >= len(edges.seats)).any():
        return [_fault("unknown_post", "The plan names a post that is not there.")]
    found = []
    known = np.zeros(edges.rows, np.bool_)
    known[edges.row[plan.post[edges.row] == edges.post]] = True
    for row in np.flatnonzero(~known & (plan.post >= 0))[:100]:
        found.append(_fault("no_edge", f"Row {row} may not take post {plan.post[row]}."))
    taken = np.bincount(plan.post[plan.post >= 0], minlength=len(edges.seats))
    for post in np.flatnonzero(taken > edges.seats)[:100]:
        found.append(
            _fault("seats", f"Post {post} has {edges.seats[post]} seats and is given to {taken[post]}.")
        )
    worse = (plan.post[edges.row] == edges.post) & (edges.value < edges.staying[edges.row])
    for row in edges.row[worse][:100]:
        found.append(_fault("staying", f"Row {row} is given less than staying is worth."))
    if not found and plan.total != _standing(edges, plan.post):
        found.append(_fault("total", f"The total is {_standing(edges, plan.post)}, not {plan.total}."))
    return found


def _fault(code: str, sentence: str) -> dict[str, str]:
    return {"code": code, "sentence": sentence}
