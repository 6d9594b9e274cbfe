"""What is told to each person: what stood in the way of better posts, and which one change would have opened one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.matching.making import random_round, round_of, rounds, shuffled
from zhitong.engines.matching import STRICT_MODE, Params, Weights, solve
from zhitong.engines.matching.changes import Change
from zhitong.engines.matching.explain import OUT_OF_REACH, Explanation, cutoffs, explain
from zhitong.engines.matching.recount import wrong_cutoffs, wrong_explanations
from zhitong.engines.matching.sample import sample_problem
from zhitong.engines.matching.vacancies import passing_values


def _told(problem, params=None):
    plan = solve(problem, params, seed=0)
    return plan, explain(problem, plan)


def _change(told: Explanation, row: int) -> tuple[str, int, int]:
    return Change(int(told.change[row])).name, int(told.amount[row]), int(told.post[row])


def test_it_works() -> None:
    problem = round_of([{"wage_floor_fen": 430_000}], [{"wage_low_fen": 400_000}])
    plan, told = _told(problem)
    assert plan.post[0] == -1
    assert _change(told, 0) == ("WAGE", 30_000, 0)
    assert told.costliest[0] == Change.WAGE and told.cost[0] == told.gain[0] > 0


@pytest.mark.parametrize(
    ("worker", "post", "change"),
    [
        ({"wished_places": [3]}, {"place": 2}, ("PLACE", 2)),
        ({"anywhere": True, "excluded_places": [0]}, {"place": 2}, ("EXCLUDED", 0)),
        ({"earliest_day": 1025}, {"begins_day": 1010, "valid_until_day": 1020}, ("DAY", 5)),
        ({"wished": [0]}, {"occupation": 9}, ("OCCUPATION", 9)),
        ({"certificates": [3]}, {"certificates": [3, 70]}, ("CERTIFICATE", 70)),
    ],
)
def test_one_wish_stands_in_the_way(worker, post, change) -> None:
    told = _told(round_of([worker], [post]))[1]
    assert _change(told, 0) == (*change, 0)


@pytest.mark.parametrize(
    ("worker", "post"),
    [
        ({"certificates": []}, {"certificates": [3, 70]}),
        ({"age": 15}, {}),
        ({"education": 1}, {"education": 3}),
        ({"wished_places": [3], "wage_floor_fen": 500_000}, {}),
        ({"anywhere": True, "excluded_places": [0, 2]}, {"place": 2}),
        ({}, {"seats": 0}),
        ({"wished": [0]}, {"occupation": -1}),
    ],
)
def test_no_single_change_would_do(worker, post) -> None:
    told = _told(round_of([worker], [post]))[1]
    assert _change(told, 0) == ("NONE", 0, -1)
    assert told.cost[0] == 0 and told.costliest[0] == Change.NONE


def test_a_full_post_is_only_promised_to_whoever_claims_more_than_the_least_who_has_it() -> None:
    one = {"experienced": [0], "experience_years": [5]}
    problem = round_of([one, {"wage_floor_fen": 410_000}], [{}])
    plan, told = _told(problem)
    assert list(plan.post) == [0, -1]
    assert _change(told, 1) == ("NONE", 0, -1)
    assert cutoffs(problem, plan)[0] == plan.score[0]


def test_a_better_post_is_named_with_the_claim_to_it() -> None:
    experienced = {"experienced": [0], "experience_years": [5]}
    problem = round_of([experienced, {}], [{"occupation": 0}, {"occupation": 1}])
    plan, told = _told(problem)
    assert list(plan.post) == [0, 1]
    assert told.better_post[1] == 0 and told.better_post[0] == -1
    assert 0 < told.claim[1] <= cutoffs(problem, plan)[0]


def test_the_least_change_is_told() -> None:
    posts = [{"wage_low_fen": 300_000, "wage_high_fen": 300_000}, {"place": 3, "wage_low_fen": 400_000}]
    told = _told(round_of([{"wage_floor_fen": 320_000}], posts))[1]
    assert _change(told, 0)[0] == "WAGE"
    told = _told(round_of([{"wage_floor_fen": 390_000}], posts))[1]
    assert _change(told, 0)[0] == "PLACE"
    assert told.costliest[0] == Change.WAGE  # the wish that costs most is not the one that asks least


def test_a_companion_is_told_what_going_alone_would_bring() -> None:
    workers = [{"group": 0}, {"group": 0, "wished_places": [4], "wished": [9]}]
    told = _told(round_of(workers, [{}], groups=[0]))[1]
    assert _change(told, 0) == ("ALONE", 0, 0)
    assert _change(told, 1)[0] == "NONE"


@given(
    rounds(workers=7, posts=7),
    st.sampled_from([Params(), Params(furthest_occupation=1), Params(weights=Weights(wage=7, wish=0))]),
)
@settings(max_examples=15, deadline=None)
def test_every_change_is_counted_again_without_the_loops(problem, params) -> None:
    plan, told = _told(problem, params)
    cutoff = cutoffs(problem, plan)
    assert wrong_explanations(problem, plan, told, cutoff) == ()
    assert wrong_cutoffs(problem, plan, cutoff) == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_of_a_larger_round_are_counted_again(seed: int) -> None:
    problem = sample_problem(4000, 400, seed)
    plan = solve(problem, seed=0)
    cutoff = cutoffs(problem, plan)
    some = np.random.default_rng(seed).choice(4000, 100, replace=False).astype(np.int32)
    told = explain(problem, plan, some, cutoff)
    assert wrong_explanations(problem, plan, told, cutoff) == ()
    assert len(np.unique(told.change)) >= 5


@pytest.mark.parametrize(
    ("name", "code"), [("amount", "change_post"), ("gain", "change"), ("cost", "cost"), ("claim", "better")]
)
def test_a_wrong_word_is_found(name: str, code: str) -> None:
    problem = random_round(3, 24, 14, 0.3)
    plan, told = _told(problem)
    column = getattr(told, name).copy()
    row = int(np.flatnonzero((told.better_post >= 0) if name == "claim" else (told.change == Change.DAY))[0])
    column[row] += 1
    found = wrong_explanations(problem, plan, replace(told, **{name: column}), cutoffs(problem, plan))
    assert {(fault.code, fault.worker) for fault in found} == {(code, row)}


@given(st.integers(0, 500))
@settings(max_examples=15, deadline=None)
def test_doing_without_a_dormitory_opens_nothing(seed: int) -> None:
    problem = random_round(seed, 12, 8, 0.0)
    workers = replace(problem.workers, needs_dormitory=np.zeros(len(problem.workers), np.bool_))
    without = replace(problem, workers=workers)
    pairs = [passing_values(one, Params(), np.arange(12), np.arange(8)) for one in (problem, without)]
    assert (pairs[0][0] == pairs[1][0]).all() and (pairs[0][2] >= pairs[1][2]).all()


def test_where_some_choose_strictly_first_only_free_seats_are_promised() -> None:
    workers = [{"priority": 1, "wage_floor_fen": 390_000}, {"wished_places": [3]}, {"wished_places": [4]}]
    problem = round_of(workers, [{}, {"occupation": 1, "place": 3}, {"place": 5}])
    params = Params(priority_mode=STRICT_MODE)
    plan, told = _told(problem, params)
    cutoff = cutoffs(problem, plan)
    assert list(plan.post) == [0, 1, -1] and list(cutoff) == [OUT_OF_REACH, OUT_OF_REACH, 0]
    assert _change(told, 2) == ("PLACE", 5, 2)
    assert wrong_explanations(problem, plan, told, cutoff) == ()


def test_some_are_told_what_all_are_told() -> None:
    problem = random_round(8, 24, 14, 0.3)
    plan, told = _told(problem)
    alone = explain(problem, plan, np.array([7], np.int32))
    for name in ("better_post", "claim", "costliest", "cost", "change", "amount", "post", "gain"):
        assert getattr(alone, name)[0] == getattr(told, name)[7], name
    for wrong in ([24], [-1]):
        with pytest.raises(ValueError, match="There is no worker"):
            explain(problem, plan, np.array(wrong, np.int32))
    with pytest.raises(ValueError, match="other numbers"):
        explain(random_round(8, 23, 14, 0.3), plan)


def test_the_order_of_rows_decides_nothing() -> None:
    problem = random_round(8, 24, 14, 0.0)
    other = shuffled(problem, 4)
    first, again = _told(problem)[1], _told(other)[1]
    assert sorted(
        zip(first.change.tolist(), first.amount.tolist(), first.gain.tolist(), strict=True)
    ) == sorted(zip(again.change.tolist(), again.amount.tolist(), again.gain.tolist(), strict=True))


def test_nobody_and_nothing_are_answers() -> None:
    for workers, posts in (([], [{}]), ([{}], []), ([], [])):
        told = _told(round_of(workers, posts))[1]
        assert list(told.change) == [Change.NONE] * len(workers)
        assert list(told.better_post) == [-1] * len(workers)
