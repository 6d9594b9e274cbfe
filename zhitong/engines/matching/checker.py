"""What is wrong with a plan, found without the solver: plain NumPy over the definition in `pairs`.

Every proposal is held against every rule, every number of the plan is computed again where that takes no second
search, and the reasons given to those left over are tested against every post.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.plan import BrokenRule, Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import PLACED, GroupRule, Reason, Rule, SeatReason
from zhitong.engines.matching.vacancies import could_sit_together, passing_pairs

MOST_EACH = 100
"""Of one kind of fault so many are reported."""
PIECE = 65_536

Rows = npt.NDArray[np.int64]


def broken_rules(problem: Problem, plan: Plan) -> tuple[BrokenRule, ...]:
    """Everything wrong with `plan` as an answer to `problem`, at most a hundred of each kind; empty when it is right.

    The bound is held against the total only: to find it again takes a search over all pairs.
    """
    misfits = tuple(_misfits(problem, plan))
    if misfits:
        return misfits
    checks = (
        _rule_faults, _seat_faults, _group_faults, _number_faults, _total_faults, _reason_faults, _missing_faults,
        _seat_reason_faults, _refusal_faults, _vacancy_faults, _apart_faults,
    )  # fmt: skip
    return tuple(fault for check in checks for fault in check(problem, plan))


def _misfits(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Faults after which nothing else can be asked."""
    if len(plan.post) != len(problem.workers) or len(plan.seats_left) != len(problem.posts):
        yield BrokenRule("other_problem", "The plan has other numbers of workers or posts than the problem.")
    elif plan.problem_digest != problem.digest():
        yield BrokenRule("other_problem", "The plan was made for another problem.")
    for column in (plan.post, plan.missing_post):
        for worker in _some(np.flatnonzero(column >= len(problem.posts))):
            sentence = f"Worker {worker} is given post {column[worker]}, which is not there."
            yield BrokenRule("unknown_post", sentence, worker)


def _some(rows: Rows) -> Iterator[int]:
    return islice((int(row) for row in rows), MOST_EACH)


def _rule_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    placed = np.flatnonzero(plan.post >= 0)
    kept = [kept_rules(problem, plan.params, rows, plan.post[rows]) for rows in _pieces(placed)]
    broken = ~np.concatenate(kept) if kept else np.zeros((0, len(Rule)), np.bool_)
    for rule in Rule:
        for worker in _some(placed[broken[:, rule]]):
            post, name = int(plan.post[worker]), rule.name.lower()
            yield BrokenRule(name, f"Worker {worker} and post {post} break the rule {name}.", worker, post)


def _pieces(rows: Rows) -> Iterator[Rows]:
    return (rows[start : start + PIECE] for start in range(0, len(rows), PIECE))


def _seat_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    taken = np.bincount(plan.post[plan.post >= 0], minlength=len(problem.posts))
    for post in _some(np.flatnonzero(taken > problem.posts.seats)):
        sentence = f"Post {post} has {problem.posts.seats[post]} seats and is given to {taken[post]}."
        yield BrokenRule("seats", sentence, post=post)
    for post in _some(np.flatnonzero(problem.posts.seats - taken != plan.seats_left)):
        left = problem.posts.seats[post] - taken[post]
        sentence = f"Post {post} has {left} seats left, not {plan.seats_left[post]}."
        yield BrokenRule("seats_left", sentence, post=post)


def _group_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    group, rule = problem.workers.group, problem.group_rule
    grouped = np.flatnonzero(group >= 0)
    post, of = plan.post[grouped], group[grouped]
    split = _differ(of, (post >= 0).astype(np.int64), len(rule))
    for number in _some(np.flatnonzero(split)):
        yield _of_group("group_split", number, group, "is placed only in part")
    placed, at = post >= 0, problem.posts
    city = _differ(of[placed], at.place[post[placed]], len(rule))
    employer = _differ(of[placed], at.employer[post[placed]], len(rule)) & (rule == GroupRule.SAME_EMPLOYER)
    for number in _some(np.flatnonzero(city)):
        yield _of_group("group_apart", number, group, "is placed in different places")
    for number in _some(np.flatnonzero(employer & ~city)):
        yield _of_group("group_apart", number, group, "is placed with different employers")


def _differ(group: Ints, value: Rows | Ints, groups: int) -> Flags:
    """(groups,) Whether the values of a group's members are not all the same."""
    lowest, highest = np.full(groups, np.iinfo(np.int64).max), np.full(groups, -1, np.int64)
    np.minimum.at(lowest, group, value)
    np.maximum.at(highest, group, value)
    return np.asarray(lowest < highest, np.bool_)


def _of_group(code: str, number: int, group: Ints, fault: str) -> BrokenRule:
    return BrokenRule(code, f"Group {number} {fault}.", worker=int(np.flatnonzero(group == number)[0]))


def _number_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    placed = np.flatnonzero(plan.post >= 0)
    parts = [points_of(problem, plan.params, rows, plan.post[rows]) for rows in _pieces(placed)]
    right = np.zeros_like(plan.parts)
    right[placed] = np.concatenate(parts) if parts else 0
    for worker in _some(np.flatnonzero((right != plan.parts).any(axis=1))):
        yield BrokenRule(
            "parts", f"The parts of the score of worker {worker} are not those of the post.", worker
        )
    for worker in _some(np.flatnonzero(right.sum(axis=1, dtype=np.int64) != plan.score)):
        sentence = (
            f"The score of worker {worker} is {plan.score[worker]}, its parts make {right[worker].sum()}."
        )
        yield BrokenRule("score", sentence, worker)


