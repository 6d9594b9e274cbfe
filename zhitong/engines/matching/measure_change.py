"""Measuring changes: a made-up round is cleared, something of it changes, and it is cleared again from there."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhitong.engines.matching.again import Before, Change, before_of, solve_again
from zhitong.engines.matching.arrange import arranged, taken
from zhitong.engines.matching.clearing import clear
from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.posted import with_posts
from zhitong.engines.matching.problem import Problem

SHARE = 100
"""One part in so many changes."""
ADOPTED = 10
"""One in so many who have a post has an adopted offer."""
WARM = (4000, 300)
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Round:
    """A cleared round, and who and what may join it."""

    whole: Problem
    workers: Flags
    posts: Flags
    """What of the whole was there when the round was cleared."""
    post: Ints
    """(workers of the whole,)"""
    price: Ints
    """(posts of the whole,)"""
    bound: int
    seconds: float
    fixed: Flags

    def problem(self, workers: Flags, posts: Flags) -> Problem:
        """The round with these."""
        there = taken(self.whole.workers, np.flatnonzero(workers))
        return with_posts(replace(self.whole, workers=there), np.flatnonzero(posts))


def measure_changes(
    family: str,
    workers: int,
    posts: int,
    seed: int,
    *,
    kinds: Sequence[str] | None = None,
    against: bool = True,
) -> dict[str, Result]:
    """Seconds, gap and bystanders of each of `CHANGES`, all from one cleared round of so many workers and posts.

    `against` clears each changed round as a whole too, to compare. ValueError on another kind of change.
    """
    for kind in kinds or ():
        if kind not in CHANGES:
            raise ValueError(f"There is no change {kind!r}; there are {', '.join(CHANGES)}.")
    warm = _cleared(family_problem("city", *WARM, 0), 0)
    for kind in CHANGES:
        _measured(kind, warm, 0, True)  # loads the compiled loops
    more = family_problem(family, workers + workers // SHARE, posts + posts // SHARE, seed)
    held = _cleared(more, seed)
    return {kind: _measured(kind, held, seed, against) for kind in kinds or CHANGES}


def _cleared(whole: Problem, seed: int) -> Round:
    """The round without one part in `SHARE` of its people and posts."""
    random = np.random.default_rng(seed)
    here, there = _but(len(whole.workers), random), _but(len(whole.posts), random)
    nothing = np.zeros(0, np.int32)
    round_ = Round(whole, here, there, nothing, nothing, 0, 0.0, nothing > 0)
    post, price, _, bound, seconds = _solved(round_.problem(here, there))
    of_all, of_posts = np.full(len(here), -1, np.int32), np.zeros(len(there), np.int32)
    of_all[here] = np.append(np.flatnonzero(there), -1)[post]
    of_posts[there] = price
    fixed = (of_all >= 0) & (random.integers(0, ADOPTED, len(here)) == 0)
    return replace(round_, post=of_all, price=of_posts, bound=bound, seconds=seconds, fixed=fixed)


def _but(count: int, random: np.random.Generator) -> Flags:
    here = np.ones(count, np.bool_)
    here[random.choice(count, count // (SHARE + 1), replace=False)] = False
    return here


def _solved(problem: Problem) -> tuple[Ints, Ints, int, int, float]:
    """Posts, prices, fit and bound, and processor seconds from arrays to placement and certificate."""
    began = time.process_time()
    laid = arranged(problem, 0)
    market, bound = clear(laid.problem, Params(), 0)
    seconds = time.process_time() - began
    post, price = np.empty_like(market.standing.post), np.empty_like(bound.price)
    post[laid.workers] = np.append(laid.posts, -1)[market.standing.post]
    price[laid.posts] = bound.price
    return post, price, market.standing.total, bound.most, seconds


def _measured(kind: str, held: Round, seed: int, against: bool) -> Result:
    problem, before, people = CHANGES[kind](held, np.random.default_rng((seed, 7)))
    cpu, wall = time.process_time(), time.perf_counter()
    change = solve_again(problem, before, seed=seed, certified=True)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    assert change.bound is not None
    return {
        "people": people,
        "cpu_s": round(cpu, 3),
        "wall_s": round(wall, 3),
        "us_a_person": round(cpu / max(people, 1) * 1e6, 1),
        "share_of_full": round(cpu / held.seconds, 4),
        "certified_gap": round((change.bound - change.total) / change.bound, 6) if change.bound else 0.0,
        "fit": change.total,
        "placed": int((change.post >= 0).sum()),
        "bystanders": change.bystanders,
        "fixed": int(before.fixed.sum()),
        "fixed_moved": int((change.post != before.post)[before.fixed].sum()),
        "full_s": round(held.seconds, 3),
        **(_beside_full(problem, change) if against else {}),
    }


def _beside_full(problem: Problem, change: Change) -> Result:
    """The changed round cleared as a whole, with nobody fixed."""
    post, _, fit, bound, seconds = _solved(problem)
    return {
        "full": {
            "cpu_s": round(seconds, 3),
            "fit": fit,
            "placed": int((post >= 0).sum()),
            "certified_gap": round((bound - fit) / bound, 6) if bound else 0.0,
        },
        "fit_below_full": round((fit - change.total) / fit, 6) if fit else 0.0,
    }


def _before(held: Round, workers: Flags, posts: Flags) -> Before:
    """What is known of those who were there and stay; whoever and whatever is new asks."""
    place = np.append(np.where(posts, np.cumsum(posts) - 1, -1), -1)
    was = held.problem(held.workers, held.posts)
    old = np.append(np.where(held.posts, np.cumsum(held.posts) - 1, -1), -1)
    known = before_of(was, Params(), old[held.post][held.workers], held.price[held.posts], held.bound)
    score = np.zeros(len(workers), np.int32)
    score[held.workers] = known.score
    return Before(
        place[held.post][workers], score[workers], held.price[posts], held.fixed[workers],
        ~held.workers[workers], ~held.posts[posts], known.slack,
    )  # fmt: skip


def _arrivals(held: Round, random: np.random.Generator) -> tuple[Problem, Before, int]:
    everyone = np.ones(len(held.workers), np.bool_)
    before = _before(held, everyone, held.posts)
    return held.problem(everyone, held.posts), before, int((~held.workers).sum())


def _new_posts(held: Round, random: np.random.Generator) -> tuple[Problem, Before, int]:
    every = np.ones(len(held.posts), np.bool_)
    before = _before(held, held.workers, every)
    return held.problem(held.workers, every), before, int(held.whole.posts.seats[~held.posts].sum())


def _closures(held: Round, random: np.random.Generator) -> tuple[Problem, Before, int]:
    """The people are those who lose a post."""
    problem, before = held.problem(held.workers, held.posts), _before(held, held.workers, held.posts)
    adopted = np.bincount(before.post[before.fixed], minlength=len(problem.posts))
    there = np.flatnonzero(problem.posts.seats > 0)
    closed = np.zeros(len(problem.posts), np.bool_)
    closed[random.choice(there, max(len(there) // SHARE, 1), replace=False)] = True
    lost = np.append(closed, False)[before.post] & ~before.fixed
    posts = replace(problem.posts, seats=np.where(closed, adopted, problem.posts.seats))
    return replace(problem, posts=posts), _without(before, lost), int(lost.sum())


def _withdrawals(held: Round, random: np.random.Generator) -> tuple[Problem, Before, int]:
    """The people are those of whom nobody has an adopted offer, with a post or without."""
    alone = held.workers & ~held.fixed & (held.whole.workers.group < 0)
    gone = random.choice(np.flatnonzero(alone), int(held.workers.sum()) // SHARE, replace=False)
    stay = held.workers.copy()
    stay[gone] = False
    return held.problem(stay, held.posts), _before(held, stay, held.posts), len(gone)


def _wishes(held: Round, random: np.random.Generator) -> tuple[Problem, Before, int]:
    """Some wish what others wish."""
    problem, before = held.problem(held.workers, held.posts), _before(held, held.workers, held.posts)
    workers = problem.workers
    alone = np.flatnonzero(~before.fixed & (workers.group < 0))
    some = random.choice(alone, len(workers) // SHARE, replace=False)
    order = np.arange(len(workers))
    order[some] = random.choice(len(workers), len(some))
    columns = ("wished", "wished_places", "excluded_places", "anywhere", "wage_floor_fen", "earliest_day")
    other = replace(workers, **{name: getattr(workers, name)[order] for name in columns})
    problem, asks = replace(problem, workers=other), np.zeros(len(workers), np.bool_)
    asks[some] = True
    held_by = some[before.post[some] >= 0]
    keeps = kept_rules(problem, Params(), held_by, before.post[held_by]).all(axis=1)
    score = before.score.copy()
    score[held_by] = points_of(problem, Params(), held_by, before.post[held_by]).sum(axis=1)
    lost = np.zeros(len(workers), np.bool_)
    lost[held_by[~keeps]] = True
    return problem, replace(_without(replace(before, score=score), lost), asks=asks), len(some)


def _without(before: Before, lost: Flags) -> Before:
    """These have lost their posts, and ask."""
    post, score = np.where(lost, -1, before.post), np.where(lost, 0, before.score)
    return replace(before, post=post, score=score, asks=before.asks | lost)


CHANGES: dict[str, Callable[[Round, np.random.Generator], tuple[Problem, Before, int]]] = {
    "arrivals": _arrivals,
    "closures": _closures,
    "new-posts": _new_posts,
    "wishes": _wishes,
    "withdrawals": _withdrawals,
}
"""What may change of one part in `SHARE`."""
