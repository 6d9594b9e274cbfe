"""The checker refuses each kind of broken plan, and says which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.matching.making import random_round, round_of, rounds
from zhitong.engines.matching import PARTS, BrokenRule, Params, Plan, Problem, Reason, Rule, SeatReason, solve
from zhitong.engines.matching.pairs import points_of

ROUND = round_of(
    [
        {"group": 0},
        {"group": 0},
        {"priority": 1},
        {"wage_floor_fen": 900_000},
        {"village": 1},
        {"village": 2},
    ],
    [{"seats": 2}, {"seats": 2, "employer": 1}, {"place": 3}, {"valid_until_day": 999}],
    groups=[0],
)


def changed(column: str, row: int, value: int) -> Callable[[Plan], dict[str, Any]]:
    """A change of one cell of a plan."""

    def change(plan: Plan) -> dict[str, Any]:
        values = getattr(plan, column).copy()
        values[row] = value
        return {column: values}

    return change


def codes(faults: tuple[BrokenRule, ...]) -> set[str]:
    """The kinds of fault found."""
    return {fault.code for fault in faults}


def given_to(problem: Problem, posts: list[int]) -> Plan:
    """A plan that gives just these posts, with every number that follows from them right."""
    post, workers = np.array(posts, np.int32), np.arange(len(posts))
    plan = solve(problem, seed=0)
    points = np.where((post >= 0)[:, None], points_of(problem, plan.params, workers, np.maximum(post, 0)), 0)
    score = points.sum(axis=1)
    left = problem.posts.seats - np.bincount(post[post >= 0], minlength=len(problem.posts))
    return replace(
        plan,
        post=post,
        parts=points,
        score=score,
        total=int(score.sum()),
        bound=int(score.sum()),
        seats_left=np.maximum(left, 0),
    )


def test_it_works() -> None:
    plan = solve(ROUND, seed=0)
    assert plan.broken_rules(ROUND) == ()
    assert plan.post[2] >= 0
    assert plan.post[3] == -1


ONE_FAULT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "open": ({}, {"valid_until_day": 999, "begins_day": 1010}),
    "age": ({"age": 17}, {"heavy": True}),
    "certificate": ({}, {"certificates": [70]}),
    "day": ({"earliest_day": 1021}, {}),
    "place": ({"wished_places": [3]}, {}),
    "wage": ({"wage_floor_fen": 400_001}, {}),
    "education": ({"education": 1}, {"education": 2}),
    "occupation": ({"wished": [11]}, {}),
    "declined": ({"declined_posts": [0]}, {}),
}


@pytest.mark.parametrize("rule", sorted(ONE_FAULT))
def test_a_post_that_breaks_a_hard_rule_is_found(rule: str) -> None:
    worker, post = ONE_FAULT[rule]
    problem = round_of([worker], [post])
    faults = given_to(problem, [0]).broken_rules(problem)
    mine = [fault for fault in faults if fault.code == rule]
    assert [(fault.worker, fault.post) for fault in mine] == [(0, 0)]
    assert rule in mine[0].sentence
    assert not codes(faults) & (set(ONE_FAULT) - {rule})


def test_every_hard_rule_has_its_case() -> None:
    assert set(ONE_FAULT) == {rule.name.lower() for rule in Rule if rule != Rule.NONE}


def test_more_people_than_seats_are_found() -> None:
    problem = round_of([{}, {}], [{"seats": 1}])
    faults = given_to(problem, [0, 0]).broken_rules(problem)
    assert ("seats", None, 0) in {(fault.code, fault.worker, fault.post) for fault in faults}


@pytest.mark.parametrize("posts", [[0, -1], [-1, 1]])
def test_a_group_placed_in_part_is_found(posts: list[int]) -> None:
    problem = round_of([{"group": 0}, {"group": 0}], [{}, {}], groups=[0])
    assert "group_split" in codes(given_to(problem, posts).broken_rules(problem))


def test_a_group_in_two_cities_is_found() -> None:
    places = {"wished_places": [2, 3]}
    problem = round_of([{"group": 0, **places}, {"group": 0, **places}], [{}, {"place": 3}], groups=[0])
    assert "group_apart" in codes(given_to(problem, [0, 1]).broken_rules(problem))


@pytest.mark.parametrize(("rule", "found"), [(0, False), (1, True)])
def test_a_group_with_two_employers_is_found_where_the_group_wants_one(rule: int, found: bool) -> None:
    problem = round_of([{"group": 0}, {"group": 0}], [{"employer": 1}, {"employer": 2}], groups=[rule])
    assert ("group_apart" in codes(given_to(problem, [0, 1]).broken_rules(problem))) is found


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("score", changed("score", 2, 1)),
        ("total", lambda plan: {"total": plan.total + 1}),
        ("bound", lambda plan: {"bound": plan.total - 1}),
        ("seats_left", changed("seats_left", 2, 7)),
        ("reason", changed("reason", 2, Reason.ALL_FULL)),
        ("reason", changed("reason", 3, Reason.BEST)),
        ("reason", changed("reason", 0, Reason.BETTER_FULL)),
        ("reason", changed("choices", 2, 0)),
        ("best_score", changed("best_score", 2, 5)),
        ("blocked_by", changed("blocked_by", 3, Rule.NONE)),
        ("blocked_by", changed("blocked_by", 2, Rule.AGE)),
        ("missing", changed("missing_rule", 3, Rule.AGE)),
        ("missing", changed("missing_score", 3, 1)),
        ("missing", changed("missing_post", 3, 3)),
        ("missing", changed("missing_post", 3, -1)),
        ("seat_reason", changed("seat_reason", 2, SeatReason.FULL)),
        ("seat_reason", changed("candidates", 0, 0)),
        ("unknown_post", changed("post", 2, 4)),
        ("unknown_post", changed("missing_post", 2, 99)),
        ("other_problem", lambda plan: {"problem_digest": "0" * 32}),
    ],
)
def test_a_wrong_number_is_found(code: str, change: Callable[[Plan], dict[str, Any]]) -> None:
    plan = solve(ROUND, seed=0)
    assert code in codes(replace(plan, **change(plan)).broken_rules(ROUND))


def test_parts_that_do_not_explain_the_score_are_found() -> None:
    plan = solve(ROUND, seed=0)
    parts = plan.parts.copy()
    parts[2, :2] += np.array([10, -10], np.int16)
    assert codes(replace(plan, parts=parts).broken_rules(ROUND)) == {"parts"}


def test_a_plan_of_another_size_is_found() -> None:
    other = round_of([{}], [{}])
    assert codes(solve(other, seed=0).broken_rules(ROUND)) == {"other_problem"}


def test_someone_told_that_nothing_passes_while_a_post_does_is_found() -> None:
    problem = round_of([{}], [{}])
    plan = given_to(problem, [-1])
    lie = replace(
        plan, reason=[Reason.NO_POST], blocked_by=[Rule.WAGE], choices=[0], best_score=[0], candidates=[0]
    )
    faults = [fault for fault in lie.broken_rules(problem) if fault.code == "not_refused"]
    assert [(fault.worker, fault.post) for fault in faults] == [(0, 0)]


def test_someone_told_that_all_is_full_beside_an_empty_seat_is_found() -> None:
    problem = round_of([{}], [{}])
    lie = replace(given_to(problem, [-1]), reason=[Reason.ALL_FULL])
    assert ("seat_free", 0, 0) in {
        (fault.code, fault.worker, fault.post) for fault in lie.broken_rules(problem)
    }


@pytest.mark.parametrize(("rule", "found"), [(0, True), (1, False)])
def test_a_group_told_that_it_cannot_sit_together_is_tested(rule: int, found: bool) -> None:
    problem = round_of([{"group": 0}, {"group": 0}], [{"employer": 1}, {"employer": 2}], groups=[rule])
    told = replace(given_to(problem, [-1, -1]), reason=[Reason.GROUP_APART] * 2)
    assert ("seat_free" in codes(told.broken_rules(problem))) is found


def test_seats_for_all_are_not_enough_when_two_want_the_same() -> None:
    workers = [{"group": 0, "wished_places": [2], "education": 0}, {"group": 0, "education": 0}, {"group": 0}]
    posts = [{"seats": 1}, {"seats": 5, "education": 2}]
    problem = round_of(workers, posts, groups=[0])
    plan = solve(problem, seed=0)
    assert [Reason(code) for code in plan.reason] == [Reason.GROUP_APART] * 3
    assert plan.broken_rules(problem) == ()


def test_faults_of_one_kind_are_cut_off_at_a_hundred() -> None:
    problem = round_of([{"wage_floor_fen": 500_000}] * 300, [{"seats": 300}])
    faults = given_to(problem, [0] * 300).broken_rules(problem)
    assert sum(fault.code == "wage" for fault in faults) == 100


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(rounds(), st.integers(0, 2**32))
def test_any_other_assignment_is_found_or_fair(problem: Problem, seed: int) -> None:
    """A worker moved at random to another post never passes unnoticed: at least a number is wrong."""
    plan = solve(problem, seed=0)
    if not len(problem.workers) or not len(problem.posts):
        return
    random = np.random.default_rng(seed)
    worker, post = int(random.integers(len(problem.workers))), int(random.integers(-1, len(problem.posts)))
    if post == plan.post[worker]:
        return
    moved = plan.post.copy()
    moved[worker] = post
    assert replace(plan, post=moved).broken_rules(problem)


def test_parts_have_a_column_for_each_part() -> None:
    plan = solve(random_round(1, 5, 5, 0.0), Params(), seed=0)
    assert plan.parts.shape == (5, PARTS)
