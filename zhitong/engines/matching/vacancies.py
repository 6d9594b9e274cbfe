"""Who could sit on a set of seats, found pair by pair in plain NumPy; for checking, not for solving."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import GroupRule

PAIRS = 4_000_000
"""So many pairs are looked at in one go."""

Rows = npt.NDArray[np.int64]


def passing_pairs(
    problem: Problem, params: Params, workers: Rows, posts: Rows
) -> Iterator[tuple[Rows, Rows]]:
    """(worker, post) of all pairs that keep every rule, in pieces, worker after worker."""
    step = max(PAIRS // max(len(posts), 1), 1)
    for start in range(0, len(workers), step):
        some = workers[start : start + step]
        row, column = np.nonzero(_likely(problem, some, posts))
        worker, post = some[row], posts[column]
        passing = kept_rules(problem, params, worker, post).all(axis=-1)
        yield worker[passing], post[passing]


def passing_values(problem: Problem, params: Params, workers: Rows, posts: Rows) -> tuple[Rows, Rows, Rows]:
    """(worker, post, fit) of all pairs that keep every rule."""
    found = list(passing_pairs(problem, params, workers, posts))
    worker = np.concatenate([np.zeros(0, np.int64), *(pair[0] for pair in found)])
    post = np.concatenate([np.zeros(0, np.int64), *(pair[1] for pair in found)])
    fit = points_of(problem, params, worker, post).sum(axis=1, dtype=np.int64)
    return worker, post, fit


def _likely(problem: Problem, some: Rows, posts: Rows) -> Flags:
    """(workers, posts) False for most pairs that break a rule, found by comparisons of whole tables."""
    workers, at = problem.workers, problem.posts
    last_start = np.maximum(at.begins_day, at.valid_until_day)[posts]
    likely = workers.wage_floor_fen[some, None] <= at.wage_low_fen[posts]
    likely &= workers.earliest_day[some, None] <= last_start
    likely &= workers.education[some, None] >= at.education[posts]
    likely &= _wished_places(problem, some)[:, at.place[posts]]
    return np.asarray(likely, np.bool_)


def _wished_places(problem: Problem, some: Rows) -> Flags:
    """(workers, places) Whether the place or its province is wished for, or every place will do."""
    parent, wished = problem.trees.place_parent, problem.workers.wished_places[some]
    named = np.zeros((len(some), len(parent) + 1), np.bool_)
    named[np.arange(len(some))[:, None], wished] = True
    named[:, -1] = False
    return named[:, :-1] | named[:, parent] | problem.workers.anywhere[some, None]


def could_sit_together(problem: Problem, params: Params, groups: Ints, seats: Ints) -> Iterator[int]:
    """Those of `groups` whose members could all take different seats in one unit."""
    members = np.flatnonzero(np.isin(problem.workers.group, groups))
    found = list(passing_pairs(problem, params, members, np.flatnonzero(seats > 0)))
    worker = np.concatenate([np.zeros(0, np.int64), *(pair[0] for pair in found)])
    post = np.concatenate([np.zeros(0, np.int64), *(pair[1] for pair in found)])
    group = problem.workers.group[worker]
    for number in groups:
        mine = group == number
        size = int((problem.workers.group == number).sum())
        if _fits_somewhere(problem, int(number), size, worker[mine], post[mine], seats):
            yield int(number)


def _fits_somewhere(problem: Problem, group: int, size: int, worker: Rows, post: Rows, seats: Ints) -> bool:
    place, employer = problem.posts.place[post], problem.posts.employer[post]
    together = problem.group_rule[group] == GroupRule.SAME_EMPLOYER
    unit = np.stack([place, employer if together else np.zeros_like(employer)], axis=1)
    for one in np.unique(unit, axis=0):
        here = (unit == one).all(axis=1)
        if len(np.unique(worker[here])) == size and _all_seated(worker[here], post[here], size, seats):
            return True
    return False


def _all_seated(worker: Rows, post: Rows, size: int, seats: Ints) -> bool:
    """Whether `size` workers find different seats, by a largest matching (Hopcroft and Karp 1973)."""
    copies = np.minimum(seats[post], size)
    row = np.repeat(np.unique(worker, return_inverse=True)[1], copies)
    copy = np.arange(len(row)) - np.repeat(np.cumsum(copies) - copies, copies)
    seat = np.unique(np.repeat(post, copies) * size + copy, return_inverse=True)[1]
    graph = csr_array((np.ones(len(row), np.int8), (row, seat)))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum()) == size
