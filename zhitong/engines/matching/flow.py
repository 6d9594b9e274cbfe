"""Workers and posts as a flow of least cost over lists of posts, and what the seats are worth in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.loops.price import raise_prices

Rows = npt.NDArray[Any]

PIECE = 65_536
SWEEPS = 400
"""After so many sweeps the prices are taken as they are: any prices give a true bound."""


def assigned(posts: Ints, points: Ints, seats: Ints) -> Ints:
    """The column of the post that each row takes, -1 for none, so that the points add up to the most possible.

    `posts` (rows, columns) lists the posts of each row, -1 for none; no post is taken more often than it has seats.
    Exact, by the cost-scaling push-relabel of OR-Tools (Goldberg and Tarjan 1990).
    """
    flow, workers, sink = SimpleMinCostFlow(), len(posts), len(posts) + len(seats)
    starts = range(0, workers, PIECE)
    pairs = sum(_add_pairs(flow, posts[start : start + PIECE], points, start, workers) for start in starts)
    _add_arcs(flow, np.arange(workers), np.full(workers, sink), np.ones(workers), np.zeros(workers))
    _add_arcs(flow, np.arange(workers, sink), np.full(len(seats), sink), seats, np.zeros(len(seats)))
    flow.set_nodes_supplies(np.arange(workers, dtype=np.int32), np.ones(workers, np.int64))
    flow.set_node_supply(sink, -workers)
    if pairs and flow.solve() != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError("The flow of workers to posts could not be solved.")
    return _taken(flow, posts) if pairs else np.full(workers, -1, np.int32)


def _add_pairs(flow: SimpleMinCostFlow, posts: Ints, points: Ints, start: int, workers: int) -> int:
    rows, columns = np.nonzero(posts >= 0)
    fit = points[start + rows, columns]
    _add_arcs(flow, start + rows, workers + posts[rows, columns], np.ones(len(rows)), -fit.astype(np.int64))
    return len(rows)


def _add_arcs(flow: SimpleMinCostFlow, tails: Rows, heads: Rows, room: Rows, cost: Rows) -> None:
    wide = room.astype(np.int64), cost.astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), *wide)


def _taken(flow: SimpleMinCostFlow, posts: Ints) -> Ints:
    """The arcs of the pairs come first, row after row."""
    taken, first = np.full(len(posts), -1, np.int32), 0
    for start in range(0, len(posts), PIECE):
        rows, columns = np.nonzero(posts[start : start + PIECE] >= 0)
        used = flow.flows(np.arange(first, first + len(rows), dtype=np.int32)) > 0
        taken[start + rows[used]] = columns[used]
        first += len(rows)
    return taken


def prices(posts: Ints, points: Ints, taken: Ints, seats: Ints) -> Ints:
    """(posts,) The lowest prices at which everyone likes best what they have; where a seat is left it costs nothing.

    `taken` must be an answer of `assigned`: then such prices exist, as the dual solution, and are whole numbers.
    """
    mine = posts[np.flatnonzero(taken >= 0), taken[taken >= 0]]
    full = np.bincount(mine, minlength=len(seats)) >= seats
    price = np.zeros(len(seats), np.int32)
    moved, next_moved = np.ones(len(seats) + 1, np.bool_), np.zeros(len(seats) + 1, np.bool_)
    for _ in range(SWEEPS):
        raise_prices(posts, points, taken, full, price, moved, next_moved)
        moved, next_moved = next_moved, np.zeros(len(seats) + 1, np.bool_)
        if not moved.any():
            break
    return price
