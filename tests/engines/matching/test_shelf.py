"""The scan under prices finds what the definition of a pair says, whatever the rules, prices and parameters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from zhitong.engines.matching import Params, Problem
from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.shelf import Best, Shelves

DECISIONS = [
    Params(),
    Params(furthest_occupation=4, occupation_percent=(90, 70, 70, 30, 20), wish_unstated_percent=100),
    Params(furthest_occupation=2, occupation_percent=(100, 0, 0, 0, 0), place_percent=(50,)),
    Params(furthest_occupation=1, full_experience_years=2, wish_unstated_percent=0),
    Params(furthest_occupation=0, place_accepted_percent=100, longest_wait_days=7),
]


def worth(problem: Problem, params: Params) -> np.ndarray:
    """(workers, posts) The fit of every pair that passes the rules, 0 of others."""
    worker, post = np.ogrid[: len(problem.workers), : len(problem.posts)]
    may = kept_rules(problem, params, worker, post).all(axis=-1)
    return np.where(may, points_of(problem, params, worker, post).sum(axis=-1, dtype=np.int64), 0)


def check(found: Best, gain: np.ndarray, least: np.ndarray) -> None:
    """Each row of `found` holds as many of the highest gains above `least` as it has room for."""
    for row, mine in enumerate(gain):
        best = np.sort(mine[mine > least[row]])[::-1][: found.post.shape[1]]
        kept = found.kept[row]
        assert sorted(found.value[row, :kept], reverse=True) == list(best)
        assert (mine[found.post[row, :kept]] == found.value[row, :kept]).all()
        assert (found.post[row, kept:] == -1).all()


@pytest.mark.parametrize("params", DECISIONS, ids=["usual", "all", "middle", "minor", "same"])
def test_it_works(params: Params) -> None:
    for seed in range(12):
        problem = arranged(random_round(seed, 50, 10 + 20 * seed, 0.2), seed).problem
        fit, random = worth(problem, params), np.random.default_rng(seed)
        rows = random.permutation(50)[: 10 + 3 * seed].astype(np.int32)
        price = (random.integers(0, 1500, len(problem.posts)) * (seed % 3 > 0)).astype(np.int32)
        shelves = Shelves(problem, params)
        for shelf in (shelves, shelves.sorted_at(price)):
            gain = np.where(fit[rows] > 0, fit[rows] - price, -(2**30))
            check(shelf.best(rows, 5, price), gain, np.zeros(len(rows)))
            open_to = random.random(len(problem.posts)) < 0.5
            least = random.integers(0, 1800, len(rows)).astype(np.int32)
            found = shelf.best(rows, 3, price, open_to=open_to, least=least)
            check(found, np.where(open_to, gain, -(2**30)), least)


def test_nobody_has_fellows_and_nothing_is_coded() -> None:
    problem = random_round(3, 40, 70, 0.0)
    uncoded = replace(problem.posts, occupation=np.full(70, -1))
    silent = replace(
        problem.workers,
        wished=np.full_like(problem.workers.wished, -1),
        experienced=np.full_like(problem.workers.experienced, -1),
        experience_years=np.zeros_like(problem.workers.experience_years),
    )
    alone = replace(problem, posts=uncoded, workers=silent, fellows=type(problem.fellows).nobody())
    laid = arranged(alone, 1).problem
    rows = np.arange(40, dtype=np.int32)
    found = Shelves(laid, Params()).best(rows, 4, np.zeros(70, np.int32))
    check(found, worth(laid, Params()), np.zeros(40))
    assert found.kept.sum() > 40


def test_what_one_scan_leaves_behind_does_not_reach_the_next() -> None:
    problem = arranged(random_round(5, 60, 200, 0.0), 0).problem
    rows, free = np.arange(60, dtype=np.int32), np.zeros(200, np.int32)
    together = Shelves(problem, Params()).best(rows, 3, free)
    for row in rows:
        alone = Shelves(problem, Params()).best(rows[row : row + 1], 3, free)
        assert (alone.value[0] == together.value[row]).all()
        assert (alone.post[0] == together.post[row]).all()
