"""Groups that stay together: each takes the place, or the employer, where seats for all its members bring the most.

A *unit* is what a group must share: a place for `SAME_CITY`, an employer in a place for `SAME_EMPLOYER`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Bytes, Flags, Ints
from zhitong.engines.matching.loops.group import Desk, place
from zhitong.engines.matching.problem import LARGEST_GROUP, Problem
from zhitong.engines.matching.search import Search

ENTRIES = 8_000_000
"""So many pairs of member and post are held at once."""
SEATS = LARGEST_GROUP**3
"""No group needs to be shown more seats than these: for each member so many posts, of each post so many seats."""
LEAST = -(2**30)
"""Below any fit less price: members of a group may lose so that the group gains."""


class Groups(NamedTuple):
    """The groups of an arranged problem, in the order in which they choose."""

    member: Ints
    """Workers, group after group."""
    first: Ints
    """(groups + 1,) First entry of each group in `member`."""
    rule: Bytes
    unit: Ints
    """(2, posts) Unit of each post, by `GroupRule`."""


class Placed(NamedTuple):
    """Where the groups stand."""

    post: Ints
    """(members,) -1 for a group without seats."""
    score: Ints
    may: Flags
    """(groups,) Who may choose again."""


def groups_of(problem: Problem, chosen: Flags) -> Groups:
    """The groups flagged in `chosen`, those of highest priority first, then in the order of their first members."""
    group, posts = problem.workers.group, problem.posts
    member = np.flatnonzero((group >= 0) & np.append(chosen, False)[group])
    groups = len(problem.group_rule)
    earliest, priority = np.full(groups, len(group)), np.zeros(groups, np.int64)
    np.minimum.at(earliest, group[member], member)
    np.maximum.at(priority, group[member], problem.workers.priority[member])
    member = member[np.lexsort((member, earliest[group[member]], -priority[group[member]]))]
    start = np.flatnonzero(np.diff(group[member], prepend=-2))
    site = posts.employer.astype(np.int64) * len(problem.trees.place_parent) + posts.place
    pair = np.unique(site, return_inverse=True)[1]
    return Groups(
        member.astype(np.int32),
        np.append(start, len(member)).astype(np.int32),
        problem.group_rule[group[member[start]]],
        np.stack([posts.place, pair]).astype(np.int32),
    )


def placed_together(
    search: Search, groups: Groups, choices: Ints, seats: Ints, price: Ints, before: Placed | None = None
) -> tuple[Ints, Ints, int]:
    """The post of each entry of `groups.member` and its fit, -1 and 0 for a group that stays.

    One after another each group takes the unit where the fit of its members less the prices is highest, unless that
    is nowhere above 0; `seats` loses what is taken. `choices` (workers,) is how many posts each worker has at most.

    What the groups had `before` they keep, unless they may choose again and gain by it.

    No plan can give these groups together more fit less prices than the number returned last, whatever the seats.
    """
    post, value = np.full(len(groups.member), -1, np.int32), np.zeros(len(groups.member), np.int32)
    may, there = np.ones(len(groups.rule), np.bool_), seats > 0
    if before is not None:
        post[:], may = before.post, before.may
        value[:] = np.where(post >= 0, before.score - price[post], 0)
        seats -= np.bincount(post[post >= 0], minlength=len(seats)).astype(seats.dtype)
    desk, most = _desk(groups), 0
    least = np.full(search.workers, LEAST, np.int32)
    for start, stop in _pieces(groups, choices):
        rows, worth = slice(groups.first[start], groups.first[stop]), np.zeros(stop - start, np.int64)
        columns = max(int(choices[groups.member[rows]].max()), 1)
        drawn = search.draw(groups.member[rows], columns, there, price, least, ended=True)
        own = (groups.first[start : stop + 1] - rows.start, groups.rule[start:stop], groups.unit)
        place(*own, drawn.post, drawn.value, seats, desk, post[rows], value[rows], worth, may[start:stop])
        most += int(worth.sum())
    return post, np.where(post >= 0, value + price[post], 0).astype(np.int32), most


def _pieces(groups: Groups, choices: Ints) -> list[tuple[int, int]]:
    """Runs of groups whose lists fit into `ENTRIES`."""
    runs, start, widest = [], 0, 0
    for group in range(len(groups.rule)):
        mine = int(choices[groups.member[groups.first[group] : groups.first[group + 1]]].max())
        entries = max(widest, mine) * int(groups.first[group + 1] - groups.first[start])
        if entries > ENTRIES and group > start:
            runs.append((start, group))
            start, widest = group, 0
        widest = max(widest, mine)
    return [*runs, (start, len(groups.rule))] if len(groups.rule) else []


def _desk(groups: Groups) -> Desk:
    units = int(groups.unit.max(initial=-1)) + 1
    return Desk(
        clock=np.zeros(1, np.int64),
        plenty=np.ones(groups.unit.shape[1], np.int32),
        stage=np.zeros(units, np.int64),
        own=np.zeros(units, np.int32),
        total=np.zeros(units, np.int32),
        seen=np.zeros(units, np.int32),
        seat=np.zeros(SEATS, np.int32),
        cost=np.zeros((LARGEST_GROUP, SEATS), np.int64),
        taken=np.zeros(LARGEST_GROUP, np.int64),
        row_price=np.zeros(LARGEST_GROUP + 1, np.int64),
        seat_price=np.zeros(SEATS + 1, np.int64),
        holder=np.zeros(SEATS + 1, np.int64),
        way=np.zeros(SEATS + 1, np.int64),
        nearest=np.zeros(SEATS + 1, np.int64),
        used=np.zeros(SEATS + 1, np.bool_),
    )
