"""A round cleared again after a change."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from zhitong.engines.matching import Params, Problem, solve
from zhitong.engines.matching.again import Before, Change, before_of, solve_again
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.sample import sample_problem

ROUND = sample_problem(1200, 90, 4)


def known(problem: Problem, seed: int = 0) -> Before:
    """A solved round before anything changes."""
    plan = solve(problem, seed=seed)
    return before_of(problem, Params(), plan.post, plan.price)


def check(problem: Problem, before: Before, change: Change) -> None:
    """No rule is broken, nobody fixed has moved, the numbers are right."""
    held = np.flatnonzero(change.post >= 0)
    assert kept_rules(problem, Params(), held, change.post[held]).all()
    assert (np.bincount(change.post[held], minlength=len(problem.posts)) <= problem.posts.seats).all()
    assert (points_of(problem, Params(), held, change.post[held]).sum(axis=1) == change.score[held]).all()
    assert (change.score[change.post < 0] == 0).all()
    assert (change.post[before.fixed] == before.post[before.fixed]).all()
    assert change.bound is None or change.bound >= change.total
    for number in range(len(problem.group_rule)):
        posts = change.post[problem.workers.group == number]
        assert (posts < 0).all() or ((posts >= 0).all() and len(set(problem.posts.place[posts])) == 1)


def test_it_works() -> None:
    before = known(ROUND)
    change = solve_again(ROUND, replace(before, asks=np.zeros(1200, bool)), seed=0, certified=True)
    check(ROUND, before, change)
    assert change.bystanders <= 20
    assert change.bound is not None
    assert change.bound - change.total <= 0.02 * change.bound


def test_newcomers_find_seats_and_adopted_offers_stay() -> None:
    random = np.random.default_rng(1)
    fresh = (random.random(1200) < 0.05) & (ROUND.workers.group < 0)
    there = np.flatnonzero(~fresh)
    workers = type(ROUND.workers)(
        **{column.name: getattr(ROUND.workers, column.name)[there] for column in fields(ROUND.workers)}
    )
    plan = solve(replace(ROUND, workers=workers), seed=0)
    post = np.full(1200, -1)
    post[there] = plan.post
    before = before_of(ROUND, Params(), post, plan.price)
    before = replace(before, asks=fresh, fixed=(post >= 0) & (random.random(1200) < 0.3))
    change = solve_again(ROUND, before, seed=0, certified=True)
    check(ROUND, before, change)
    assert change.total >= plan.total
    whole = solve(ROUND, seed=0)
    assert change.total >= 0.99 * whole.total
    assert (change.post[fresh] >= 0).sum() >= 0.8 * (whole.post[fresh] >= 0).sum() > 0


def test_people_of_a_closed_post_bid_elsewhere() -> None:
    before = known(ROUND)
    closed = int(np.bincount(before.post[before.post >= 0]).argmax())
    problem = replace(
        ROUND, posts=replace(ROUND.posts, seats=np.where(np.arange(90) == closed, 0, ROUND.posts.seats))
    )
    gone = before.post == closed
    after = replace(before, post=np.where(gone, -1, before.post), score=np.where(gone, 0, before.score))
    change = solve_again(problem, replace(after, asks=gone), seed=0, certified=True)
    check(problem, after, change)
    assert not (change.post == closed).any()


@pytest.mark.parametrize("seed", range(40))
def test_whatever_changes_no_rule_is_broken(seed: int) -> None:
    problem = random_round(seed, 40, 15, (0.0, 0.4)[seed % 2])
    random = np.random.default_rng(seed)
    before = known(problem)
    asks = random.random(40) < 0.2
    before = replace(
        before, asks=asks | (before.post < 0), fixed=(random.random(40) < 0.2) & (before.post >= 0)
    )
    before = replace(before, asks=before.asks & ~before.fixed)
    change = solve_again(problem, before, seed=seed, certified=True)
    check(problem, before, change)


def test_fewer_seats_than_adopted_offers_are_refused() -> None:
    before = known(ROUND)
    problem = replace(ROUND, posts=replace(ROUND.posts, seats=np.zeros(90, np.int32)))
    with pytest.raises(ValueError, match="More people are fixed"):
        solve_again(problem, replace(before, fixed=before.post >= 0), seed=0)
