"""The checker finds each thing that can be wrong with a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.linkage.making import listed, number
from zhitong.engines.linkage import Plan, Problem, Reason, Verdict, solve

V, P = "529901101201", "15400000001"
MAN = {"id_number": number("52990119900102001"), "name": "王大明", "phone": P, "village": V}
ROWS = (
    MAN,
    MAN,
    {"name": "王大亮", "birth_on": "1990-01-02", "phone": P, "village": V},
    {**MAN, "id_number": number("52990119900102003")},
    {"name": "李秀英", "village": V},
)


def a_problem(**decisions: Any) -> Problem:
    return Problem(listed(*ROWS), **decisions)


def plan_of(
    problem: Problem, *pairs: tuple[int, int], reason: Reason = Reason.SCORE, bits: float = 20.0
) -> Plan:
    """A plan that joins pairs, whatever the solver thinks of them."""
    plan = solve(problem, seed=1)
    cluster = np.arange(len(ROWS))
    for one, other in pairs:
        cluster[cluster == cluster[other]] = cluster[one]
    parts = np.zeros((len(pairs), plan.parts.shape[1]), np.float32)
    parts[:, 0] = bits
    return replace(
        plan,
        row_a=np.array([one for one, _ in pairs], np.int64),
        row_b=np.array([other for _, other in pairs], np.int64),
        bits=np.full(len(pairs), bits),
        verdict=np.full(len(pairs), Verdict.SAME, np.int8),
        reason=np.full(len(pairs), reason, np.int8),
        parts=parts,
        against=np.zeros(len(pairs), np.int8),
        cluster=cluster,
    )


def codes(problem: Problem, plan: Plan) -> set[str]:
    return {fault.code for fault in plan.broken_rules(problem)}


def test_it_works() -> None:
    problem = a_problem()
    assert codes(problem, solve(problem, seed=1)) == set()
    assert codes(problem, plan_of(problem, (0, 1))) == set()


def test_a_plan_for_another_problem() -> None:
    assert codes(Problem(listed(*ROWS[1:], MAN)), solve(a_problem(), seed=1)) == {"other_problem"}
    assert codes(Problem(listed(MAN)), solve(a_problem(), seed=1)) == {"other_problem"}


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([(0, 3)], "two_numbers"),
        ([(0, 2)], "twins"),
        ([(3, 2)], "pair"),
        ([(0, 1), (0, 1)], "pair"),
    ],
)
def test_pairs_that_must_not_be_joined(pairs: list[tuple[int, int]], code: str) -> None:
    assert code in codes(a_problem(), plan_of(a_problem(), *pairs))


def test_rejected_and_confirmed_pairs() -> None:
    refused = a_problem(rejected=np.array([[0, 1]]))
    assert "rejected" in codes(refused, plan_of(refused, (0, 1)))
    confirmed = a_problem(fixed=np.array([[0, 4]]))
    assert "fixed" in codes(confirmed, plan_of(confirmed, (0, 1)))
    assert codes(confirmed, plan_of(confirmed, (0, 4), reason=Reason.CONFIRMED)) == set()


def test_two_numbers_stand_together_when_a_person_says_so() -> None:
    problem = a_problem(fixed=np.array([[0, 3]]))
    assert codes(problem, plan_of(problem, (0, 3), reason=Reason.CONFIRMED)) == set()


def test_confirmed_pairs_that_rejected_ones_forbid_are_reported() -> None:
    problem = a_problem(fixed=np.array([[0, 1], [1, 4]]), rejected=np.array([[0, 4]]))
    plan = solve(problem, seed=1)
    assert plan.unmet.tolist() == [[1, 4]]
    assert codes(problem, plan) == set()
    assert "fixed" in codes(problem, replace(plan, unmet=np.zeros((0, 2), np.int64)))


def test_verdicts_thresholds_and_sums() -> None:
    problem = a_problem()
    plan = plan_of(problem, (0, 1))
    assert "verdict" in codes(problem, replace(plan, verdict=np.array([Verdict.REVIEW], np.int8)))
    assert "threshold" in codes(problem, plan_of(problem, (0, 1), bits=1.0))
    assert "parts" in codes(problem, replace(plan, bits=np.array([21.0])))
    alone = replace(plan, verdict=np.array([Verdict.REVIEW], np.int8), cluster=np.arange(len(ROWS)))
    assert "threshold" in codes(problem, alone)
    low = replace(alone, bits=np.array([-1.0]), parts=alone.parts * np.float32(-0.05))
    assert "threshold" in codes(problem, low)


def test_clusters_are_listed_named_and_held_together() -> None:
    problem = a_problem()
    plan = plan_of(problem, (0, 1))
    assert "listing" in codes(problem, replace(plan, cluster=np.array([0, 0, 2, 3, 0])))
    assert "cluster" in codes(problem, replace(plan, cluster=np.array([1, 1, 2, 3, 4])))
    assert "chain" in codes(problem, plan_of(problem, (0, 1), reason=Reason.THROUGH))
