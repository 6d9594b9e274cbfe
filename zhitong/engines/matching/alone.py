"""One worker's explanation by itself: from the posts of a round and their cut-offs, without the other workers.

A single change of a wish opens no post that fails two rules. What is told of one worker therefore follows from the
posts that fail at most one: some thousands of a city's, laid out in a moment.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from zhitong.engines.matching.arrange import taken
from zhitong.engines.matching.columns import Ints, Shorts
from zhitong.engines.matching.explain import Explanation, explain
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.plan import Plan
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import PARTS, Reason, SeatReason


def explain_alone(problem: Problem, params: Params, post: int, cutoff: Ints) -> Explanation:
    """Tell the one worker of `problem`, who has the post at `post` (-1 none), what `explain` tells of a round.

    `cutoff` has one entry for each post, as `cutoffs` found them in the round. ValueError where `problem` has any
    other number of workers, `cutoff` another length, or `post` is not there.
    """
    workers, posts = len(problem.workers), len(problem.posts)
    if workers != 1 or len(cutoff) != posts or not -1 <= post < posts:
        raise ValueError(
            f"There are {workers} workers, {len(cutoff)} cut-offs and {posts} posts; the post is {post}."
        )
    kept = kept_rules(problem, params, np.zeros(posts, np.int64), np.arange(posts))
    near = np.flatnonzero(((~kept).sum(axis=1) <= 1) | (np.arange(posts) == post))
    own = int(np.searchsorted(near, post)) if post >= 0 else -1
    place = np.full(posts + 1, -1, np.int32)
    place[near] = np.arange(len(near))
    worker = replace(problem.workers, declined_posts=place[problem.workers.declined_posts])
    small = replace(problem, workers=worker, posts=taken(problem.posts, near))
    told = explain(small, _plan(small, params, own), None, np.asarray(cutoff, np.int32)[near])
    given = np.append(near, -1).astype(np.int32)
    return replace(told, better_post=given[told.better_post], post=given[told.post])


def _plan(problem: Problem, params: Params, post: int) -> Plan:
    """A plan with this one post given; what explaining does not read is left empty."""
    one, every = np.zeros(1, np.int32), np.zeros(len(problem.posts), np.int32)
    parts: Shorts = np.zeros((1, PARTS), np.int16)
    if post >= 0:
        parts = points_of(problem, params, np.zeros(1, np.int64), np.array([post]))
    code = np.zeros(1, np.int8)
    return Plan(
        post=np.array([post], np.int32), score=parts.sum(axis=1, dtype=np.int32), parts=parts,
        reason=np.array([Reason.BETTER_FULL if post >= 0 else Reason.ALL_FULL], np.int8), blocked_by=code,
        missing_post=one - 1, missing_rule=code, missing_score=one, choices=one, best_score=one, seats_left=every,
        seat_reason=np.full(len(every), SeatReason.FULL, np.int8), candidates=every, price=every, total=0, bound=0,
        seed=0, params=params, problem_digest="",
    )  # fmt: skip
