"""Measuring the market beside other methods on the same made-up round: each method by itself, in processor time."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.clearing import Market, clear
from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.edges import Edges, solve_edges
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.flow import assigned
from zhitong.engines.matching.guess import guessed
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.peers import PEERS, Answer, bound_at, by_ortools, whole, worth_of
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.sample import sample_problem

WIDTH = 32
STEPS = (128, 16, 2, 1)
WARM = (4000, 300)
MOST_PAIRS = 40_000_000
"""So many pairs at most are given to OR-Tools at once: a hundred bytes each."""
DRAWN = 1024

Result = dict[str, Any]
Table = npt.NDArray[np.integer[Any]]
Found = TypeVar("Found")


class Setting(NamedTuple):
    """How a method is run, beside the round."""

    threads: int = 1
    gap_ppm: int | None = None
    """For `ours`: how near is asked for; None the default of `Params`."""
    seconds: float = 600.0
    """How long a solver that can be cut short may take."""


class Listed(NamedTuple):
    """Equal lists for every method: the posts of each worker and what they are worth."""

    post: Ints
    value: Ints
    seats: Ints

    def edges(self) -> Edges:
        """The same as a plain assignment."""
        row, column = np.nonzero(self.post >= 0)
        worth = self.value[row, column]
        return Edges(row, self.post[row, column], worth, self.seats, np.zeros(len(self.post), np.int64))


def measure(
    method: str,
    family: str,
    workers: int,
    posts: int,
    seed: int,
    grouped: float = 0.0,
    setting: Setting | None = None,
) -> Result:
    """Certified gap (None where there is none), fit, placed, processor and wall seconds and memory of a method.

    It is one of `METHODS`, on a made-up round.
    """
    setting = setting or Setting()
    METHODS[method](arranged(sample_problem(*WARM, 0), 0).problem, setting)  # loads the compiled loops
    problem = family_problem(family, workers, posts, seed, grouped=grouped)
    return METHODS[method](problem, setting)


def _timed(work: Callable[[], Found]) -> tuple[Found, Result]:
    """What `work` finds, and what that takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found, {
        "cpu_s": round(time.process_time() - cpu, 3),
        "wall_s": round(time.perf_counter() - wall, 3),
        "rss_mb": round(used / 1024),
    }


def _told(fit: int, placed: int, bound: int | None, **more: Any) -> Result:
    """The figures that every method gives."""
    gap = None if bound is None else (bound - fit) / bound if bound else 0.0
    return {"certified_gap": gap, "fit": fit, "placed": placed, "bound": bound, **more}


def _ours(problem: Problem, setting: Setting) -> Result:
    """From arrays to placement and certificate; the reasons given to each person are not part of it."""
    params = Params(threads=setting.threads)
    if setting.gap_ppm is not None:
        params = replace(params, gap_ppm=setting.gap_ppm)
    (market, bound), taken = _timed(lambda: clear(arranged(problem, 0).problem, params, 0))
    standing, seats = market.standing, problem.posts.seats[problem.posts.valid_until_day >= problem.on_day]
    placed = int((standing.post >= 0).sum())
    return {**_told(standing.total, placed, bound.most, seats=int(seats.sum(dtype=np.int64))), **taken}


def _top_lists(problem: Problem, setting: Setting) -> Result:
    """The 32 best posts of each worker, whatever they cost, then OR-Tools exactly."""

    def work() -> tuple[Table, Table]:
        market = Market(arranged(problem, 0).problem, Params(), 0)
        rows = np.arange(len(problem.workers), dtype=np.int32)
        found = market.shelves.best(rows, WIDTH, market.shelves.free)
        value = np.where(found.post >= 0, found.value, 0)
        return value, assigned(found.post, value, market.problem.posts.seats)

    (value, column), taken = _timed(work)
    rows = np.flatnonzero(column >= 0)
    return {**_told(int(value[rows, column[rows]].sum(dtype=np.int64)), len(rows), None), **taken}


def _all_pairs(problem: Problem, setting: Setting) -> Result:
    """Every pair that keeps the rules, then OR-Tools exactly: the best that is possible where everyone goes alone.

    ValueError where there are too many pairs.
    """

    def work() -> tuple[Edges, Answer]:
        edges = pairs_of(problem)
        return edges, by_ortools(edges, setting.seconds)

    (edges, answer), taken = _timed(work)
    return {**answered(edges, answer), **taken}


