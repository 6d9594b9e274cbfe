"""What holds for every plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array

from tests.engines.matching.making import random_round, round_of, rounds, shuffled
from zhitong.engines.matching import GroupRule, Params, Plan, Problem, Reason, solve
from zhitong.engines.matching.pairs import kept_rules, points_of

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def passing(problem: Problem, params: Params) -> tuple[np.ndarray, np.ndarray]:
    """(workers, posts) which pairs pass every rule, and their fit."""
    worker, post = np.arange(len(problem.workers))[:, None], np.arange(len(problem.posts))[None, :]
    kept = kept_rules(problem, params, worker, post)
    return kept.all(axis=-1), points_of(problem, params, worker, post).sum(axis=-1, dtype=np.int64)


def test_it_works() -> None:
    plan = solve(round_of([{}, {}], [{"seats": 1}, {"seats": 1, "wage_low_fen": 350_000}]), seed=1)
    assert sorted(plan.post) == [0, 1]
    assert plan.total == plan.bound


@pytest.mark.slow
@often
@given(rounds(), st.integers(0, 5))
def test_the_checker_finds_nothing(problem: Problem, seed: int) -> None:
    assert solve(problem, seed=seed).broken_rules(problem) == ()


@pytest.mark.slow
@often
@given(rounds(), st.integers(0, 5))
def test_the_checker_finds_nothing_when_priority_is_strict(problem: Problem, seed: int) -> None:
    params = Params(priority_mode="strict", furthest_occupation=4, candidates=2)
    assert solve(problem, params, seed=seed).broken_rules(problem) == ()


@pytest.mark.slow
@often
@given(rounds())
def test_nobody_is_placed_below_the_floor_and_no_seat_twice(problem: Problem) -> None:
    plan = solve(problem, seed=0)
    placed = plan.post >= 0
    assert (problem.posts.wage_low_fen[plan.post[placed]] >= problem.workers.wage_floor_fen[placed]).all()
    assert (np.bincount(plan.post[placed], minlength=len(problem.posts)) <= problem.posts.seats).all()
    assert (problem.workers.age[placed] >= 16).all()


@pytest.mark.slow
@often
@given(rounds())
def test_groups_stay_together(problem: Problem) -> None:
    plan = solve(problem, seed=0)
    for number, rule in enumerate(problem.group_rule):
        posts = plan.post[problem.workers.group == number]
        assert (posts >= 0).all() or (posts < 0).all()
        if (posts >= 0).all() and len(posts):
            assert len(set(problem.posts.place[posts])) == 1
            assert rule == GroupRule.SAME_CITY or len(set(problem.posts.employer[posts])) == 1


@pytest.mark.slow
@often
@given(rounds())
def test_the_same_seed_gives_the_same_plan(problem: Problem) -> None:
    first, again = solve(problem, seed=3), solve(problem, seed=3)
    assert all(
        (left == right).all() for (_, left), (_, right) in zip(first.arrays(), again.arrays(), strict=True)
    )


@pytest.mark.slow
@often
@given(rounds(), st.integers(0, 1000))
def test_the_order_of_rows_decides_nothing(problem: Problem, order: int) -> None:
    first, again = solve(problem, seed=3), solve(shuffled(problem, order), seed=3)
    assert (first.total, first.bound, first.placed) == (again.total, again.bound, again.placed)
    assert sorted(first.score) == sorted(again.score)


def test_the_seed_breaks_ties() -> None:
    problem = round_of([{"village": row} for row in range(20)], [{"seats": 5}])
    plans = {tuple(solve(problem, seed=seed).post) for seed in range(5)}
    assert len(plans) > 1


def best_alone(problem: Problem, params: Params) -> int:
    """The highest total of any plan without groups, over all pairs and single seats."""
    may, fit = passing(problem, params)
    seats = np.repeat(np.arange(len(problem.posts)), problem.posts.seats)
    value = np.where(may, fit, 0)[:, seats]
    return int(value[linear_sum_assignment(value, maximize=True)].sum())


@pytest.mark.slow
@often
@given(rounds(grouped=False))
def test_people_alone_are_placed_as_well_as_possible(problem: Problem) -> None:
    plan = solve(problem, Params(candidates=14), seed=0)
    assert plan.total == best_alone(problem, plan.params) == plan.bound


@pytest.mark.slow
@often
@given(rounds(grouped=False), st.sampled_from([1, 2, 4]), st.sampled_from([1, 3, 50]))
def test_the_bound_holds_however_short_the_lists(problem: Problem, candidates: int, count: int) -> None:
    plan = solve(problem, Params(candidates=candidates, rounds=count), seed=0)
    assert plan.total <= best_alone(problem, plan.params) <= plan.bound


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rounds(workers=10, posts=6))
def test_the_bound_holds_for_the_best_plan_with_groups(problem: Problem) -> None:
    plan = solve(problem, seed=0)
    assert plan.total <= best_with_groups(problem, plan.params) <= plan.bound


def best_with_groups(problem: Problem, params: Params) -> int:
    """The highest total of any plan, by integer programming.

    Variables: each passing pair, then each group in each place (and employer) where it may sit.
    """
    may, fit = passing(problem, params)
    worker, post = np.nonzero(may)
    site = list(zip(problem.posts.place[post], problem.posts.employer[post], strict=True))
    choices = _choices_of_groups(problem, worker, site)
    variables = len(worker) + len(choices)
    limits = [(_row(variables, np.flatnonzero(worker == one)), 1) for one in np.unique(worker)]
    limits += [
        (_row(variables, np.flatnonzero(post == one)), problem.posts.seats[one]) for one in np.unique(post)
    ]
    for number in range(len(problem.group_rule)):
        sits = [at for at, (group, _) in enumerate(choices, len(worker)) if group == number]
        limits.append((_row(variables, sits), 1))
        for member in np.flatnonzero(problem.workers.group == number):
            limits += [
                (row, 0) for row in _member_rows(problem, variables, member, number, worker, site, choices)
            ]
    if variables == 0:
        return 0
    upper = [limit for _, limit in limits]
    lower = [0 if limit == 0 else -np.inf for limit in upper]
    goal = -np.concatenate([fit[worker, post], np.zeros(len(choices))])
    rows = LinearConstraint(csr_array(np.array([row for row, _ in limits])), lower, upper)
    found = milp(goal, constraints=rows, integrality=np.ones(variables), bounds=(0, 1))
    assert found.success
    return round(-found.fun)


def _unit(problem: Problem, group: int, site: tuple[int, int]) -> tuple[int, int]:
    return site if problem.group_rule[group] == GroupRule.SAME_EMPLOYER else (site[0], -1)


def _choices_of_groups(
    problem: Problem, worker: np.ndarray, site: list[tuple[int, int]]
) -> list[tuple[int, tuple[int, int]]]:
    group = problem.workers.group[worker]
    pairs = {(int(one), _unit(problem, one, at)) for one, at in zip(group, site, strict=True) if one >= 0}
    return sorted(pairs)


def _member_rows(problem, variables, member, number, worker, site, choices) -> list[np.ndarray]:  # type: ignore[no-untyped-def]
    """A member sits in a unit exactly when the group does."""
    rows = []
    for at, (group, unit) in enumerate(choices, len(worker)):
        if group == number:
            seats = [
                pair
                for pair in np.flatnonzero(worker == member)
                if _unit(problem, number, site[pair]) == unit
            ]
            rows.append(_row(variables, seats) - _row(variables, [at]))
    return rows


def _row(variables: int, ones: object) -> np.ndarray:
    row = np.zeros(variables)
    row[np.asarray(ones, np.int64)] = 1
    return row


@pytest.mark.slow
@often
@given(rounds(grouped=False))
def test_nobody_prefers_a_seat_that_stays_empty(problem: Problem) -> None:
    plan = solve(problem, Params(rounds=1, candidates=1), seed=0)
    may, fit = passing(problem, plan.params)
    empty = may & (plan.seats_left > 0)[None, :]
    assert not (empty & (fit > plan.score[:, None])).any()


@pytest.mark.slow
@often
@given(rounds(grouped=False))
def test_strict_priority_takes_no_seat_from_someone_of_higher_priority(problem: Problem) -> None:
    plan = solve(problem, Params(priority_mode="strict"), seed=0)
    may, _ = passing(problem, plan.params)
    rank = problem.workers.priority
    for worker in np.flatnonzero(plan.reason == Reason.ALL_FULL):
        holders = np.flatnonzero(may[worker][plan.post] & (plan.post >= 0))
        assert (rank[holders] >= rank[worker]).all()


@pytest.mark.slow
@often
@given(rounds())
def test_the_search_says_what_the_definition_says(problem: Problem) -> None:
    plan = solve(problem, seed=0)
    may, fit = passing(problem, plan.params)
    kept = kept_rules(problem, plan.params, *np.ogrid[: len(problem.workers), : len(problem.posts)])
    assert (plan.choices == may.sum(axis=1)).all()
    assert (plan.candidates == may.sum(axis=0)).all()
    assert (plan.best_score == np.where(may, fit, 0).max(axis=1, initial=0)).all()
    once = ((~kept).sum(axis=-1) == 1) & kept[..., 1] & (fit > plan.score[:, None])
    assert (plan.missing_score == np.where(once, fit, 0).max(axis=1, initial=0)).all()
    refused = (~kept & kept[..., 1:2]).sum(axis=1)
    for worker in np.flatnonzero(plan.reason == Reason.NO_POST):
        blocked = plan.blocked_by[worker]
        assert refused[worker, blocked] == refused[worker].max() or not kept[..., 1].any()


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.search.PIECE", 7)
    problem = random_round(5, 60, 30, 0.3)
    one, three = solve(problem, Params(threads=1), seed=0), solve(problem, Params(threads=3), seed=0)
    assert all(
        (left == right).all() for (_, left), (_, right) in zip(one.arrays(), three.arrays(), strict=True)
    )


@pytest.mark.parametrize("size", [(0, 0), (0, 3), (3, 0)])
def test_an_empty_round_is_an_answer(size: tuple[int, int]) -> None:
    plan = solve(random_round(1, *size, 0.0), seed=0)
    assert (plan.placed, plan.total, plan.bound, plan.gap) == (0, 0, 0, 0.0)


def test_a_negative_seed_is_nonsense() -> None:
    with pytest.raises(ValueError, match="seed must not be negative"):
        solve(round_of([{}], [{}]), seed=-1)


def test_many_fill_one_post() -> None:
    problem = round_of([{"village": row} for row in range(300)], [{"seats": 200}, {"seats": 50, "place": 3}])
    plan = solve(problem, seed=0)
    assert (plan.placed, plan.bound) == (200, plan.total)


def test_a_group_of_twelve_sits_on_scattered_seats() -> None:
    posts = [{"seats": 1, "wage_low_fen": 300_000 + 5_000 * post} for post in range(12)]
    plan = solve(round_of([{"group": 0, "village": row} for row in range(12)], posts, groups=[0]), seed=0)
    assert sorted(plan.post) == list(range(12))


def test_plans_are_frozen() -> None:
    plan: Plan = solve(round_of([{}], [{}]), seed=0)
    with pytest.raises(ValueError, match="read-only"):
        plan.post[0] = -1
    with pytest.raises(AttributeError):
        plan.total = 0  # type: ignore[misc]
    assert replace(plan, total=0).total == 0


def test_how_much_is_held_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_round(6, 80, 40, 0.8)
    whole = solve(problem, seed=0)
    monkeypatch.setattr("zhitong.engines.matching.together.ENTRIES", 30)
    monkeypatch.setattr("zhitong.engines.matching.lists.PIECE", 5)
    monkeypatch.setattr("zhitong.engines.matching.flow.PIECE", 5)
    monkeypatch.setattr("zhitong.engines.matching.report.PIECE", 5)
    pieces = solve(problem, seed=0)
    assert all(
        (left == right).all() for (_, left), (_, right) in zip(whole.arrays(), pieces.arrays(), strict=True)
    )
    assert (pieces.reason == Reason.WITH_GROUP).any()
