"""A round cleared again after a change."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from tests.engines.matching.test_solve import best_with_groups
from zhitong.engines.matching import Params, Problem, solve
from zhitong.engines.matching.again import Before, Change, before_of, solve_again
from zhitong.engines.matching.arrange import arranged, taken
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.posted import Posted, with_posts
from zhitong.engines.matching.sample import sample_problem
from zhitong.engines.matching.shelf import Shelves

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


def changed(seed: int) -> tuple[Problem, Before]:
    """A small round after changes of every kind: people and posts come, people go, wish otherwise and lose a post."""
    whole, random = (
        random_round(seed, 10 + seed % 8, 4 + seed % 6, (0.0, 0.4)[seed % 2]),
        np.random.default_rng(seed),
    )
    people, posts = len(whole.workers), len(whole.posts)
    together = np.where(whole.workers.group >= 0, whole.workers.group, people + np.arange(people))
    lot, new = random.random(2 * people)[together], random.random(posts) < 0.3
    came, stays = lot > 0.15, lot < 0.85
    was = with_posts(replace(whole, workers=taken(whole.workers, np.flatnonzero(came))), np.flatnonzero(~new))
    plan = solve(was, seed=seed)
    known = before_of(was, Params(), plan.post, plan.price, plan.bound)
    post, price = np.full(people, -1), np.full(posts, 10**6)
    post[came], price[~new] = np.append(np.flatnonzero(~new), -1)[plan.post], plan.price
    fixed = (post >= 0) & (random.random(2 * people)[together] < 0.25)
    other = ~fixed & (whole.workers.group < 0) & (random.random(people) < 0.2)
    closed = random.random(posts) < 0.2
    closed[post[(post >= 0) & (fixed | (whole.workers.group >= 0))]] = False
    after, before = (
        _after(whole, other, closed),
        Before(post, post, price, fixed, other | ~came, new, known.slack),
    )
    rows = np.flatnonzero(stays)
    return replace(after, workers=taken(after.workers, rows)), _judged(after, before, closed, rows)


def _after(whole: Problem, other: np.ndarray, closed: np.ndarray) -> Problem:
    """These people wish what others wish, and these posts have no seats."""
    names = ("wished", "wished_places", "wage_floor_fen", "anywhere", "earliest_day")
    columns = {name: getattr(whole.workers, name).copy() for name in names}
    for column in columns.values():
        column[other] = np.roll(column, 1, axis=0)[other]
    return replace(
        whole,
        workers=replace(whole.workers, **columns),
        posts=replace(whole.posts, seats=np.where(closed, 0, whole.posts.seats)),
    )


def _judged(after: Problem, before: Before, closed: np.ndarray, rows: np.ndarray) -> Before:
    """Nobody holds a post that he may not have; scores are those of now."""
    held = np.flatnonzero(before.post >= 0)
    good = kept_rules(after, Params(), held, before.post[held]).all(axis=1) & ~closed[before.post[held]]
    post, score, asks = before.post.copy(), np.zeros(len(before.post), np.int64), before.asks.copy()
    post[held[~good]], asks[held[~good]] = -1, True
    kept = held[good]
    score[kept] = points_of(after, Params(), kept, post[kept]).sum(axis=1)
    return replace(before, post=post[rows], score=score[rows], fixed=before.fixed[rows], asks=asks[rows])


def most_of(problem: Problem, before: Before) -> int:
    """The highest total of any plan that moves nobody who is fixed and no group that has seats."""
    asking = set(problem.workers.group[before.asks | (before.post < 0)])
    stays = before.fixed | np.array(
        [group >= 0 and group not in asking for group in problem.workers.group], bool
    )
    taken_seats = np.bincount(before.post[stays], minlength=len(problem.posts))
    left = replace(problem, posts=replace(problem.posts, seats=problem.posts.seats - taken_seats))
    moving = replace(left, workers=taken(left.workers, np.flatnonzero(~stays)))
    return int(before.score[stays].sum()) + best_with_groups(moving, Params())


def hold_against_brute_force(seed: int) -> None:
    """Whatever changed, the bound is not below the best, with the slack of before or without."""
    problem, before = changed(seed)
    most = most_of(problem, before)
    for known_before in (before, replace(before, slack=None)):
        change = solve_again(problem, known_before, seed=seed, certified=True)
        check(problem, before, change)
        assert change.bound is not None
        assert change.total <= most <= change.bound, seed


def test_the_bound_is_not_below_brute_force() -> None:
    for seed in range(10):
        hold_against_brute_force(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_the_bound_is_never_below_brute_force(part: int) -> None:
    for seed in range(100 + 100 * part, 200 + 100 * part):
        hold_against_brute_force(seed)


def test_new_posts_find_people_and_few_move() -> None:
    random = np.random.default_rng(2)
    new = random.random(90) < 0.05
    was = with_posts(ROUND, np.flatnonzero(~new))
    plan = solve(was, seed=0)
    known_before = before_of(was, Params(), plan.post, plan.price, plan.bound)
    price, post = np.full(90, 10**6), np.append(np.flatnonzero(~new), -1)[plan.post]
    price[~new] = plan.price
    fixed = (post >= 0) & (random.random(1200) < 0.3)
    before = replace(known_before, post=post, price=price, new=new, fixed=fixed, asks=np.zeros(1200, bool))
    change = solve_again(ROUND, before, seed=0, certified=True)
    check(ROUND, before, change)
    assert change.bound is not None
    assert change.bound - change.total <= 0.015 * change.bound
    whole = solve(ROUND, seed=0)
    assert change.total >= 0.98 * whole.total
    assert new[change.post[change.post >= 0]].sum() >= 0.8 * new[whole.post[whole.post >= 0]].sum() > 0
    again = solve_again(ROUND, before, seed=0, certified=True)
    assert (again.post == change.post).all()
    assert (again.price == change.price).all()


def test_when_time_is_up_everyone_has_what_he_had() -> None:
    problem, before = changed(3)
    change = solve_again(problem, before, seed=0, certified=True, stop=lambda: True)
    check(problem, before, change)
    assert change.bound is None
    alone = problem.workers.group < 0
    assert (change.post == before.post)[alone].all()


def test_some_workers_find_what_all_would() -> None:
    for seed in range(8):
        problem = arranged(random_round(seed, 60, 40, 0.3), seed).problem
        random = np.random.default_rng(seed)
        price = random.integers(0, 1500, 40).astype(np.int32)
        numbers = random.permutation(60).astype(np.int32)
        rows = random.permutation(60)[:25].astype(np.int32)
        some = Posted(problem, Params(), price, numbers).best(rows, 4, price)
        every = Shelves(problem, Params(), numbers=numbers).best(rows, 4, price)
        assert (some.post == every.post).all()
        assert (some.kept == every.kept).all()
