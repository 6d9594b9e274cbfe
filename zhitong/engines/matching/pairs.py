"""What a single pair of worker and post is: which hard rules it keeps and what its fit is made of, in plain NumPy.

This is the definition. The compiled search says the same in bits and tables; nothing here is taken from it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Flags, Ints, Longs, Shorts
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import PARTS, Part, Rule

Rows = npt.NDArray[np.integer]

RULES_CHECKED = len(Rule)
ADULT, YOUNGEST = 18, 16
WAGE_STEP_FEN = 5_000
ELSEWHERE = 4


def kept_rules(problem: Problem, params: Params, worker: Rows, post: Rows) -> Flags:
    """(pairs, len(Rule)) Whether each pair keeps each `Rule`, by the code of the rule; `NONE` is always kept.

    `worker` and `post` are positions and are broadcast against each other; the last axis of the answer is the rule.
    """
    worker, post = np.broadcast_arrays(worker, post)
    kept = np.ones((*worker.shape, RULES_CHECKED), np.bool_)
    workers, posts = problem.workers, problem.posts
    kept[..., Rule.OPEN] = (posts.valid_until_day[post] >= problem.on_day) & (posts.seats[post] > 0)
    kept[..., Rule.AGE] = _keeps_age(problem, worker, post)
    kept[..., Rule.CERTIFICATE] = ~(posts.certificates[post] & ~workers.certificates[worker]).any(axis=-1)
    last_start = np.maximum(posts.begins_day[post], posts.valid_until_day[post])
    kept[..., Rule.DAY] = workers.earliest_day[worker] <= last_start
    kept[..., Rule.PLACE] = _keeps_place(problem, worker, post)
    kept[..., Rule.WAGE] = posts.wage_low_fen[post] >= workers.wage_floor_fen[worker]
    kept[..., Rule.EDUCATION] = workers.education[worker] >= posts.education[post]
    kept[..., Rule.OCCUPATION] = _keeps_occupation(problem, params, worker, post)
    kept[..., Rule.DECLINED] = _is_welcome(problem, worker, post)
    return kept


def points_of(problem: Problem, params: Params, worker: Rows, post: Rows) -> Shorts:
    """(pairs, PARTS) The parts of the fit of each pair, by the code of the `Part`; they add up to the score."""
    worker, post = np.broadcast_arrays(worker, post)
    workers, posts, weights = problem.workers, problem.posts, params.weights
    points = np.zeros((*worker.shape, PARTS), np.int16)
    points[..., Part.PLACED] = weights.placed
    points[..., Part.WISH] = _wish_points(problem, params, worker, post)
    points[..., Part.EXPERIENCE] = _experience_points(problem, params, worker, post)
    points[..., Part.WAGE] = _wage_points(problem, params, worker, post)
    points[..., Part.PLACE] = _place_points(problem, params, worker, post)
    points[..., Part.LODGING] = weights.lodging * (workers.needs_dormitory[worker] & posts.dormitory[post])
    points[..., Part.MEALS] = weights.meals * posts.meals[post]
    points[..., Part.SEASON] = _season_points(problem, params, worker, post)
    points[..., Part.FELLOWS] = weights.fellows * _has_fellows(problem, worker, post)
    points[..., Part.DISTANCE] = _distance_points(problem, params, post)
    points[..., Part.PRIORITY] = weights.priority * workers.priority[worker].astype(np.int16)
    return points


def _keeps_age(problem: Problem, worker: Rows, post: Rows) -> Flags:
    age, posts = problem.workers.age[worker], problem.posts
    lawful = (age >= YOUNGEST) & ((age >= ADULT) | ~posts.heavy[post])
    oldest = posts.max_age[post]
    return np.asarray(lawful & (age >= posts.min_age[post]) & ((oldest == 0) | (age <= oldest)), np.bool_)


def _lies_in(problem: Problem, post: Rows, named: Ints) -> Flags:
    """(pairs, columns) Whether the post lies in each place named, or in a prefecture of it."""
    place = problem.posts.place[post][..., None]
    parent = problem.trees.place_parent[place]
    return np.asarray((named >= 0) & ((place == named) | (parent == named)), np.bool_)


def _keeps_place(problem: Problem, worker: Rows, post: Rows) -> Flags:
    workers = problem.workers
    wished = _lies_in(problem, post, workers.wished_places[worker]).any(axis=-1)
    ruled_out = _lies_in(problem, post, workers.excluded_places[worker]).any(axis=-1)
    return np.asarray((wished | workers.anywhere[worker]) & ~ruled_out, np.bool_)


def _distances(problem: Problem, post: Rows, named: Ints) -> Ints:
    """(pairs, columns) Distance in the tree of the post from each occupation named; 4 where either is not coded."""
    tree, occupation = problem.trees.occupation, problem.posts.occupation[post][..., None]
    both = (named >= 0) & (occupation >= 0)
    distance = np.full(both.shape, ELSEWHERE, np.int32)
    if len(tree):
        for level, shared in ((2, 3), (1, 2), (0, 1)):
            distance[both & (tree[occupation, level] == tree[named, level])] = shared
    distance[both & (occupation == named)] = 0
    return distance


def _keeps_occupation(problem: Problem, params: Params, worker: Rows, post: Rows) -> Flags:
    workers = problem.workers
    named = np.concatenate([workers.wished[worker], workers.experienced[worker]], axis=-1)
    nearest = _distances(problem, post, named).min(axis=-1, initial=ELSEWHERE)
    return np.asarray((nearest <= params.furthest_occupation) | (named < 0).all(axis=-1), np.bool_)


def _is_welcome(problem: Problem, worker: Rows, post: Rows) -> Flags:
    posts, employers = problem.workers.declined_posts[worker], problem.workers.declined_employers[worker]
    declined = (posts == post[..., None]).any(axis=-1)
    return np.asarray(
        ~declined & ~(employers == problem.posts.employer[post][..., None]).any(axis=-1), np.bool_
    )


def _wish_points(problem: Problem, params: Params, worker: Rows, post: Rows) -> Longs:
    named = problem.workers.wished[worker]
    nearest = _distances(problem, post, named).min(axis=-1, initial=ELSEWHERE)
    percent = np.array(params.occupation_percent)[nearest]
    percent = np.where((named < 0).all(axis=-1), params.wish_unstated_percent, percent)
    return np.asarray(params.weights.wish * percent // 100, np.int64)


def _experience_points(problem: Problem, params: Params, worker: Rows, post: Rows) -> Longs:
    named, full = problem.workers.experienced[worker], params.full_experience_years
    years = np.minimum(problem.workers.experience_years[worker], full).astype(np.int64)
    percent = np.array(params.occupation_percent)[_distances(problem, post, named)]
    points = params.weights.experience * percent * years // (100 * full)
    return np.asarray(np.where(named >= 0, points, 0).max(axis=-1, initial=0), np.int64)


def _wage_points(problem: Problem, params: Params, worker: Rows, post: Rows) -> Longs:
    posts, full = problem.posts, params.full_wage_fen
    expected = (posts.wage_low_fen[post].astype(np.int64) + posts.wage_high_fen[post]) // 2
    above = np.maximum(expected - problem.workers.wage_floor_fen[worker], 0)
    counted = np.minimum(above // WAGE_STEP_FEN * WAGE_STEP_FEN, full)
    return np.asarray(params.weights.wage * counted // full, np.int64)


def _place_points(problem: Problem, params: Params, worker: Rows, post: Rows) -> Longs:
    wished = problem.workers.wished_places[worker]
    inside = _lies_in(problem, post, wished)
    table = np.array(params.place_percent)
    percent = table[np.minimum(np.arange(wished.shape[-1]), len(table) - 1)]
    accepted = np.where(problem.workers.anywhere[worker], params.place_accepted_percent, 0)
    first = np.where(inside, np.arange(wished.shape[-1]), wished.shape[-1]).min(
        axis=-1, initial=wished.shape[-1]
    )
    stated = np.append(percent, 0)[first]
    return np.asarray(params.weights.place * np.where(inside.any(axis=-1), stated, accepted) // 100, np.int64)


def _season_points(problem: Problem, params: Params, worker: Rows, post: Rows) -> Longs:
    longest = params.longest_wait_days
    ready = np.maximum(problem.workers.earliest_day[worker], problem.on_day).astype(np.int64)
    wait = np.clip(problem.posts.begins_day[post] - ready, 0, longest)
    return np.asarray(params.weights.season * (longest - wait) // longest, np.int64)


def _has_fellows(problem: Problem, worker: Rows, post: Rows) -> Flags:
    fellows = problem.fellows
    known = np.unique(fellows.village.astype(np.int64) << 32 | fellows.employer)
    village = problem.workers.village[worker].astype(np.int64)
    return np.isin(village << 32 | problem.posts.employer[post], known) & (village >= 0)


def _distance_points(problem: Problem, params: Params, post: Rows) -> Longs:
    minutes, longest = problem.posts.minutes_from_home[post].astype(np.int64), params.longest_journey_minutes
    near = params.weights.distance * (longest - np.minimum(minutes, longest)) // longest
    return np.where(minutes >= 0, near, 0)
