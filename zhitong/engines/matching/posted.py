"""The posts of a round laid out once, to be asked about by any few of its workers."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

import numpy as np

from zhitong.engines.matching import index as tables
from zhitong.engines.matching.arrange import taken
from zhitong.engines.matching.columns import Flags, Ints, Longs
from zhitong.engines.matching.loops import laid, layout
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.shelf import Best, Shelves, _narrow, _neighbours
from zhitong.engines.matching.standing import Stop, never
from zhitong.engines.matching.tables import EDUCATION_LEVELS, Workers

DRAWN = 2048
"""By the wage floors of so many workers the posts are laid out."""


class Posted:
    """Posts that any workers of the round may ask about; laying them out takes the same for many workers and for few.

    What they find is what `Shelves` of all workers would find, with `numbers` to decide between equals.
    """

    def __init__(
        self, problem: Problem, params: Params, price: Ints, numbers: Ints, stop: Stop = never
    ) -> None:
        self.problem, self.numbers = problem, numbers
        few = _of_every_age(problem.workers, np.flatnonzero(numbers < DRAWN))
        self.shelves = Shelves(replace(problem, workers=few), params, stop).sorted_at(price)
        inner = self.shelves.near[: layout.OLDEST + 1]
        self.age = self.shelves.shelf.worker[inner, laid.KIND] // (2 * EDUCATION_LEVELS)
        known = np.isin(problem.fellows.employer, problem.posts.employer)
        self.villages = np.unique(problem.fellows.village[known])

    def best(
        self,
        rows: Ints,
        columns: int,
        price: Ints,
        *,
        open_to: Flags | None = None,
        least: Ints | None = None,
    ) -> Best:
        """As `Shelves.best`."""
        shelves = self.shelves_of(rows)
        found = shelves.best(
            np.arange(len(rows), dtype=np.int32), columns, price, open_to=open_to, least=least
        )
        self.shelves.most = shelves.most
        return found

    def shelves_of(self, rows: Ints) -> Shelves:
        """Shelves of these workers alone, by their positions in `rows`."""
        workers, other = taken(self.problem.workers, rows), copy(self.shelves)
        other.problem, other.workers = replace(self.shelves.problem, workers=workers), len(rows)
        worker = other._workers(self._kind(workers), self._village(workers))
        worker[:, laid.TIE] = self.numbers[rows]
        inner = _neighbours(other.problem, worker[:, laid.BUCKET])
        other.near = np.empty(len(rows), np.int32)
        other.near[inner] = np.arange(len(rows), dtype=np.int32)
        other.shelf = other.shelf._replace(
            worker=worker[inner],
            lists=_narrow(tables._lists(other.problem))[inner],
            held=workers.certificates[inner],
            declined=tables.declined_of(other.problem)[inner],
        )
        return other

    def _kind(self, workers: Workers) -> Ints:
        holds = (workers.certificates != 0).any(axis=1)
        kind = (self.age[workers.age] * EDUCATION_LEVELS + workers.education) * 2 + holds
        return np.asarray(kind, np.int32)

    def _village(self, workers: Workers) -> Longs:
        if not len(self.villages):
            return np.full(len(workers), -1)
        place = np.minimum(np.searchsorted(self.villages, workers.village), len(self.villages) - 1)
        return np.where(self.villages[place] == workers.village, place, -1)


def with_posts(problem: Problem, posts: Longs) -> Problem:
    """The same round with some of its posts, in this order."""
    place = np.full(len(problem.posts) + 1, -1, np.int32)
    place[posts] = np.arange(len(posts))
    workers = replace(problem.workers, declined_posts=place[problem.workers.declined_posts])
    return replace(problem, workers=workers, posts=taken(problem.posts, posts))


def _of_every_age(workers: Workers, lot: Longs) -> Workers:
    """One worker of each age, the first of the highest priority of all, and the `lot`; all alone."""
    ages = layout.OLDEST + 1
    some: Workers = taken(workers, np.concatenate([np.zeros(ages, np.int64), lot]))
    age, priority = some.age.copy(), some.priority.copy()
    age[:ages], priority[0] = np.arange(ages), workers.priority.max()
    return replace(some, age=age, priority=priority, group=np.full(len(age), -1))
