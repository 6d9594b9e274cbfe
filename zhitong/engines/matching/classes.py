"""Where an order-based class should open: people of one county who lack one training for seats that stay empty.

The county never reaches the engine: it comes here as a number for each worker, after the plan was made.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.vacant import Vacant

NO_CERTIFICATE = -1


class Opening(NamedTuple):
    """A class that could be opened, and what it would bring."""

    group: int
    """The number of the county (or other group of workers)."""
    trade: int
    """Position of the middle class of occupations; -1 for posts that are not coded."""
    certificate: int
    """The certificate to be trained for; -1 for learning the trade."""
    people: int
    """Left-over people of the group whom nothing else keeps from such a post; each counts for one class only."""
    seats: int
    """Empty seats that this training would open to them."""
    placed: int
    """At least so many of them would have a seat, were this class the only one."""
    posts: tuple[int, ...]
    """Positions of the posts with these seats."""


def openings(problem: Problem, vacant: Vacant, groups: Ints) -> list[Opening]:
    """Classes by trade, training and group, those first that place most people for each trained.

    `groups` is a number for each worker, -1 for none. Whoever lacks but a certificate counts for the trade of the
    best post that it opens; others for the trade that they would have to learn. ValueError for another length.
    """
    if len(groups) != len(problem.workers):
        raise ValueError(f"There are {len(groups)} groups for {len(problem.workers)} workers.")
    people = trainees(problem, vacant)
    seats_of = dict(zip(vacant.post.tolist(), vacant.seats.tolist(), strict=True))
    members: dict[tuple[int, int, int], list[list[int]]] = defaultdict(list)
    for row, worker in enumerate(vacant.workers.tolist()):
        if people.trade[row] != NOBODY and groups[worker] >= 0:
            key = int(groups[worker]), int(people.trade[row]), int(people.certificate[row])
            members[key].append(people.posts[row])
    found = [_opening(key, wanted, seats_of) for key, wanted in members.items()]
    return sorted(found, key=lambda one: (-one.placed / one.people, -one.placed, one))


NOBODY = -2
"""The trade of those whom no single training would help."""


class Training(NamedTuple):
    """What one training would open to each of `Vacant.workers`."""

    trade: Ints
    certificate: Ints
    posts: list[list[int]]
    """The posts of that trade which it opens, best first."""


def trainees(problem: Problem, vacant: Vacant) -> Training:
    """For each worker left over the trade and the certificate to be trained for."""
    middle = np.append(problem.trees.occupation[:, 1], -1)[np.append(problem.posts.occupation, -1)]
    by_certificate = vacant.nearest[:, 0, 0] >= 0
    row = np.arange(len(vacant.workers))
    kind = np.where(by_certificate, 0, 1)
    near, lacks = vacant.nearest[row, kind], vacant.certificate[row, kind]
    there = near[:, 0] >= 0
    trades = np.where(near >= 0, middle[near], NOBODY)
    same = (trades == trades[:, :1]) & (lacks == lacks[:, :1]) & (near >= 0)
    posts = [one[chosen].tolist() for one, chosen in zip(near, same, strict=True)]
    return Training(
        np.where(there, trades[:, 0], NOBODY), np.where(there, lacks[:, 0], NO_CERTIFICATE), posts
    )


def _opening(key: tuple[int, int, int], wanted: list[list[int]], seats_of: dict[int, int]) -> Opening:
    free = {post: seats_of[post] for posts in wanted for post in posts}
    seats = sum(free.values())
    placed = sum(_seated(posts, free) for posts in sorted(wanted, key=len))
    return Opening(*key, people=len(wanted), seats=seats, placed=placed, posts=tuple(free))


def _seated(posts: list[int], free: dict[int, int]) -> bool:
    """Take the best of the posts that has a seat left."""
    for post in posts:
        if free[post] > 0:
            free[post] -= 1
            return True
    return False
