"""The order in which a round is solved: drawn from the contents of the rows and the seed, never from their order.

Two problems that differ only in the order of their rows are arranged into the same problem, so that everything that
breaks ties by position breaks them by seed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.tables import Posts, Workers

Keys = npt.NDArray[np.uint64]
Order = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """A problem in the order of solving; row r of it is row `workers[r]` or `posts[r]` of the problem given."""

    problem: Problem
    workers: Order
    posts: Order


def arranged(problem: Problem, seed: int) -> Arranged:
    """`problem` in the order that `seed` draws: workers shuffled, posts shuffled within their occupation."""
    keys = _keys(problem.posts, seed)
    posts, declined = _posts_by_tree(problem, keys), problem.workers.declined_posts
    workers = np.argsort(_keys(problem.workers, seed, _contents(declined, keys)), kind="stable")
    place = np.full(len(posts) + 1, -1, np.int32)
    place[posts] = np.arange(len(posts))
    there = replace(taken(problem.workers, workers), declined_posts=place[declined[workers]])
    return Arranged(replace(problem, workers=there, posts=taken(problem.posts, posts)), workers, posts)


def _contents(declined: Ints, keys: Keys) -> Keys:
    """Posts named by what they are, in an order that follows from it."""
    return np.sort(np.append(keys, np.uint64(0))[declined], axis=1)


def _posts_by_tree(problem: Problem, keys: Keys) -> Order:
    occupation = problem.posts.occupation
    classes = (
        np.where(occupation[:, None] >= 0, problem.trees.occupation[occupation], -1)
        if len(problem.trees.occupation)
        else np.full((len(occupation), 3), -1)
    )
    return np.lexsort((keys, occupation, classes[:, 0], classes[:, 1], classes[:, 2]))


def taken(table: Any, order: npt.NDArray[np.integer[Any]]) -> Any:
    """The rows of a table in this order."""
    return type(table)(**{column.name: getattr(table, column.name)[order] for column in fields(table)})


def _keys(table: Workers | Posts, seed: int, declined: Keys | None = None) -> Keys:
    """One key for each row: equal rows in any order share the same set of keys."""
    content = np.full(len(table), seed % 2**64, np.uint64)
    for column in fields(table):
        values = getattr(table, column.name)
        if column.name == "declined_posts" and declined is not None:
            values = declined
        for part in values.T if values.ndim == 2 else [values]:
            content = _mixed(content ^ part.astype(np.int64).view(np.uint64))
    return _mixed(content ^ _copy_number(content))


def _copy_number(content: Keys) -> Keys:
    """0 for the first row of its content, 1 for the second, …"""
    order = np.argsort(content, kind="stable")
    ranked = content[order]
    first = np.searchsorted(ranked, ranked, side="left")
    number = np.empty(len(content), np.uint64)
    number[order] = np.arange(len(content)) - first
    return number


def _mixed(values: Keys) -> Keys:
    """The finishing steps of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
