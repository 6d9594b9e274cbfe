"""A round of matching as arrays: row 17, never a name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Bytes, Column, columns_of, settle
from zhitong.engines.matching.rules import GroupRule
from zhitong.engines.matching.tables import LAST_DAY, OPTIONAL, Fellows, Posts, Trees, Workers

LARGEST_GROUP = 12
"""The most members of one group."""


def _no_groups() -> Bytes:
    return np.empty(0, np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Who could be offered which post on one day; ValueError with a sentence when the arrays make no sense."""

    workers: Workers
    posts: Posts
    trees: Trees
    on_day: int
    """Day of the round, as the proleptic ordinal of the date."""
    group_rule: Annotated[Bytes, Column(np.int8, 0, max(GroupRule))] = field(default_factory=_no_groups)
    """(groups,) A `GroupRule` for each group; a group has at most 12 members."""
    fellows: Fellows = field(default_factory=Fellows.nobody)

    def __post_init__(self) -> None:
        settle(self)
        _check_day(self.on_day)
        _check_positions(self)
        _check_groups(self.workers.group, len(self.group_rule))

    def arrays(self) -> Iterator[tuple[str, npt.NDArray[Any]]]:
        """Every column with its dotted name, in the same order always; not the empty ones that may be left out."""
        for name in ("workers", "posts", "trees", "fellows"):
            table = getattr(self, name)
            for column in columns_of(type(table)):
                values = getattr(table, column)
                if values.size or column not in OPTIONAL:
                    yield f"{name}.{column}", values
        yield "on_day", np.array(self.on_day, np.int32)
        yield "group_rule", self.group_rule

    def digest(self) -> str:
        """Thirty-two hexadecimal characters that change with any value in any column."""
        mixed = hashlib.blake2b(digest_size=16)
        for name, values in self.arrays():
            mixed.update(f"{name} {values.dtype.str} {values.shape};".encode())
            mixed.update(np.ascontiguousarray(values).data)
        return mixed.hexdigest()


def _check_day(on_day: Any) -> None:
    whole = isinstance(on_day, int | np.integer) and not isinstance(on_day, bool)
    if not whole or not 0 <= on_day <= LAST_DAY:
        raise ValueError(f"on_day must be a whole day number in 0..{LAST_DAY}, not {on_day!r}.")


def _check_positions(problem: Problem) -> None:
    workers, posts, trees = problem.workers, problem.posts, problem.trees
    occupations, places = len(trees.occupation), len(trees.place_parent)
    _check_below("workers.wished", workers.wished, occupations, "occupations")
    _check_below("workers.experienced", workers.experienced, occupations, "occupations")
    _check_below("workers.wished_places", workers.wished_places, places, "places")
    _check_below("workers.excluded_places", workers.excluded_places, places, "places")
    _check_below("workers.declined_posts", workers.declined_posts, len(posts), "posts")
    _check_below("workers.group", workers.group, len(problem.group_rule), "groups")
    _check_below("posts.occupation", posts.occupation, occupations, "occupations")
    _check_below("posts.place", posts.place, places, "places")
    if workers.certificates.shape[1] != posts.certificates.shape[1]:
        raise ValueError("workers.certificates and posts.certificates must have the same number of words.")


def _check_below(name: str, positions: npt.NDArray[Any], count: int, what: str) -> None:
    if (positions >= count).any():
        where = np.argwhere(positions >= count)[0]
        raise ValueError(
            f"{name} names {positions[tuple(where)]} in row {where[0]}; there are {count} {what}."
        )


def _check_groups(group: npt.NDArray[Any], groups: int) -> None:
    members = np.bincount(group[group >= 0], minlength=groups)
    if members.size and members.max() > LARGEST_GROUP:
        largest = int(members.argmax())
        raise ValueError(
            f"Group {largest} has {members[largest]} members; at most {LARGEST_GROUP} are possible."
        )
