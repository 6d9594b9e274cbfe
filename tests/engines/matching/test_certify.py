"""The certificate is computed again without the solver, and refuses a plan that somebody has made look better."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from tests.engines.matching.test_solve import best_with_groups
from zhitong.engines.matching import STRICT_MODE, Params, Plan, Problem, solve
from zhitong.engines.matching.__main__ import main
from zhitong.engines.matching.certify import certificate, most_at_all
from zhitong.engines.matching.files import save_plan, save_problem

pytestmark = pytest.mark.slow

ROUND = random_round(20, 40, 12, 0.4)
PLAN = solve(ROUND, seed=0)
Change = Callable[[Plan], dict[str, Any]]


def codes(problem: Problem, plan: Plan) -> set[str]:
    """The kinds of fault that the certificate names."""
    return {fault["code"] for fault in certificate(problem, plan)["broken_rules"]}


def _crowded(plan: Plan) -> dict[str, Any]:
    """Everyone on the post of the first who has one."""
    return {"post": np.where(plan.post >= 0, plan.post[plan.post >= 0][0], -1)}


def _flattered(plan: Plan) -> dict[str, Any]:
    """A score raised, and the total with it."""
    raised = plan.score + 50 * (plan.post >= 0)
    return {"score": raised, "total": int(raised.sum())}


def _split(plan: Plan) -> dict[str, Any]:
    """A member of a group that has seats stays at home."""
    post = plan.post.copy()
    post[np.flatnonzero((ROUND.workers.group >= 0) & (post >= 0))[0]] = -1
    return {"post": post}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_crowded, "seats"),
        (_flattered, "score"),
        (_split, "group_split"),
        (lambda plan: {"bound": plan.total}, "bound_claimed"),
        (lambda plan: {"bound": plan.bound - 1}, "bound_claimed"),
        (lambda plan: {"price": plan.price // 2}, "bound_claimed"),
        (lambda plan: {"price": np.zeros_like(plan.price)}, "bound_claimed"),
        (lambda plan: {"problem_digest": "0" * 32}, "other_problem"),
    ],
)
def test_a_plan_that_was_tampered_with_is_refused(change: Change, code: str) -> None:
    assert certificate(ROUND, PLAN)["broken_rules"] == []
    assert code in codes(ROUND, replace(PLAN, **change(PLAN)))


def test_whatever_the_prices_the_bound_is_not_below_the_best() -> None:
    best = best_with_groups(ROUND, PLAN.params)
    random = np.random.default_rng(1)
    for _ in range(20):
        price = random.integers(0, 2500, len(ROUND.posts))
        assert certificate(ROUND, replace(PLAN, price=price))["bound"] >= best


@pytest.mark.parametrize("priority", ["weight", STRICT_MODE])
@pytest.mark.parametrize("exact", [0, 3000])
def test_no_honest_plan_is_refused(priority: str, exact: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.clearing.EXACT", exact)
    for seed in range(12, 28):
        problem = random_round(seed, 3 + seed, 2 + seed // 3, (0.0, 0.5)[seed % 2])
        for stop in (None, lambda: True):
            plan = solve(problem, Params(priority_mode=priority), seed=seed, stop=stop)
            told = certificate(problem, plan)
            assert told["broken_rules"] == [], seed
            assert plan.total <= told["bound"] <= plan.bound <= most_at_all(problem, plan.params), seed


def test_the_command_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, plan = tmp_path / "problem.npz", tmp_path / "plan.npz"
    save_problem(ROUND, problem)
    save_plan(replace(PLAN, bound=PLAN.total), plan)
    assert main(["certify", str(problem), str(plan)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [fault["code"] for fault in told["broken_rules"]] == ["bound_claimed"]
    assert told["bound"] == PLAN.bound > PLAN.total
