"""Asked from the side of the posts, all pairs give the offers that the definition of a pair gives."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from tests.engines.matching.test_shelf import DECISIONS, worth
from zhitong.engines.matching import Params
from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.callers import Callers
from zhitong.engines.matching.shelf import Shelves


@pytest.mark.parametrize("params", DECISIONS, ids=["usual", "all", "middle", "minor", "same"])
def test_it_works(params: Params) -> None:
    seen = 0
    for seed in range(12):
        problem = arranged(random_round(seed, 90, 10 + 20 * seed, 0.2), seed).problem
        random = np.random.default_rng(seed)
        rows = random.permutation(90)[: 60 + 2 * seed].astype(np.int32)
        price = random.integers(0, 1500, len(problem.posts)).astype(np.int32)
        profit = random.integers(0, 1500, len(rows)).astype(np.int32)
        fit = worth(problem, params)[rows]
        posts = np.flatnonzero(random.random(len(problem.posts)) < 0.7)
        room = random.integers(1, 9, len(posts))
        least = random.integers(0, 300, len(posts))
        for shelves in (Shelves(problem, params), Shelves(problem, params).sorted_at(price)):
            found = Callers(shelves, rows).best(posts, room, profit, least)
            question, row, offer = found.each()
            seen += len(row)
            for number, post in enumerate(posts):
                offers = np.where(fit[:, post] > 0, fit[:, post] - profit, -(2**30))
                best = np.sort(offers[offers > least[number]])[::-1][: room[number]]
                assert sorted(offer[question == number], reverse=True) == list(best)
                assert (offers[row[question == number]] == offer[question == number]).all()
    assert seen > 500
