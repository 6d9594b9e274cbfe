"""What is wrong with an explanation, found without the loops: every change tried one by one in plain NumPy.

A change counts when, with it made, the rules hold for a post that failed them before (or, where the floor of someone
left over sinks, for any post), and the post is worth more than what the worker had: more in fit less cut-off than the
best that could be had without the change, and more in fit than the post given; both by the changed wishes, the post
given included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.changes import Change, steps_of, with_changes
from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.explain import Explanation
from zhitong.engines.matching.pairs import WAGE_STEP_FEN, kept_rules, points_of
from zhitong.engines.matching.plan import BrokenRule, Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import GroupRule, Rule

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Standpoint:
    """One worker and all posts, as things are."""

    worker: int
    kept: Flags
    """(posts, rules)"""
    fit: Rows
    reach: int
    """The most fit less cut-off that the worker has or could have."""


def wrong_explanations(
    problem: Problem, plan: Plan, told: Explanation, cutoff: Ints
) -> tuple[BrokenRule, ...]:
    """Everything that the explanation says otherwise than the definition; empty when it is right."""
    return tuple(
        fault for row in range(len(told.workers)) for fault in _faults(problem, plan, told, cutoff, row)
    )


def wrong_cutoffs(problem: Problem, plan: Plan, cutoff: Ints) -> tuple[BrokenRule, ...]:
    """Cut-offs at which someone would rather sit elsewhere than where the plan puts them, beyond what they did at the
    prices, or that ask something for a free seat."""
    faults = [
        BrokenRule(
            "cutoff_free", f"Post {post} has a free seat and a cut-off of {cutoff[post]}.", post=int(post)
        )
        for post in np.flatnonzero((plan.seats_left > 0) & (cutoff != 0))
    ]
    price = np.where(plan.seats_left > 0, 0, plan.price)
    for worker in np.flatnonzero(plan.post >= 0):
        if _envy(problem, plan, cutoff, int(worker)) > max(_envy(problem, plan, price, int(worker)), 0):
            sentence = f"At the cut-offs worker {worker} would rather leave post {plan.post[worker]}."
            faults.append(BrokenRule("cutoff", sentence, int(worker), int(plan.post[worker])))
    return tuple(faults)


def _envy(problem: Problem, plan: Plan, price: Ints, worker: int) -> int:
    """How much more could be had elsewhere at these prices, or (who goes alone) by staying."""
    mine, every = int(plan.post[worker]), np.arange(len(problem.posts))
    kept = kept_rules(problem, plan.params, _one(worker), every).all(axis=1) & _where_alone(
        problem, mine, worker
    )
    fit = points_of(problem, plan.params, _one(worker), every).sum(axis=1, dtype=np.int64)
    most = int((fit - price)[kept].max())
    most = max(most, 0) if problem.workers.group[worker] < 0 else most
    return most - int(plan.score[worker] - price[mine])


def _faults(problem: Problem, plan: Plan, told: Explanation, cutoff: Ints, row: int) -> Iterator[BrokenRule]:
    here = _standpoint(problem, plan, cutoff, int(told.workers[row]))
    if _better(here, plan) != (int(told.better_fit[row]), int(told.claim[row])):
        yield _fault("better", here, told.better_post[row], "is told of a better post otherwise than it is")
    named = int(told.better_post[row])
    if named >= 0 and not (here.kept[named].all() and here.fit[named] == told.better_fit[row]):
        yield _fault("better_post", here, named, "is told of a post that is not so good or does not pass")
    found = {change: _tried(problem, plan, cutoff, here, change) for change in Change if change}
    won = {change: tried for change, tried in found.items() if tried}
    costs = {
        change: max(*(one.cost for one in tried), _least(tried, change)[0].gain)
        for change, tried in won.items()
    }
    if max(costs.values(), default=0) != told.cost[row] or (
        costs and costs.get(Change(int(told.costliest[row]))) != told.cost[row]
    ):
        yield _fault("cost", here, None, f"has wishes that cost {costs}, not {told.cost[row]}")
    yield from _change_faults(here, won, told, row)


def _change_faults(
    here: Standpoint, won: dict[Change, list[_Win]], told: Explanation, row: int
) -> Iterator[BrokenRule]:
    change, post = Change(int(told.change[row])), int(told.post[row])
    if not won:
        if change:
            yield _fault("change", here, post, f"is told of {change.name}; no single change would do")
        return
    asked = {
        (int(steps_of(kind, one.amount)), -one.gain, kind, one.amount)
        for kind, tried in won.items()
        for one in _least(tried, kind)
    }
    least = min((steps, gain) for steps, gain, _, _ in asked)
    said = (int(steps_of(change, told.amount[row])) if change else 0, -int(told.gain[row]))
    if not change or said != least:
        yield _fault("change", here, post, f"could have had a change that asks {least}, and is told {said}")
    elif not any(one.post == post and one.amount == told.amount[row] for one in won.get(change, ())):
        yield _fault(
            "change_post", here, post, f"would not have this post by {change.name} {told.amount[row]}"
        )


def _least(tried: list[_Win], kind: Change) -> list[_Win]:
    """The wins that may be told of one kind: the least amount where it has a size, else whatever gains most."""
    if kind in (Change.WAGE, Change.DAY):
        least = min(one.amount for one in tried)
        tried = [one for one in tried if one.amount == least]
    most = max(one.gain for one in tried)
    return [one for one in tried if one.gain == most]


def _one(worker: int) -> Rows:
    return np.full(1, worker)


def _fault(code: str, here: Standpoint, post: int | None, sentence: str) -> BrokenRule:
    return BrokenRule(code, f"Worker {here.worker} {sentence}.", here.worker, post)


def _standpoint(problem: Problem, plan: Plan, cutoff: Ints, worker: int) -> Standpoint:
    every = np.arange(len(problem.posts))
    kept = kept_rules(problem, plan.params, _one(worker), every)
    fit = points_of(problem, plan.params, _one(worker), every).sum(axis=1, dtype=np.int64)
    mine = int(plan.post[worker])
    reach = max(int(plan.score[worker] - cutoff[mine]), 0) if mine >= 0 else 0
    if problem.workers.group[worker] < 0:
        others = kept.all(axis=1) & (every != mine)
        reach = max(reach, int((fit - cutoff)[others].max(initial=0)))
    return Standpoint(worker, kept, fit, reach)


def _better(here: Standpoint, plan: Plan) -> tuple[int, int]:
    passes = here.kept.all(axis=1) & (here.fit > plan.score[here.worker])
    most = int(here.fit[passes].max(initial=0))
    return most, (most - here.reach if most else 0)


@dataclass(frozen=True, slots=True)
class _Win:
    """A change that would have done: how far it goes, the post it brings, what that gains, and what the wish cost."""

    amount: int
    post: int
    gain: int
    cost: int


def _tried(problem: Problem, plan: Plan, cutoff: Ints, here: Standpoint, change: Change) -> list[_Win]:
    """Every win by this change: of those with a size the first of each post."""
    mine, group = int(plan.post[here.worker]), int(problem.workers.group[here.worker])
    if (change == Change.ALONE) != (group >= 0) and (change == Change.ALONE or mine < 0):
        return []
    amounts = _amounts(problem, here, change)
    if not len(amounts) or not len(problem.posts):
        return []
    changed, every = with_changes(problem, here.worker, change, amounts), np.arange(len(problem.posts))
    variant = np.arange(len(amounts))[:, None]
    passes = kept_rules(changed, plan.params, variant, every).all(axis=-1)
    fit = points_of(changed, plan.params, variant, every).sum(axis=-1, dtype=np.int64)
    more = (
        np.maximum(fit[:, mine] - plan.score[here.worker], 0)
        if mine >= 0
        else np.zeros(len(amounts), np.int64)
    )
    gain = fit - cutoff - (here.reach + more)[:, None]
    wins = (
        passes
        & (gain > 0)
        & (fit > (plan.score[here.worker] + more)[:, None])
        & _may(problem, here, change, mine)
    )
    if mine >= 0:
        wins[:, mine] = False
    return list(_wins(problem, here, change, amounts, wins, gain))


def _wins(
    problem: Problem, here: Standpoint, change: Change, amounts: Rows, wins: Flags, gain: Rows
) -> Iterator[_Win]:
    for post in np.flatnonzero(wins.any(axis=0)):
        for variant in np.flatnonzero(wins[:, post])[: 1 if change in (Change.WAGE, Change.DAY) else None]:
            amount, won = int(amounts[variant]), int(gain[variant, post])
            given_way = int(problem.workers.wage_floor_fen[here.worker] - problem.posts.wage_low_fen[post])
            opened = change != Change.WAGE or amount == given_way
            yield _Win(amount, int(post), won, won if opened else 0)


def _may(problem: Problem, here: Standpoint, change: Change, mine: int) -> Flags:
    """(posts,) The posts that a change can bring: those that fail a rule, in the unit of a group that is placed."""
    posts, passing = problem.posts, np.asarray(here.kept.all(axis=1), np.bool_)
    if change == Change.ALONE:
        return passing
    if change == Change.WAGE and mine < 0 and here.reach == 0:
        return np.ones(len(posts), np.bool_)
    return np.asarray(~passing & _where_alone(problem, mine, here.worker), np.bool_)


def _where_alone(problem: Problem, mine: int, worker: int) -> Flags:
    """(posts,) Where a worker who has post `mine` could move without the others of the group."""
    posts, group = problem.posts, int(problem.workers.group[worker])
    together = group >= 0 and problem.group_rule[group] == GroupRule.SAME_EMPLOYER
    unit = (posts.place == posts.place[mine]) | (group < 0)
    return np.asarray(unit & ((posts.employer == posts.employer[mine]) | (not together)), np.bool_)


def _amounts(problem: Problem, here: Standpoint, change: Change) -> Rows:
    """Every amount at which something may begin to pass, or to be worth more."""
    workers, posts, kept = problem.workers, problem.posts, here.kept
    found: npt.NDArray[np.integer]
    match change:
        case Change.WAGE:
            found = _floors_less(problem, here.worker)
        case Change.DAY:
            last = np.maximum(posts.begins_day, posts.valid_until_day)
            found = (workers.earliest_day[here.worker] - last)[~kept[:, Rule.DAY]]
        case Change.PLACE:
            found = posts.place[~kept[:, Rule.PLACE] & ~workers.anywhere[here.worker]]
        case Change.EXCLUDED:
            found = workers.excluded_places[here.worker]
        case Change.OCCUPATION:
            found = posts.occupation[~kept[:, Rule.OCCUPATION]]
        case Change.CERTIFICATE:
            bits = np.unpackbits(posts.certificates.astype("<u8").view(np.uint8), axis=1, bitorder="little")
            found = np.flatnonzero(bits.any(axis=0))
        case _:
            found = np.zeros(1, np.int64)
    return np.unique(found[found >= 0]).astype(np.int64)


def _floors_less(problem: Problem, worker: int) -> npt.NDArray[np.integer]:
    """Amounts at which a post's wage is reached, or the wage above the floor counts for a step more."""
    posts, floor = problem.posts, int(problem.workers.wage_floor_fen[worker])
    expected = (posts.wage_low_fen.astype(np.int64) + posts.wage_high_fen) // 2 - floor
    steps = np.arange(1, (floor + int(expected.max(initial=0))) // WAGE_STEP_FEN + 1) * WAGE_STEP_FEN
    found = np.concatenate([floor - posts.wage_low_fen, (steps[None, :] - expected[:, None]).reshape(-1)])
    return found[(found > 0) & (found <= floor)]


def people_brought(problem: Problem, plan: Plan, post: int, **terms: int) -> int:
    """How many of the left over who go alone fail the rules of a post, and keep them once it has these terms
    (columns of `Posts`)."""
    left = np.flatnonzero((plan.post < 0) & (problem.workers.group < 0))
    columns = {name: getattr(problem.posts, name).copy() for name in terms}
    for name, value in terms.items():
        columns[name][post] = value
    columns.setdefault(
        "wage_high_fen", np.maximum(problem.posts.wage_high_fen, columns.get("wage_low_fen", 0))
    )
    changed = replace(problem, posts=replace(problem.posts, **columns))
    before, after = (kept_rules(one, plan.params, left, _one(post)).all(axis=1) for one in (problem, changed))
    return int((after & ~before).sum())
