"""Why nobody sits better, and what would have changed it: for each person, at the cut-offs of a plan.

A *claim* to a post is how much better it fits than the best that could be had instead; its *cut-off* is the lowest
claim that has a seat there, 0 where a seat is free. Who would claim more than the cut-off would sit there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.arrange import Arranged, arranged
from zhitong.engines.matching.changes import CHANGES, Change, steps_of
from zhitong.engines.matching.columns import Bytes, Flags, Ints
from zhitong.engines.matching.index import index_of, open_on_day
from zhitong.engines.matching.loops import explain as loops
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.layout import BINS, RULES, Index, Scratch
from zhitong.engines.matching.loops.told import GOES_ALONE, SAME_EMPLOYER, SAME_PLACE, Given, Posted, Told
from zhitong.engines.matching.params import STRICT_MODE, Params
from zhitong.engines.matching.plan import Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import GroupRule, Part
from zhitong.engines.matching.vacancies import passing_values

Rows = npt.NDArray[np.int64]

PIECE = 8192
LEAST = -(2**29)
THIN = 4_000_000
"""Up to so many pairs of worker and post the cut-offs are sharpened."""
SHARPENED = 30
OUT_OF_REACH = 2**24
"""More than any claim."""
UNIT_OF_RULE = {GroupRule.SAME_CITY: SAME_PLACE, GroupRule.SAME_EMPLOYER: SAME_EMPLOYER}


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What is told to some workers of a plan, one entry for each of `workers`."""

    workers: Ints
    """Positions of those who asked."""
    better_post: Ints
    """The best-fitting post that passes every rule and fits better than the one given; -1 without one."""
    better_fit: Ints
    """Its fit."""
    claim: Ints
    """How much better it fits than what the worker has or could have at the cut-offs; 0 without one."""
    costliest: Bytes
    """The `Change` of a wish that would bring most; NONE where none brings anything."""
    cost: Ints
    """How much that is, in points."""
    change: Bytes
    """The one `Change` that asks least and would have brought a (better) post; NONE where no single one would."""
    amount: Ints
    """How far it goes: see `Change`."""
    post: Ints
    """The post that it would have brought; -1 without one."""
    gain: Ints
    """How much more that is than the worker has or could have, in points at the cut-offs."""


def cutoffs(problem: Problem, plan: Plan) -> Ints:
    """(posts,) The lowest claim that has a seat at each post; 0 where a seat is free.

    In an auction the price is the lowest bid that is held. The prices of a round that was solved exactly are the
    lowest that clear it: there, up to `THIN` pairs, they are raised to the lowest claim, at most `SHARPENED` times.
    Where priority chooses strictly first, no claim wins a seat that someone has: the cut-off is `OUT_OF_REACH`.
    """
    if plan.params.priority_mode == STRICT_MODE:
        return np.where(plan.seats_left > 0, 0, OUT_OF_REACH).astype(np.int32)
    cutoff = np.where(plan.seats_left > 0, 0, plan.price).astype(np.int32)
    if len(problem.workers) * len(problem.posts) > THIN:
        return cutoff
    placed = np.flatnonzero(plan.post >= 0)
    worker, post, fit = passing_values(problem, plan.params, placed, np.arange(len(problem.posts)))
    other = (post != plan.post[worker]) & _within_reach(problem, plan, worker, post)
    worker, post, fit = worker[other], post[other], fit[other]
    for _ in range(SHARPENED):
        instead = np.zeros(len(problem.workers), np.int64)
        np.maximum.at(instead, worker, fit - cutoff[post])
        lowest = np.full(len(problem.posts), np.iinfo(np.int64).max)
        np.minimum.at(lowest, plan.post[placed], (plan.score - instead)[placed])
        full = (plan.seats_left == 0) & (lowest < np.iinfo(np.int64).max)
        raised = np.where(full, np.maximum(cutoff, lowest), cutoff).astype(np.int32)
        if (raised == cutoff).all():
            break
        cutoff = raised
    return cutoff


def _within_reach(problem: Problem, plan: Plan, worker: Rows, post: Rows) -> Flags:
    """Whether each worker could move to the post without leaving a group behind."""
    posts, group, mine = problem.posts, problem.workers.group[worker], plan.post[worker]
    rule = np.append(problem.group_rule, -1)[group]
    same_place, same_employer = (
        posts.place[post] == posts.place[mine],
        posts.employer[post] == posts.employer[mine],
    )
    near = same_place & (same_employer | (rule == GroupRule.SAME_CITY))
    return np.asarray((group < 0) | near, np.bool_)


def explain(
    problem: Problem, plan: Plan, workers: Ints | None = None, cutoff: Ints | None = None
) -> Explanation:
    """Tell `workers` (all of them by default) what stood between them and a better post.

    ValueError for a plan of another size, or for a worker who is not there.
    """
    if len(plan.post) != len(problem.workers) or len(plan.seats_left) != len(problem.posts):
        raise ValueError("The plan has other numbers of workers or posts than the problem.")
    asked = (
        np.arange(len(problem.workers), dtype=np.int32) if workers is None else np.asarray(workers, np.int32)
    )
    if len(asked) and not 0 <= int(asked.min()) <= int(asked.max()) < len(problem.workers):
        raise ValueError(f"There is no worker {asked.max()}; there are {len(problem.workers)}.")
    own = cutoffs(problem, plan) if cutoff is None else cutoff
    return _Explaining(problem, plan, own).told(asked)