def _total_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    total = int(plan.score.sum(dtype=np.int64))
    if plan.total != total:
        yield BrokenRule("total", f"The total is {total}, not {plan.total}.")
    if plan.bound < total:
        yield BrokenRule("bound", f"The bound {plan.bound} is below the total {total}.")


def _reason_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Reasons that other columns of the plan contradict."""
    reason, placed, group = plan.reason, plan.post >= 0, problem.workers.group >= 0
    wrong = placed != np.isin(reason, PLACED)
    wrong |= (reason == Reason.NO_POST) != (plan.choices == 0)
    wrong |= np.isin(reason, [Reason.WITH_GROUP, Reason.GROUP_APART]) & ~group
    wrong |= np.isin(reason, [Reason.BETTER_FULL, Reason.ALL_FULL]) & group
    wrong |= placed & ((plan.score == plan.best_score) != (reason == Reason.BEST))
    for worker in _some(np.flatnonzero(wrong)):
        name = Reason(int(reason[worker])).name
        yield BrokenRule(
            "reason", f"The reason {name} of worker {worker} contradicts the rest of the plan.", worker
        )
    for worker in _some(
        np.flatnonzero((plan.best_score < plan.score) | (plan.best_score > 0) & (plan.choices == 0))
    ):
        yield BrokenRule(
            "best_score", f"The best score of worker {worker} is below the score, or of no post.", worker
        )
    for worker in _some(np.flatnonzero((reason == Reason.NO_POST) != (plan.blocked_by != Rule.NONE))):
        yield BrokenRule(
            "blocked_by", f"Worker {worker} is blocked by a rule and has posts, or neither.", worker
        )


def _missing_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Refused posts that are not refused by the one rule named, or not of the score named."""
    named = np.flatnonzero(plan.missing_post >= 0)
    wrong = [np.zeros(0, np.bool_)]
    for rows in _pieces(named):
        post, one = plan.missing_post[rows], np.ones((len(rows), len(Rule)), np.bool_)
        one[np.arange(len(rows)), plan.missing_rule[rows]] = False
        kept = kept_rules(problem, plan.params, rows, post)
        score = points_of(problem, plan.params, rows, post).sum(axis=1, dtype=np.int64)
        told = (score == plan.missing_score[rows]) & (score > plan.score[rows])
        wrong.append((kept != one).any(axis=1) | ~told | (plan.missing_rule[rows] <= Rule.OPEN))
    empty = np.flatnonzero(
        (plan.missing_post < 0) & ((plan.missing_rule != Rule.NONE) | (plan.missing_score != 0))
    )
    for worker in _some(np.concatenate([named[np.concatenate(wrong)], empty])):
        refused = int(plan.missing_post[worker])
        sentence = f"Post {refused} is not refused to worker {worker} by one rule alone, as the plan says."
        yield BrokenRule("missing", sentence, worker, refused if refused >= 0 else None)


def _seat_reason_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    posts, taken = problem.posts, problem.posts.seats - plan.seats_left
    closed = (posts.seats == 0) | (posts.valid_until_day < problem.on_day)
    cases = [closed, plan.seats_left == 0, plan.candidates == 0, plan.candidates < posts.seats]
    codes = [SeatReason.CLOSED, SeatReason.FULL, SeatReason.NO_CANDIDATE, SeatReason.TOO_FEW]
    right = np.select(cases, codes, SeatReason.OUTBID)
    for post in _some(np.flatnonzero((plan.seat_reason != right) | (plan.candidates < taken))):
        name = SeatReason(int(plan.seat_reason[post])).name
        yield BrokenRule("seat_reason", f"The reason {name} of post {post} contradicts its seats.", post=post)


def _refusal_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Workers told that no post passes the rules, for whom one does."""
    told = np.flatnonzero(plan.reason == Reason.NO_POST)
    every = np.arange(len(problem.posts))
    for worker, post in _first_pairs(problem, plan, told, every):
        sentence = f"Worker {worker} is told that no post passes the rules; post {post} does."
        yield BrokenRule("not_refused", sentence, worker, post)


def _vacancy_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Workers told that all posts are filled, who could take a seat that stays empty."""
    told = np.flatnonzero(plan.reason == Reason.ALL_FULL)
    for worker, post in _first_pairs(problem, plan, told, np.flatnonzero(plan.seats_left > 0)):
        sentence = f"Worker {worker} is told that all posts are filled; post {post} has a seat."
        yield BrokenRule("seat_free", sentence, worker, post)


def _first_pairs(problem: Problem, plan: Plan, workers: Rows, posts: Rows) -> Iterator[tuple[int, int]]:
    found = passing_pairs(problem, plan.params, workers, posts)
    firsts = (
        (worker[at], post[at]) for worker, post in found for at in np.unique(worker, return_index=True)[1]
    )
    return islice(((int(worker), int(post)) for worker, post in firsts), MOST_EACH)


def _apart_faults(problem: Problem, plan: Plan) -> Iterator[BrokenRule]:
    """Groups told that they cannot stay together, for whom seats are left in one place."""
    told = np.unique(problem.workers.group[plan.reason == Reason.GROUP_APART])
    whole = told[~np.isin(told, problem.workers.group[plan.reason == Reason.NO_POST])]
    sitting = could_sit_together(problem, plan.params, whole, plan.seats_left)
    for number in islice(sitting, MOST_EACH):
        yield _of_group(
            "seat_free", number, problem.workers.group, "could be placed together on seats that are left"
        )
