"""Seating groups: the unit where the best free seats for all members bring the most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Bytes, Flags, Ints, Longs
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner

STAGES = 64
"""More than two for each member of the largest group."""
NEVER = 2**40
"""Cost of a seat that a member cannot take."""


class Desk(NamedTuple):
    """Room for the arithmetic of one group."""

    clock: Longs
    """(1,) Grows with each adding up, so that nothing has to be cleared."""
    plenty: Ints
    """(posts,) Ones: a seat everywhere."""
    stage: Longs
    """(units,) How far the members of the present group have been counted there."""
    own: Ints
    """(units,) Best value of the present member."""
    total: Ints
    """(units,) Best values of the members so far, added up."""
    seen: Ints
    """(units,) Units of the first member."""
    seat: Ints
    """(seats,) Post of each seat that is put up."""
    cost: Longs
    """(members, seats) Less value is more cost"""
    taken: Longs
    """(members,) Seat of each member."""
    row_price: Longs
    seat_price: Longs
    holder: Longs
    way: Longs
    nearest: Longs
    used: Flags


@compiled
def place(
    first: Ints,
    rule: Bytes,
    unit: Ints,
    post: Ints,
    value: Ints,
    seats: Ints,
    desk: Desk,
    out: Ints,
    gain: Ints,
    worth: Longs,
    may: Flags,
) -> None:
    """One group after another takes the seats of the unit where its members find most value, if that is above 0.

    A group that holds seats already, in `out` and at the value in `gain`, keeps them unless it `may` choose again and
    the best unit would bring more than that; they are not among the `seats`.

    Row r of `post` and `value` lists what the r-th member may take, up to the first -1; `first` cuts the rows into
    groups. Writes the post of each member into `out`, its value into `gain`, and into `worth` what the best unit
    would bring with seats for everyone. `seats` loses what is taken.
    """
    for group in range(rule.shape[0]):
        start, stop, units = first[group], first[group + 1], unit[rule[group]]
        posts, values, size = post[start:stop], value[start:stop], stop - start
        count = _add_up(units, posts, values, desk.plenty, desk)
        best = _richest(desk.seen, count, desk.total, 0)
        worth[group] = desk.total[best] if best >= 0 else 0
        if out[start] >= 0:
            present = np.int64(0)
            for member in range(start, stop):
                present += gain[member]
            if not may[group] or worth[group] <= present:
                continue
            for member in range(start, stop):
                seats[out[member]] += 1
                out[member], gain[member] = -1, 0
        count = _add_up(units, posts, values, seats, desk)
        done = np.int64(0)
        while True:
            best = _richest(desk.seen, count, desk.total, done)
            if best < 0:
                break
            offered = _put_up(best, units, posts, values, seats, desk.seat, desk.cost)
            reached = _share_out(desk, size, offered) if offered >= size else done
            if reached > done:
                done = reached
                for member in range(size):
                    out[start + member] = desk.seat[desk.taken[member]]
                    gain[start + member] = -desk.cost[member, desk.taken[member]]
            desk.total[best] = 0
        if done > 0:
            for member in range(size):
                seats[out[start + member]] -= 1


@inner
def _add_up(units: Ints, post: Ints, value: Ints, seats: Ints, desk: Desk) -> Whole:
    """Add up the best values of all members in each unit; the units of the first member are listed in `seen`, and how
    many they are is returned. Units where a member finds no seat get a total of 0."""
    stage, own, total, seen = desk.stage, desk.own, desk.total, desk.seen
    desk.clock[0] += STAGES
    before, count = desk.clock[0], 0
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
def _richest(seen: Ints, count: Whole, total: Ints, above: Whole) -> Whole:
    """The unit with the highest total above a value; -1 none."""
    best, most = -1, above
    for entry in range(count):
        if total[seen[entry]] > most:
            best, most = seen[entry], total[seen[entry]]
    return best


@inner
def _put_up(best: Whole, units: Ints, post: Ints, value: Ints, seats: Ints, seat: Ints, cost: Longs) -> Whole:
    """List the seats of a unit that matter, with what each costs each member; how many there are is returned.

    With n members nobody needs more than their n best posts, nor any post more than n seats.
    """
    size, offered = post.shape[0], 0
    for member in range(size):
        last_value, last_column = np.int64(NEVER), np.int64(-1)
        for _ in range(size):
            pick: Whole = np.int64(-1)
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
def _add_seats(this: Whole, seats: Ints, size: Whole, seat: Ints, offered: Whole) -> Whole:
    for at in range(offered):
        if seat[at] == this:
            return offered
    copies = seats[this] if seats[this] < size else size
    for at in range(offered, offered + copies):
        seat[at] = this
    return offered + copies


@inner
def _share_out(desk: Desk, size: Whole, offered: Whole) -> Whole:
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
            step: Whole = np.int64(NEVER * 16)
            following: Whole = 0
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
