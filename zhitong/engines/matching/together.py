"""Groups that stay together: each takes the place, or the employer, where seats for all its members bring the most.

A *unit* is what a group must share: a place for `SAME_CITY`, an employer in a place for `SAME_EMPLOYER`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Bytes, Flags, Ints, Longs
from zhitong.engines.matching.compiled import compiled, inner
from zhitong.engines.matching.kernels import Drawn
from zhitong.engines.matching.problem import LARGEST_GROUP, Problem
from zhitong.engines.matching.search import Search

ENTRIES = 8_000_000
"""So many pairs of member and post are held at once."""
SEATS = LARGEST_GROUP**3
NEVER = 2**40
"""Cost of a seat that a member cannot take."""
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


class Desk(NamedTuple):
    """Room for the arithmetic of one group."""

    stage: Longs
    """(units,) How far the members of the present group have been counted there."""
    own: Ints
    """(units,) Best value of the present member."""
    total: Ints
    """(units,) Best values of the members so far, added up."""
    seen: Ints
    """(units,) Units of the first member."""
    seat: Ints
    """(SEATS,) Post of each seat that is put up."""
    cost: Longs
    """(LARGEST_GROUP, SEATS)"""
    taken: Longs
    """(LARGEST_GROUP,) Seat of each member."""
    row_price: Longs
    seat_price: Longs
    holder: Longs
    way: Longs
    nearest: Longs
    used: Flags


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
    search: Search, groups: Groups, choices: Ints, seats: Ints, price: Ints
) -> tuple[Ints, Ints]:
    """The post of each entry of `groups.member` and its fit, -1 and 0 for a group that stays.

    One after another each group takes the unit where the fit of its members less the prices is highest, unless that
    is nowhere above 0; `seats` loses what is taken. `choices` (workers,) is how many posts each worker has at most.
    """
    post, value = np.full(len(groups.member), -1, np.int32), np.zeros(len(groups.member), np.int32)
    desk = _desk(groups)
    for start, stop in _pieces(groups, choices):
        rows = slice(groups.first[start], groups.first[stop])
        drawn = _all_posts(search, groups.member[rows], choices, seats > 0, price)
        first, nothing = (
            groups.first[start : stop + 1] - groups.first[start],
            np.zeros(stop - start, np.int64),
        )
        own = (first, groups.rule[start:stop], groups.unit, drawn.post, drawn.value)
        _place(*own, seats, True, desk, post[rows], value[rows], nothing)
    return post, np.where(post >= 0, value + price[post], 0).astype(np.int32)


def worth_together(search: Search, groups: Groups, choices: Ints, price: Ints) -> int:
    """No plan can give these groups together more fit less prices than this, however many seats there were."""
    most, desk, seats = 0, _desk(groups), np.ones(search.posts, np.int32)
    for start, stop in _pieces(groups, choices):
        rows = slice(groups.first[start], groups.first[stop])
        drawn = _all_posts(search, groups.member[rows], choices, seats > 0, price)
        first, worth = groups.first[start : stop + 1] - groups.first[start], np.zeros(stop - start, np.int64)
        own = (first, groups.rule[start:stop], groups.unit, drawn.post, drawn.value)
        _place(
            *own, seats, False, desk, np.zeros(len(first), np.int32), np.zeros(len(first), np.int32), worth
        )
        most += int(worth.sum())
    return most


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


def _all_posts(search: Search, members: Ints, choices: Ints, open_to: Flags, price: Ints) -> Drawn:
    columns = max(int(choices[members].max(initial=0)), 1)
    return search.draw(members, columns, open_to, price, np.full(search.workers, LEAST, np.int32))


def _desk(groups: Groups) -> Desk:
    units = int(groups.unit.max(initial=-1)) + 1
    by_unit = [np.zeros(units, np.int32) for _ in range(3)]
    by_member = [np.zeros(LARGEST_GROUP + 1, np.int64) for _ in range(2)]
    by_seat = [np.zeros(SEATS + 1, np.int64) for _ in range(4)]
    cost, seat = np.zeros((LARGEST_GROUP, SEATS), np.int64), np.zeros(SEATS, np.int32)
    return Desk(
        np.zeros(units, np.int64), *by_unit, seat, cost, *by_member, *by_seat, np.zeros(SEATS + 1, np.bool_)
    )


@compiled
def _place(
    first: Ints,
    rule: Bytes,
    unit: Ints,
    post: Ints,
    value: Ints,
    seats: Ints,
    taking: bool,
    desk: Desk,
    out: Ints,
    gain: Ints,
    worth: Longs,
) -> None:
    """One group after another: `worth` gets what its best unit is worth with seats for all; and if `taking`, `out`
    and `gain` get its posts, with their value, where seats suffice."""
    stage, own, total, seen, seat, cost, taken = (
        desk.stage,
        desk.own,
        desk.total,
        desk.seen,
        desk.seat,
        desk.cost,
        desk.taken,
    )
    for group in range(rule.shape[0]):
        start, size, units = first[group], first[group + 1] - first[group], unit[rule[group]]
        count = _add_up(
            units,
            post[start : start + size],
            value[start : start + size],
            seats,
            group,
            stage,
            own,
            total,
            seen,
        )
        done = np.int64(0)
        while True:
            best = _richest(seen, count, total, done)
            if best < 0:
                break
            worth[group] = total[best] if total[best] > worth[group] else worth[group]
            if not taking:
                break
            offered = _put_up(
                best, units, post[start : start + size], value[start : start + size], seats, seat, cost
            )
            reached = _share_out(desk, size, offered) if offered >= size else done
            if reached > done:
                done = reached
                for member in range(size):
                    out[start + member] = seat[taken[member]]
                    gain[start + member] = -cost[member, taken[member]]
            total[best] = 0
        if taking and done > 0:
            for member in range(size):
                seats[out[start + member]] -= 1


@inner
def _add_up(
    units: Ints,
    post: Ints,
    value: Ints,
    seats: Ints,
    group: int,
    stage: Longs,
    own: Ints,
    total: Ints,
    seen: Ints,
) -> int:
    """Add up the best values of all members in each unit; the units of the first member are listed in `seen`.

    Units where a member finds nothing get a total of 0.
    """
    count, before = 0, np.int64(group + 1) * 2 * (LARGEST_GROUP + 1)
    for member in range(post.shape[0]):
        mark = before + 2 * member
        for column in range(post.shape[1]):
            this = post[member, column]
            if this < 0:
                break
            at = units[this]
            if seats[this] > 0 and member == 0 and stage[at] < before:
                stage[at], total[at], own[at], seen[count] = mark + 1, 0, value[member, column], at
                count += 1
            elif seats[this] > 0 and stage[at] == mark:
                stage[at], own[at] = mark + 1, value[member, column]
            elif seats[this] > 0 and stage[at] == mark + 1 and value[member, column] > own[at]:
                own[at] = value[member, column]
        for entry in range(count):
            at = seen[entry]
            total[at] = total[at] + own[at] if stage[at] == mark + 1 else 0
            stage[at] = mark + 2 if stage[at] == mark + 1 else before
    return count


@inner
def _richest(seen: Ints, count: int, total: Ints, above: int) -> int:
    """The unit with the highest total above a value; -1 none."""
    best, most = -1, above
    for entry in range(count):
        if total[seen[entry]] > most:
            best, most = seen[entry], total[seen[entry]]
    return best


@inner
def _put_up(best: int, units: Ints, post: Ints, value: Ints, seats: Ints, seat: Ints, cost: Longs) -> int:
    """List the seats of a unit that matter, with what each costs each member; how many there are is returned.

    With n members nobody needs more than their n best posts, nor any post more than n seats.
    """
    size, offered = post.shape[0], 0
    for member in range(size):
        last_value, last_column = np.int64(NEVER), np.int64(-1)
        for _ in range(size):
            pick = np.int64(-1)
            for column in range(post.shape[1]):
                this = post[member, column]
                if this < 0:
                    break
                worth = value[member, column]
                if units[this] == best and seats[this] > 0:
                    later = worth < last_value or (worth == last_value and column > last_column)
                    if later and (pick < 0 or worth > value[member, pick]):
                        pick = column
            if pick < 0:
                break
            last_value, last_column = np.int64(value[member, pick]), pick
            offered = _add_seats(post[member, pick], seats, size, seat, offered)
    for member in range(size):
        for at in range(offered):
            cost[member, at] = NEVER
        for column in range(post.shape[1]):
            if post[member, column] < 0:
                break
            if units[post[member, column]] == best:
                for at in range(offered):
                    if seat[at] == post[member, column]:
                        cost[member, at] = -value[member, column]
    return offered


@inner
def _add_seats(this: int, seats: Ints, size: int, seat: Ints, offered: int) -> int:
    for at in range(offered):
        if seat[at] == this:
            return offered
    copies = seats[this] if seats[this] < size else size
    for at in range(offered, offered + copies):
        seat[at] = this
    return offered + copies


@inner
def _share_out(desk: Desk, size: int, offered: int) -> int:
    """The most value that the members can have in different seats, left in `taken`; negative if not all find one.

    The Hungarian method by shortest augmenting paths (Kuhn 1955, Jonker and Volgenant 1987); member and seat 0 mean
    none, the others are counted from 1.
    """
    cost, row_price, seat_price, holder = desk.cost, desk.row_price, desk.seat_price, desk.holder
    way, nearest, used = desk.way, desk.nearest, desk.used
    row_price[:] = 0
    seat_price[: offered + 1] = 0
    holder[: offered + 1] = 0
    for member in range(1, size + 1):
        holder[0], at = member, np.int64(0)
        nearest[: offered + 1] = NEVER * 16
        used[: offered + 1] = False
        while holder[at] != 0:
            used[at] = True
            step, following = np.int64(NEVER * 16), np.int64(0)
            for other in range(1, offered + 1):
                if not used[other]:
                    length = cost[holder[at] - 1, other - 1] - row_price[holder[at]] - seat_price[other]
                    if length < nearest[other]:
                        nearest[other], way[other] = length, at
                    if nearest[other] < step:
                        step, following = nearest[other], other
            for other in range(offered + 1):
                if used[other]:
                    row_price[holder[other]] += step
                    seat_price[other] -= step
                else:
                    nearest[other] -= step
            at = following
        while at != 0:
            holder[at] = holder[way[at]]
            at = way[at]
    value = np.int64(0)
    for other in range(1, offered + 1):
        if holder[other] > 0:
            desk.taken[holder[other] - 1] = other - 1
            value -= cost[holder[other] - 1, other - 1]
    return value
