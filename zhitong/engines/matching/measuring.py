"""Measuring the market beside other methods on the same made-up round: each method by itself, in processor time."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.clearing import Market, clear
from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.flow import assigned
from zhitong.engines.matching.guess import guessed
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.sample import sample_problem

WIDTH = 32
STEPS = (128, 16, 2, 1)
WARM = (4000, 300)

Result = dict[str, Any]
Table = npt.NDArray[np.integer[Any]]


class Listed(NamedTuple):
    """Equal lists for every method: the posts of each worker and what they are worth."""

    post: Ints
    value: Ints
    seats: Ints


def measure(method: str, family: str, workers: int, posts: int, seed: int, grouped: float = 0.0) -> Result:
    """Fit, placed, processor and wall seconds and memory of one of `METHODS` on a made-up round."""
    METHODS[method](arranged(sample_problem(*WARM, 0), 0).problem)  # loads the compiled loops
    problem = family_problem(family, workers, posts, seed, grouped=grouped)
    return METHODS[method](problem)


def _timed(work: Callable[[], Result]) -> Result:
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        **found,
        "cpu_s": round(time.process_time() - cpu, 3),
        "wall_s": round(time.perf_counter() - wall, 3),
        "rss_mb": round(used / 1024),
    }


def _market(problem: Problem, params: Params) -> Result:
    """From arrays to placement and certificate; the reasons given to each person are not part of it."""

    def work() -> Result:
        market, bound = clear(arranged(problem, 0).problem, params, 0)
        total = market.standing.total
        return {
            "fit": total,
            "placed": int((market.standing.post >= 0).sum()),
            "bound": bound.most,
            "certified_gap": (bound.most - total) / bound.most if bound.most else 0.0,
        }

    return _timed(work)


def _ours(problem: Problem) -> Result:
    return _market(problem, Params())


def _top_lists(problem: Problem) -> Result:
    """The 32 best posts of each worker, whatever they cost, then OR-Tools exactly."""

    def work() -> Result:
        market = Market(arranged(problem, 0).problem, Params(), 0)
        rows = np.arange(len(problem.workers), dtype=np.int32)
        found = market.shelves.best(rows, WIDTH, market.shelves.free)
        value = np.where(found.post >= 0, found.value, 0)
        return _told(value, assigned(found.post, value, market.problem.posts.seats))

    return _timed(work)


def _told(value: Table, taken: Table) -> Result:
    rows = np.flatnonzero(taken >= 0)
    return {"fit": int(value[rows, taken[rows]].sum()), "placed": len(rows)}


def _listed(problem: Problem) -> Listed:
    """Thirty-two posts for everyone, drawn at guessed prices."""
    market = Market(arranged(problem, 0).problem, Params(), 0)
    rows = np.arange(len(problem.workers), dtype=np.int32)
    seats = np.where(market.problem.posts.valid_until_day >= problem.on_day, market.problem.posts.seats, 0)
    price, shelves = guessed(market.shelves, rows, seats, 0)
    found = shelves.best(rows, WIDTH, price)
    value = np.where(found.post >= 0, found.value + price[found.post], 0).astype(np.int32)
    return Listed(found.post, value, seats.astype(np.int32))


def _auction_on_lists(problem: Problem) -> Result:
    listed = _listed(problem)

    def work() -> Result:
        nothing = np.zeros(len(listed.post), np.int32)
        lists = wide_lists(listed.post, listed.value, nothing)
        auction = Auction(lists, listed.seats, np.zeros(len(listed.seats), np.int32))
        auction.approach(STEPS)
        return {
            "fit": int(auction.value().sum(dtype=np.int64)),
            "placed": int((auction.books.taken >= 0).sum()),
        }

    return _timed(work)


def _flow_on_lists(problem: Problem) -> Result:
    listed = _listed(problem)
    return _timed(lambda: _told(listed.value, assigned(listed.post, listed.value, listed.seats)))


def _highs_on_lists(problem: Problem) -> Result:
    listed = _listed(problem)
    row, column = np.nonzero(listed.post >= 0)
    post, value, one = listed.post[row, column], listed.value[row, column], np.ones(len(row))

    def work() -> Result:
        pairs = np.arange(len(row))
        people = coo_array((one, (row, pairs)), shape=(len(listed.post), len(row)))
        posts = coo_array((one, (post, pairs)), shape=(len(listed.seats), len(row)))
        limit = np.concatenate([np.ones(len(listed.post)), listed.seats])
        found = linprog(
            -value, A_ub=vstack([people, posts]).tocsr(), b_ub=limit, bounds=(0, 1), method="highs"
        )
        return {"fit": round(-found.fun), "placed": round(found.x.sum())}

    return _timed(work)


def _scipy_on_lists(problem: Problem) -> Result:
    """Seats as columns, and a column of its own for each worker who stays."""
    listed = _listed(problem)

    def work() -> Result:
        row, column = np.nonzero(listed.post >= 0)
        copies = np.minimum(listed.seats, len(listed.post))[listed.post[row, column]]
        first = np.append(0, np.cumsum(listed.seats))
        unit = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies)
        seat = first[np.repeat(listed.post[row, column], copies)] + unit
        people, seats = len(listed.post), int(first[-1])
        cost = np.concatenate([-np.repeat(listed.value[row, column], copies) - 1, np.full(people, -1)])
        rows = np.concatenate([np.repeat(row, copies), np.arange(people)])
        columns = np.concatenate([seat, seats + np.arange(people)])
        graph = coo_array((cost.astype(float), (rows, columns)), shape=(people, seats + people)).tocsr()
        mine, sits = min_weight_full_bipartite_matching(graph)
        worth = -np.asarray(graph[mine, sits]) - 1
        return {"fit": round(float(worth.sum())), "placed": int((sits < seats).sum())}

    return _timed(work)


METHODS: dict[str, Callable[[Problem], Result]] = {
    "ours": _ours,
    "top-32-ortools": _top_lists,
    "lists-ours": _auction_on_lists,
    "lists-ortools": _flow_on_lists,
    "lists-highs": _highs_on_lists,
    "lists-scipy": _scipy_on_lists,
}
"""`ours` sees every pair; `lists-` methods all see the same lists of 32 posts."""
