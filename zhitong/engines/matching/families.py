"""Families of made-up rounds that are hard in different ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.sample import sample_problem


def family_problem(family: str, workers: int, posts: int, seed: int, *, grouped: float = 0.0) -> Problem:
    """A round of one of `FAMILIES`; ValueError on another name. The same arguments give the same problem."""
    if family not in FAMILIES:
        raise ValueError(f"There is no family {family!r}; there are {', '.join(sorted(FAMILIES))}.")
    return FAMILIES[family](sample_problem(workers, posts, seed, grouped=grouped), seed)


def _city(problem: Problem, seed: int) -> Problem:
    return problem


def _ties(problem: Problem, seed: int) -> Problem:
    """Hardly anything tells posts or people apart: few wages, no journeys, nobody with experience or fellows."""
    posts, workers = problem.posts, problem.workers
    nobody = type(problem.fellows).nobody()
    low = posts.wage_low_fen // 200_000 * 200_000
    return replace(
        problem,
        posts=replace(
            posts,
            wage_low_fen=low,
            wage_high_fen=low,
            minutes_from_home=np.full(len(posts), 600),
            begins_day=np.full(len(posts), problem.on_day),
            dormitory=np.ones(len(posts), np.bool_),
            meals=np.ones(len(posts), np.bool_),
        ),
        workers=replace(
            workers,
            wage_floor_fen=workers.wage_floor_fen // 400_000 * 200_000,
            experienced=np.full_like(workers.experienced, -1),
            experience_years=np.zeros_like(workers.experience_years),
            priority=np.zeros_like(workers.priority),
        ),
        fellows=nobody,
    )


def _sparse(problem: Problem, seed: int) -> Problem:
    """Few posts pass: one wish, one place, nobody goes anywhere, higher floors."""
    workers = problem.workers
    wished, places = workers.wished.copy(), workers.wished_places.copy()
    wished[:, 1:], places[:, 1:] = -1, -1
    nowhere = problem.trees.place_parent[np.maximum(places[:, 0], 0)] < 0
    places[nowhere, 0] = problem.posts.place[np.arange(len(workers))[nowhere] % max(len(problem.posts), 1)]
    return replace(
        problem,
        workers=replace(
            workers,
            wished=wished,
            experienced=np.full_like(workers.experienced, -1),
            experience_years=np.zeros_like(workers.experience_years),
            wished_places=places,
            anywhere=np.zeros(len(workers), np.bool_),
            wage_floor_fen=workers.wage_floor_fen + 30_000,
        ),
    )


def _hot(problem: Problem, seed: int) -> Problem:
    """One post in fifty pays half as much again, lodges and feeds, and everyone wants it."""
    posts = problem.posts
    hot = np.random.default_rng(seed + 77).random(len(posts)) < 0.02
    return replace(
        problem,
        posts=replace(
            posts,
            wage_low_fen=np.where(hot, posts.wage_low_fen * 3 // 2, posts.wage_low_fen),
            wage_high_fen=np.where(hot, posts.wage_high_fen * 3 // 2 + 100_000, posts.wage_high_fen),
            dormitory=posts.dormitory | hot,
            meals=posts.meals | hot,
            minutes_from_home=np.where(hot, 60, posts.minutes_from_home),
        ),
        workers=replace(
            problem.workers, anywhere=problem.workers.anywhere | (problem.workers.village % 3 == 0)
        ),
    )


FAMILIES: dict[str, Callable[[Problem, int], Problem]] = {
    "city": _city,
    "hot": _hot,
    "sparse": _sparse,
    "ties": _ties,
}
"""`city` as a labour market, `ties` with few differences, `sparse` with few choices, `hot` with a few for all."""