def pairs_of(problem: Problem) -> Edges:
    """All pairs that keep the rules, with their fit; ValueError where there are more than `MOST_PAIRS`."""
    market, count = Market(arranged(problem, 0).problem, Params(), 0), 0
    shelves, found = market.shelves, []
    for start in range(0, len(problem.workers), DRAWN):
        rows = np.arange(start, min(start + DRAWN, len(problem.workers)), dtype=np.int32)
        best = shelves.best(rows, len(problem.posts), shelves.free)
        row, column = np.nonzero(np.arange(best.post.shape[1]) < best.kept[:, None])
        found.append((rows[row], best.post[row, column], best.value[row, column]))
        count += len(row)
        if count > MOST_PAIRS:
            raise ValueError(f"There are more than {MOST_PAIRS} pairs: too many to be solved as they are.")
    row, post, value = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Edges(row, post, value, market.problem.posts.seats, np.zeros(len(problem.workers), np.int64))


def answered(edges: Edges, answer: Answer) -> Result:
    """The plan that a solver's answer comes to, and what its prices prove."""
    if answer.share is None:
        return {"certified_gap": None, "fit": None, "placed": None, "bound": None, "ended": answer.ended}
    post = whole(edges, answer.share)
    given = post[edges.row] == edges.post
    bound = None if answer.price is None else bound_at(edges, answer.price)
    fit = int(worth_of(edges)[given].sum() + edges.staying.sum())
    used = float((worth_of(edges) * answer.share).sum() + edges.staying.sum())
    return _told(fit, int((post >= 0).sum()), bound, objective=round(used), ended=answer.ended)


def _listed(problem: Problem) -> Listed:
    """Thirty-two posts for everyone, drawn at guessed prices."""
    market = Market(arranged(problem, 0).problem, Params(), 0)
    rows = np.arange(len(problem.workers), dtype=np.int32)
    seats = np.where(market.problem.posts.valid_until_day >= problem.on_day, market.problem.posts.seats, 0)
    price, shelves = guessed(market.shelves, rows, seats, 0)
    found = shelves.best(rows, WIDTH, price)
    value = np.where(found.post >= 0, found.value + price[found.post], 0).astype(np.int32)
    return Listed(found.post, value, seats.astype(np.int32))


def _auction_on_lists(problem: Problem, setting: Setting) -> Result:
    listed = _listed(problem)

    def work() -> Auction:
        nothing = np.zeros(len(listed.post), np.int32)
        lists = wide_lists(listed.post, listed.value, nothing)
        auction = Auction(lists, listed.seats, np.zeros(len(listed.seats), np.int32))
        auction.approach(STEPS)
        return auction

    auction, taken = _timed(work)
    fit, placed = int(auction.value().sum(dtype=np.int64)), int((auction.books.taken >= 0).sum())
    return {**_told(fit, placed, bound_at(listed.edges(), auction.books.price)), **taken}


def _peer_on_lists(name: str, problem: Problem, setting: Setting) -> Result:
    edges = _listed(problem).edges()
    answer, taken = _timed(lambda: PEERS[name](edges, setting.seconds))
    return {**answered(edges, answer), **taken}


def compare(edges: Edges, peers: tuple[str, ...], seconds: float = 600.0) -> Result:
    """What we and each of `PEERS` named make of a plain assignment; `METHODS`' figures for each."""
    found: Result = {}
    one = np.zeros(1, np.int64)
    solve_edges(Edges(one, one, one + 1, one + 1, one))  # loads the compiled loops
    plan, taken = _timed(lambda: solve_edges(edges))
    found["ours"] = {**_told(plan.total, int((plan.post >= 0).sum()), plan.bound), **taken}
    for name in peers:
        answer, taken = _timed(partial(PEERS[name], edges, seconds))
        found[name] = {**answered(edges, answer), **taken}
    return found


METHODS: dict[str, Callable[[Problem, Setting], Result]] = {
    "ours": _ours,
    "top-32-ortools": _top_lists,
    "all-ortools": _all_pairs,
    "lists-ours": _auction_on_lists,
    **{f"lists-{name}": partial(_peer_on_lists, name) for name in PEERS},
}
"""`ours` and `all-` see every pair; `lists-` methods all see the same lists of 32 posts."""
