"""Workers and posts as a flow of least cost over lists of posts, and what the seats are worth in it."""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.loops.price import raise_prices

SWEEPS = 400
"""After so many sweeps the prices are taken as they are: any prices give a true bound."""


def assigned(posts: Ints, points: Ints, seats: Ints) -> Ints:
    """The column of the post that each row takes, -1 for none, so that the points add up to the most possible.

    `posts` (rows, columns) lists the posts of each row, -1 for none; no post is taken more often than it has seats.
    Exact, by the cost-scaling push-relabel of OR-Tools (Goldberg and Tarjan 1990).
    """
    rows, columns = np.nonzero(posts >= 0)
    taken = np.full(len(posts), -1, np.int32)
    if len(rows) == 0:
        return taken
    offered, head = np.unique(posts[rows, columns], return_inverse=True)
    flow = _network(rows, len(posts) + head, points[rows, columns], seats[offered])
    if flow.solve() != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError("The flow of workers to posts could not be solved.")
    used = flow.flows(np.arange(len(rows), dtype=np.int32)) > 0
    taken[rows[used]] = columns[used]
    return taken


def _network(rows: Longs, heads: Longs, points: Ints, seats: Ints) -> SimpleMinCostFlow:
    """The pairs first; then for each worker the way to stay, then the seats of each post, both to the sink."""
    workers, sink = int(heads.min()), int(heads.min()) + len(seats)
    tails = np.concatenate([rows, np.arange(sink)])
    heads = np.concatenate([heads, np.full(sink, sink)])
    room = np.ones(len(tails), np.int64)
    room[len(rows) + workers :] = seats
    cost = np.zeros(len(tails), np.int64)
    cost[: len(rows)] = -points.astype(np.int64)
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), room, cost)
    supply = np.ones(sink + 1, np.int64)
    supply[workers:sink], supply[sink] = 0, -workers
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    return flow


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