class _Explaining:
    """A plan laid out for the loops, in the order of solving."""

    def __init__(self, problem: Problem, plan: Plan, cutoff: Ints) -> None:
        self.params = plan.params
        self.laid: Arranged = arranged(problem, plan.seed)
        self.index = index_of(self.laid.problem, plan.params)
        self.row = np.empty(len(problem.workers), np.int32)
        self.row[self.laid.workers] = np.arange(len(problem.workers), dtype=np.int32)
        self.given = _given(self.laid, plan)
        self.posted = _posted(self.laid, self.index, plan.params, cutoff[self.laid.posts])

    def told(self, asked: Ints) -> Explanation:
        """What is told to these workers, by their positions in the problem given."""
        pieces = [self._piece(asked[start : start + PIECE]) for start in range(0, len(asked), PIECE)]
        columns = [np.concatenate(column) for column in zip(*pieces, strict=True)] if pieces else []
        return Explanation(asked, *(columns or [np.zeros(0, np.int32)] * 9))

    def _piece(self, asked: Ints) -> tuple[Ints, ...]:
        rows = self.row[asked]
        room = [np.empty(len(rows), np.int32) for _ in range(3)]
        tables = [np.empty((len(rows), CHANGES - 1), np.int32) for _ in range(4)]
        told = Told(*room, *tables)
        if len(self.laid.posts):
            skill = np.zeros(self.index.slots.shape[1], np.int32)
            steps = _steps(self.index.wage_points)
            loops.explain(
                self.index, scratch_of(self.index), skill, steps, self.posted, self.given, rows, told
            )
        else:
            for column in told:
                column[:] = -1
        return tuple(self._columns(told))

    def _columns(self, told: Told) -> Iterator[Ints]:
        given = np.append(self.laid.posts, -1).astype(np.int32)
        found = told.better >= 0
        yield given[told.better]
        yield np.where(found, told.fit, 0).astype(np.int32)
        yield np.where(found, told.fit - told.reach, 0).astype(np.int32)
        gain = np.maximum(told.gain, 0)
        yield np.where(gain.any(axis=1), gain.argmax(axis=1) + 1, Change.NONE).astype(np.int8)
        yield gain.max(axis=1).astype(np.int32)
        kind = least_asked(told.amount, told.at_post)
        row, column = np.arange(len(kind)), np.maximum(kind - 1, 0)
        some = kind > 0
        yield kind.astype(np.int8)
        yield np.where(some, told.amount[row, column], 0).astype(np.int32)
        yield given[np.where(some, told.post[row, column], -1)]
        yield np.where(some, told.at_post[row, column], 0).astype(np.int32)


def least_asked(amount: Ints, gain: Ints) -> Ints:
    """The `Change` of each row that asks least: fewest steps, then most gain, then the lowest code."""
    far = np.iinfo(np.int64).max // 4
    asked = np.full(amount.shape, far, np.int64)
    for column in range(amount.shape[1]):
        steps = steps_of(column + 1, amount[:, column])
        asked[:, column] = np.where(amount[:, column] >= 0, steps * 2**32 - gain[:, column], far)
    kind = asked.argmin(axis=1) + 1
    return np.where((amount >= 0).any(axis=1), kind, Change.NONE)


def _given(laid: Arranged, plan: Plan) -> Given:
    place = np.empty(len(laid.posts) + 1, np.int32)
    place[laid.posts], place[-1] = np.arange(len(laid.posts), dtype=np.int32), -1
    group, rule = laid.problem.workers.group, laid.problem.group_rule
    unit = np.array([UNIT_OF_RULE[GroupRule(int(one))] for one in rule], np.int8)
    together = np.append(unit, np.int8(GOES_ALONE))[np.where(group >= 0, group, len(unit))]
    return Given(
        post=place[plan.post[laid.workers]],
        score=plan.score[laid.workers],
        wish=plan.parts[laid.workers, Part.WISH].astype(np.int32),
        together=together.astype(np.int8),
    )


def _posted(laid: Arranged, index: Index, params: Params, cutoff: Ints) -> Posted:
    posts, weights = laid.problem.posts, params.weights
    last = np.maximum(posts.begins_day, posts.valid_until_day)
    own = index.post[:, layout.POINTS_AT] + weights.lodging * posts.dormitory
    most = np.stack([own, own - cutoff, index.post[:, layout.WAGE_AT]], axis=1)
    words = np.full((index.sets.shape[1], 64, 3), LEAST, np.int64)
    words.reshape(-1, 3)[: len(posts)] = np.where(open_on_day(laid.problem)[:, None], most, LEAST)
    return Posted(
        cutoff=np.ascontiguousarray(cutoff, np.int32),
        terms=np.stack([posts.wage_low_fen, last], axis=1).astype(np.int32),
        demanded=posts.certificates,
        most=words.max(axis=1).astype(np.int32),
    )


def _steps(wage_points: Ints) -> Ints:
    """For each number of points the fewest steps of wage that bring them."""
    points = np.arange(int(wage_points[-1]) + 1)
    return np.searchsorted(wage_points, points, side="left").astype(np.int32)


def scratch_of(index: Index) -> Scratch:
    """Room for what is known about the worker looked at."""
    words, slots = index.sets.shape[1], index.slots.shape[1] - 1
    return Scratch(
        bits=np.zeros((RULES + 1, words), np.uint64),
        slot=np.zeros((3, slots), np.int32),
        bins=np.zeros(BINS, np.int32),
        place=np.zeros(len(index.place_parent), np.int32),
        met=np.zeros(index.employers, np.int32),
    )
