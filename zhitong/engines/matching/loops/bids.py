"""The auction: rows bid for posts, and posts with empty seats look for rows (Bertsekas 1988; Bertsekas and Castañon
1992). All seats of a post share one price; whoever holds a seat has bid at least that much.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Flags, Ints, Longs
from zhitong.engines.matching.loops.ahead import fetch
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner, pasted

SOON = 6
"""So many bids ahead the lists are fetched from memory, and twice as many ahead where they begin."""


class Lists(NamedTuple):
    """What each row may take."""

    first: Ints
    """(rows + 1,) First entry of each row."""
    post: Ints
    """(entries,) Ended by -1 where the row has room for more."""
    value: Ints
    """(entries,) Worth of the post to the row, before the price."""
    outside: Ints
    """(rows,) No post that the row does not list brings more than this at prices not lower than when it was drawn."""


class Books(NamedTuple):
    """Who holds what at which prices."""

    price: Ints
    seats: Ints
    first: Ints
    """(posts + 1,) First seat of each post in `bid` and `holder`."""
    held: Ints
    """(posts,) Seats taken; the bids are a heap, the lowest first."""
    bid: Ints
    holder: Ints
    taken: Ints
    """(rows,) Entry of the list; -1 nothing."""


@compiled
def forward(
    lists: Lists, books: Books, queue: Ints, count: Whole, step: Whole, slack: Whole, waiting: Ints
) -> Whole:
    """Let the first `count` rows of `queue`, and whoever they push out, bid until all hold a seat or want none.

    Bids rise by at least `step`. Rows who may find something better by more than `slack` outside their list end up in
    `waiting`, unseated; how many is returned. `queue` and `waiting` have room for every row.
    """
    first, post, value, outside = lists.first, lists.post, lists.value, lists.outside
    price, seats, start, held, bids, holder, taken = (
        books.price, books.seats, books.first, books.held, books.bid, books.holder, books.taken,
    )  # fmt: skip
    stopped: Whole = 0
    head: Whole = 0
    while count > 0:
        row = queue[head]
        if count > 2 * SOON:
            _fetch_lists(first, post, value, outside, taken, queue, head)
        head = head + 1 if head + 1 < queue.shape[0] else 0
        count -= 1
        best: Whole = np.int64(0)
        second: Whole = np.int64(0)
        entry: Whole = np.int64(-1)
        for at in range(first[row], first[row + 1]):
            this = post[at]
            if this < 0:
                break
            gain = np.int64(value[at]) - price[this]
            if gain > best:
                best, second, entry = gain, best, at
            elif gain > second:
                second = gain
        if best + slack < outside[row]:
            waiting[stopped] = row
            stopped += 1
            continue
        if entry < 0:
            continue
        second = min(max(second, outside[row]), best)
        offer = value[entry] - second + step
        this = post[entry]
        if seats[this] == 0:
            price[this] = offer
            queue[(head + count) % queue.shape[0]] = row
            count += 1
            continue
        taken[row] = entry
        if held[this] < seats[this]:
            _push(bids, holder, start[this], held[this], offer, row)
            held[this] += 1
            if held[this] == seats[this] and bids[start[this]] > price[this]:
                price[this] = bids[start[this]]
        else:
            loser = holder[start[this]]
            taken[loser] = -1
            queue[(head + count) % queue.shape[0]] = loser
            count += 1
            _replace(bids, holder, start[this], held[this], offer, row)
            price[this] = bids[start[this]] if bids[start[this]] > price[this] else price[this]
    return stopped


@pasted
def _fetch_lists(
    first: Longs, post: Ints, value: Ints, outside: Ints, taken: Longs, queue: Ints, head: Whole
) -> None:
    """Fetch what will be read of the rows that bid soon."""
    room = queue.shape[0]
    fetch(first, queue[head + 2 * SOON if head + 2 * SOON < room else head + 2 * SOON - room])
    row = queue[head + SOON if head + SOON < room else head + SOON - room]
    fetch(post, first[row])
    fetch(post, first[row + 1] - 1)
    fetch(value, first[row])
    fetch(value, first[row + 1] - 1)
    fetch(outside, row)
    fetch(taken, row)


@inner
def _push(bids: Ints, holder: Ints, start: Whole, size: Whole, bid: Whole, row: Whole) -> None:
    spot = size
    while spot > 0:
        above = (spot - 1) >> 1
        if bids[start + above] <= bid:
            break
        bids[start + spot], holder[start + spot] = bids[start + above], holder[start + above]
        spot = above
    bids[start + spot], holder[start + spot] = bid, row


@inner
def _replace(bids: Ints, holder: Ints, start: Whole, size: Whole, bid: Whole, row: Whole) -> None:
    spot, child = 0, 1
    while child < size:
        if child + 1 < size and bids[start + child + 1] < bids[start + child]:
            child += 1
        if bids[start + child] >= bid:
            break
        bids[start + spot], holder[start + spot] = bids[start + child], holder[start + child]
        spot, child = child, 2 * child + 1
    bids[start + spot], holder[start + spot] = bid, row


class Columns(NamedTuple):
    """The lists by post."""

    first: Ints
    row: Ints
    value: Ints


@compiled
def turn(lists: Lists, count: Ints, columns: Columns) -> None:
    """Write the lists by post; `count` (posts,) holds the first entry of each post and is used up."""
    for row in range(lists.first.shape[0] - 1):
        for at in range(lists.first[row], lists.first[row + 1]):
            this = lists.post[at]
            if this < 0:
                break
            columns.row[count[this]], columns.value[count[this]] = row, lists.value[at]
            count[this] += 1


@compiled
def backward(
    lists: Lists,
    columns: Columns,
    books: Books,
    profit: Ints,
    floor: Ints,
    queue: Ints,
    count: Whole,
    queued: Flags,
    step: Whole,
    offers: Ints,
    rows: Ints,
) -> Whole:
    """Let the first `count` posts of `queue`, which have empty seats at a price, lower it until someone gains by more
    than `step`, or it is at its `floor`; and so on with the seats left behind.

    `profit` (rows,) is what each row has, at the prices. `offers` and `rows` are room for
    the seats of one post and one more. How many rows moved is returned.
    """
    price, seats, start, held, holder, taken = (
        books.price, books.seats, books.first, books.held, books.holder, books.taken,
    )  # fmt: skip
    post, head, room, moves = lists.post, 0, queue.shape[0], 0
    while count > 0:
        this = queue[head]
        head = head + 1 if head + 1 < room else 0
        count -= 1
        queued[this] = False
        holes = seats[this] - held[this]
        if holes <= 0 or price[this] <= floor[this]:
            continue
        found = _gather(columns, lists.post, taken, profit, this, holes, step + floor[this], offers, rows)
        skip = 1 if found > holes else 0  # the lowest offer loses
        fresh = min(_just_enough(offers, found, step) if skip else np.int64(floor[this]), price[this])
        for at in range(start[this], start[this] + held[this]):
            profit[holder[at]] += price[this] - fresh
        price[this] = fresh
        for at in range(skip, found):
            row = rows[at]
            if taken[row] >= 0:
                old = post[taken[row]]
                _leave(holder, books.bid, start[old], held[old], row)
                held[old] -= 1
                if price[old] > floor[old] and not queued[old]:
                    queued[old] = True
                    spot = head + count
                    queue[spot if spot < room else spot - room] = old
                    count += 1
            moves += 1
            profit[row] += offers[at] - fresh
            holder[start[this] + held[this]] = row
            books.bid[start[this] + held[this]] = fresh
            held[this] += 1
            taken[row] = _entry(lists.first, post, row, this)
    return moves


@inner
def _gather(
    columns: Columns,
    post: Ints,
    taken: Ints,
    profit: Ints,
    this: Whole,
    holes: Whole,
    least: Whole,
    offers: Ints,
    rows: Ints,
) -> Whole:
    """Write the highest offers above `least`, one more than there are holes, lowest first; how many is returned.

    An offer is the price at which the row would be as well off with `this` post as it is.
    """
    found = 0
    for at in range(columns.first[this], columns.first[this + 1]):
        row = columns.row[at]
        offer = columns.value[at] - profit[row]
        if offer > least and (found <= holes or offer > offers[0]):
            if taken[row] >= 0 and post[taken[row]] == this:
                continue
            if found <= holes:
                _push(offers, rows, 0, found, offer, row)
                found += 1
            else:
                _replace(offers, rows, 0, found, offer, row)
    return found


@inner
def _just_enough(offers: Ints, found: Whole, step: Whole) -> Whole:
    """The lowest offer, or less where the one after it would else not gain by `step`."""
    lowest = min(offers[1], offers[2]) if found > 2 else offers[1]
    return min(np.int64(offers[0]), np.int64(lowest) - step)


@inner
def _entry(first: Ints, post: Ints, row: Whole, this: Whole) -> Whole:
    """The entry of the list that names the post."""
    for entry in range(first[row], first[row + 1]):
        if post[entry] == this:
            return entry
    return -1


@inner
def _leave(holder: Ints, bids: Ints, start: Whole, size: Whole, row: Whole) -> None:
    for at in range(start, start + size):
        if holder[at] == row:
            holder[at], bids[at] = holder[start + size - 1], bids[start + size - 1]
            break
