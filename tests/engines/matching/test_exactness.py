"""Two thousand small rounds: nothing is claimed that brute force would not confirm."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.matching.making import random_round, shuffled
from tests.engines.matching.test_solve import best_alone, best_with_groups
from zhitong.engines.matching import Params, solve
from zhitong.engines.matching.certify import bound_at, certificate
from zhitong.engines.matching.families import FAMILIES, family_problem
from zhitong.engines.matching.search import Search
from zhitong.engines.matching.shelf import Shelves

PIECES = 20


def _lots(part: int) -> np.ndarray:
    return np.arange(part * 100, part * 100 + 100)


def test_it_works() -> None:
    problem = random_round(1, 14, 8, 0.6)
    found = certificate(problem, solve(problem, seed=0))
    assert found["broken_rules"] == []
    assert found["fit"] <= best_with_groups(problem, Params()) <= found["bound"]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PIECES))
def test_the_certificate_is_never_below_the_true_gap(part: int) -> None:
    best = 0
    for seed in _lots(part):
        problem = random_round(
            int(seed), 3 + int(seed) % 12, 2 + int(seed) % 6, (0.0, 0.5, 1.0)[int(seed) % 3]
        )
        plan = solve(problem, seed=int(seed) % 4)
        most = best_with_groups(problem, plan.params)
        assert plan.total <= most <= plan.bound, seed
        assert plan.broken_rules(problem) == (), seed
        assert most <= bound_at(problem, plan), seed
        best += plan.total == most
    assert best >= 99


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_the_auction_holds_where_it_can_be_followed(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", 0)
    for seed in _lots(part):
        problem = random_round(int(seed), int(seed) % 40, 1 + int(seed) % 20, (0.0, 0.4)[int(seed) % 2])
        plan = solve(problem, seed=1)
        assert plan.broken_rules(problem) == (), seed
        assert plan.bound == bound_at(problem, plan), seed
        if not (problem.workers.group >= 0).any():
            most = best_alone(problem, plan.params)
            assert plan.total <= most <= plan.bound, seed
            assert most - plan.total <= 4 * len(problem.workers), seed


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_thousand_people_are_cleared_by_the_auction(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = family_problem(family, 1500, 120, 3, grouped=0.05)
    exact = solve(problem, seed=0)
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", 0)
    plan = solve(problem, seed=0)
    assert plan.broken_rules(problem) == ()
    assert plan.total <= exact.bound
    assert bound_at(problem, plan) <= plan.bound <= 1.001 * bound_at(problem, plan)
    assert plan.total >= 0.99 * exact.total


def test_the_order_of_rows_decides_nothing_in_the_auction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", 0)
    problem = random_round(9, 300, 60, 0.2)
    first, again = solve(problem, seed=3), solve(shuffled(problem, 5), seed=3)
    assert (first.total, first.bound, first.placed) == (again.total, again.bound, again.placed)
    assert sorted(first.score) == sorted(again.score)


def test_threads_change_nothing_in_the_auction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", 0)
    monkeypatch.setattr("zhitong.engines.matching.shelf.PIECE", 17)
    problem = random_round(5, 200, 60, 0.2)
    one, two = solve(problem, Params(threads=1), seed=0), solve(problem, Params(threads=2), seed=0)
    assert all(
        (left == right).all() for (_, left), (_, right) in zip(one.arrays(), two.arrays(), strict=True)
    )


def test_when_time_is_up_the_plan_so_far_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", 0)
    monkeypatch.setattr("zhitong.engines.matching.shelf.PIECE", 50)
    problem = random_round(5, 400, 60, 0.2)
    best = solve(problem, seed=0)
    for asked in (0, 3, 12, 20, 40):
        answers = iter([False] * asked)
        plan = solve(problem, seed=0, stop=lambda answers=answers: next(answers, True))
        assert plan.broken_rules(problem) == ()
        assert plan.total <= best.bound
        assert plan.bound >= best.total


def test_what_cannot_be_cut_short_comes_while_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", 0)
    asked: list[str] = []
    for kind, name in ((Search, "survey"), (Shelves, "best")):
        told = getattr(kind, name)
        monkeypatch.setattr(kind, name, lambda self, rows, *given, told=told, name=name, **more: (
            asked.extend([name] * min(len(rows), 1)) or told(self, rows, *given, **more)
        ))  # fmt: skip
    problem = random_round(5, 40, 20, 0.0)
    solve(problem, seed=0, stop=lambda: len(asked) > 4)
    assert asked[0] == "survey"
    assert asked.count("survey") == 1
    asked.clear()
    solve(problem, seed=0)
    assert asked[-1] == "survey"
