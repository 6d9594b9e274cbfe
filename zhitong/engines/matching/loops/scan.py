"""Scanning all posts for the few of highest fit less price, skipping whatever cannot be among them.

Posts stand in the order of the occupation tree, those of one occupation (a *slot*) side by side, so that every level
of the tree is a run of slots. For each slot, and for each word of 64 posts, a table says how much a post in it brings
at most, at the prices asked about, to a worker with such a wage floor; what cannot beat the posts already found is
passed over unseen.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner, pasted
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.look import ONE, ZERO, edge

BINS = 64
FARTHEST = 4
POINTS, SKILLED, MOST, NEXT = range(4)
"""Rows of `Room.slot`."""
NOTHING = -(2**30)
"""Less than any post can bring."""
AGE_ROW, EDUCATION_ROW, WAGE_ROW, DAY_ROW = range(4)
FLOOR, READY, EARLIEST, ANYWHERE, LODGES, VILLAGE, BASE, BUCKET = range(4, 12)
"""Columns of `Shelf.worker`."""
PLACE, WAGE, BEGINS, LODGING_AT, NET, LOW, LAST = range(7)
"""Columns of `cards`: what is read of a post, one half of a line of the cache."""
WISHED, PRACTISED, WISHED_PLACES, EXCLUDED_PLACES, UNSTATED, ACCEPTED, FELLOWS, PLACE_ROWS = range(8)
"""Entries of `Shelf.number`."""
WAGE_STEP_FEN = 5_000


class Shelf(NamedTuple):
    """What does not change with the prices."""

    worker: Ints
    """(workers, 12)"""
    lists: Ints
    """(workers, any) Wished | practised | years in each | places wished | places excluded, side by side."""
    held: Words
    runs: Ints
    """(occupations, 5, 2) First and last + 1 slot at most so far in the tree from each occupation."""
    span: Ints
    """(occupations + 1, 2) First and last + 1 slot near enough to each occupation; the last row: every slot."""
    first: Ints
    """(slots + 1,) First post of each slot."""
    child_first: Ints
    child: Ints
    """The prefectures of each place."""
    sets: Words
    undemanding: Words
    demands: Words
    demand_first: Ints
    demand_posts: Ints
    fellows: Words
    """(villages + 1, words) Posts of employers where people of the village work; none in the last row."""
    number: Ints
    wish_points: Ints
    practice_points: Ints
    wage_points: Ints
    place_points: Ints
    season_points: Ints


class Asked(NamedTuple):
    """The posts at the prices asked about."""

    open_to: Words
    cards: Ints
    """(posts, 8)"""
    slot_most: Ints
    """(2 buckets, slots) What a post brings at most beside slot, place, season and fellows to a worker of each bucket
    (and need of a dormitory)."""
    word_most: Ints
    """(2 buckets, words) The same."""


class Room(NamedTuple):
    """Scratch of one thread."""

    slot: Ints
    """(4, slots) Points, points for experience, most at these prices, next slot of the same bin."""
    spans: Ints
    """(any, 2) Runs of slots."""
    bins: Ints
    place: Longs
    demanded: Words
    keys: Longs


@inner
def _weigh(
    runs: Ints, begin: Whole, end: Whole, lists: Ints, number: Ints, wish: Ints, practice: Ints, slot: Ints
) -> None:
    """Points of the slots from `begin` to `end` for wishes and experience, painted from the farthest run inwards.

    What is nearer is worth no less, so a wish may paint over whatever another has left.
    """
    wished, practised, longest = number[WISHED], number[PRACTISED], practice.shape[1] - 1
    points, skilled = slot[POINTS], slot[SKILLED]
    blank = np.int32(number[UNSTATED])
    for column in range(wished):
        if lists[column] >= 0:
            blank = wish[FARTHEST]
    points[begin:end] = blank
    skilled[begin:end] = 0
    for apart in range(FARTHEST - 1, -1, -1):
        for column in range(wished):
            if lists[column] >= 0:
                start, stop = runs[lists[column], apart, 0], runs[lists[column], apart, 1]
                points[max(start, begin) : max(min(stop, end), begin)] = wish[apart]
    for column in range(wished, wished + practised):
        if lists[column] >= 0:
            years = min(lists[column + practised], longest)
            for apart in range(FARTHEST, -1, -1):
                worth = practice[apart, years]
                if worth > 0:
                    start, stop = runs[lists[column], apart, 0], runs[lists[column], apart, 1]
                    _lift(skilled[max(start, begin) : max(min(stop, end), begin)], worth)
    for at in range(begin, end):
        points[at] += skilled[at]


@inner
def _lift(points: Ints, least: Whole) -> None:
    for at in range(points.shape[0]):
        points[at] = max(points[at], least)


@inner
def _weigh_places(
    child_first: Ints, child: Ints, places: Ints, anywhere: Whole, number: Ints, points: Ints, place: Longs
) -> Whole:
    """Points of the places wished for (and of all others where any will do); the most is returned."""
    most = np.int64(0)
    if anywhere:
        most = np.int64(number[ACCEPTED])
        for at in range(place.shape[0]):
            place[at] = most
    for column in range(number[WISHED_PLACES] - 1, -1, -1):
        wished = places[column]
        if wished >= 0:
            worth = points[column] if column < points.shape[0] else points[points.shape[0] - 1]
            most = worth if worth > most else most
            place[wished] = worth
            for entry in range(child_first[wished], child_first[wished + 1]):
                place[child[entry]] = worth
    return most


@inner
def _take_demanded(
    demands: Words, first: Ints, posts: Ints, held: Words, usual: Words, open_to: Words, into: Words
) -> None:
    """Write the posts of `usual`, and those of `open_to` whose demands are all held."""
    for word in range(into.shape[0]):
        into[word] = usual[word]
    for demand in range(demands.shape[0]):
        missing = ZERO
        for word in range(demands.shape[1]):
            missing |= demands[demand, word] & ~held[word]
        if missing == ZERO:
            for entry in range(first[demand], first[demand + 1]):
                bit = ONE << np.uint64(posts[entry] & 63)
                into[posts[entry] >> 6] |= bit & open_to[posts[entry] >> 6]


@inner
def _allowed(sets: Words, own: Ints, places: Ints, number: Ints, word: Whole) -> Any:
    """Posts of one word that pass age, education, place and, nearly, wage and day."""
    bits = sets[own[AGE_ROW], word] & sets[own[EDUCATION_ROW], word]
    bits &= sets[own[WAGE_ROW], word] & sets[own[DAY_ROW], word]
    if not own[ANYWHERE]:
        near = ZERO
        for column in range(number[WISHED_PLACES]):
            if places[column] >= 0:
                near |= sets[number[PLACE_ROWS] + places[column], word]
        bits &= near
    for column in range(number[WISHED_PLACES], number[WISHED_PLACES] + number[EXCLUDED_PLACES]):
        if places[column] >= 0:
            bits &= ~sets[number[PLACE_ROWS] + places[column], word]
    return bits


@inner
def _keep(keys: Longs, found: Ints, key: Whole, post: Whole, kept: Whole) -> Whole:
    """Offer a post to the heap whose first entry is the worst kept; how many are kept is returned."""
    if kept < keys.shape[0]:
        spot = kept
        while spot > 0 and keys[(spot - 1) >> 1] > key:
            keys[spot], found[spot] = keys[(spot - 1) >> 1], found[(spot - 1) >> 1]
            spot = (spot - 1) >> 1
        keys[spot], found[spot] = key, post
        return kept + 1
    if key > keys[0]:
        spot, child = 0, 1
        while child < kept:
            if child + 1 < kept and keys[child + 1] < keys[child]:
                child += 1
            if keys[child] >= key:
                break
            keys[spot], found[spot] = keys[child], found[child]
            spot, child = child, 2 * child + 1
        keys[spot], found[spot] = key, post
    return kept


@inner
def _near(span: Ints, mine: Ints, named: Whole, into: Ints) -> Whole:
    """Write the runs of slots near enough to what a worker names, each once; who names nothing may have any."""
    count: Whole = 0
    silent = True
    for column in range(named):
        occupation = mine[column]
        if occupation >= 0:
            silent = False
            known = span[occupation, 0] >= span[occupation, 1]
            for at in range(count):
                known |= into[at, 0] == span[occupation, 0]
            if not known:
                into[count, 0], into[count, 1] = span[occupation, 0], span[occupation, 1]
                count += 1
    if silent:
        into[0, 0], into[0, 1] = span[-1, 0], span[-1, 1]
        count = 1
    return count


@pasted
def _fill_bins(
    runs: Ints, near: Ints, count: Whole, mine: Ints, number: Ints, wish: Ints, practice: Ints,
    slot: Ints, bins: Ints, mosts: Ints, needed: Whole,
) -> Whole:  # fmt: skip
    """Weigh the slots of the first `count` runs of `near`, and sort those that may bring more than `needed` into bins
    by the most they bring; how many bits of it a bin holds together is returned."""
    points, most_of, following = slot[POINTS], slot[MOST], slot[NEXT]
    top = np.int64(1)
    for each in range(count):
        start, stop = near[each, 0], near[each, 1]
        _weigh(runs, start, stop, mine, number, wish, practice, slot)
        for at in range(start, stop):
            most_of[at] = points[at] + mosts[at]
            top = max(top, most_of[at])
    wide = 0
    while top >> wide >= BINS:
        wide += 1
    bins[:] = -1
    for each in range(count):
        for at in range(near[each, 0], near[each, 1]):
            if most_of[at] > needed:
                bin = max(most_of[at], 0) >> wide
                following[at] = bins[bin]
                bins[bin] = at
    return wide


@pasted
def _worth(
    cards: Ints, this: Whole, own: Ints, place: Longs, wage_points: Ints, season_points: Ints
) -> Whole:
    """Fit less price of a post beside slot and fellows."""
    value = place[cards[this, PLACE]] + cards[this, NET]
    last, step = wage_points.shape[0] - 1, (cards[this, WAGE] - own[FLOOR]) // WAGE_STEP_FEN
    value += wage_points[last if step > last else step if step > 0 else 0]
    last, wait = season_points.shape[0] - 1, cards[this, BEGINS] - own[READY]
    value += season_points[last if wait > last else wait if wait > 0 else 0]
    return value + cards[this, LODGING_AT] if own[LODGES] else value


@pasted
def _key(value: Whole, row: Whole, this: Whole) -> Whole:
    """The value, and behind it a number that decides between equals."""
    mixed = np.uint64(row * 0x9E3779B1 + this * 0x85EBCA6B)
    mixed *= np.uint64(0xD6E8FEB86659FD93)
    return (value << 32) | np.int64(mixed >> np.uint64(32))


@pasted
def _search(
    own: Ints, places: Ints, number: Ints, open_to: Words, sets: Words, fellows: Words, cards: Ints, most: Ints,
    first: Ints, slot: Ints, bins: Ints, wide: Whole, place: Longs, wage_points: Ints, season_points: Ints,
    ahead: Whole, row: Whole, bound: Whole, keys: Longs, found: Ints,
) -> Whole:  # fmt: skip
    """Keep the posts that bring more than `bound`, bin after bin; it rises once there is no room for more.

    `ahead` is what place and season bring at most. How many are kept is returned.
    """
    more, base, kept = np.int64(number[FELLOWS]), np.int64(own[BASE]), np.int64(0)
    floor, earliest, beside = own[FLOOR], own[EARLIEST], base + ahead + (more if own[VILLAGE] >= 0 else 0)
    for bin in range(BINS - 1, -1, -1):
        if beside + ((bin + 1) << wide) - 1 <= bound:
            break
        at = bins[bin]
        while at >= 0:
            if slot[MOST, at] + beside > bound:
                begin, stop, own_slot = first[at], first[at + 1], base + slot[POINTS, at]
                for word in range(begin >> 6, ((stop - 1) >> 6) + 1):
                    known = fellows[word]
                    if own_slot + ahead + most[word] + (more if known != ZERO else 0) <= bound:
                        continue
                    bits = open_to[word]
                    if bits != ZERO:
                        bits &= _allowed(sets, own, places, number, word)
                        bits &= edge(begin - word * 64, stop - word * 64)
                    while bits != ZERO:
                        low = bits & (~bits + ONE)
                        bits ^= low
                        this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                        if cards[this, LOW] < floor or cards[this, LAST] < earliest:
                            continue
                        value = own_slot + _worth(cards, this, own, place, wage_points, season_points)
                        if known & low != ZERO:
                            value += more
                        if value > bound:
                            kept = _keep(keys, found, _key(value, row, this), this, kept)
                            if kept == keys.shape[0]:
                                bound = max(bound, (keys[0] >> 32) - 1)
            at = slot[NEXT, at]
    return kept


@compiled
def scan(
    shelf: Shelf, room: Room, asked: Asked, walk: Ints, rows: Ints, least: Ints, order: Ints,
    out_post: Ints, out_value: Ints, out_kept: Ints,
) -> None:  # fmt: skip
    """For each of `rows` named in `walk` the open posts of highest fit less price that bring more than its `least`.

    Rows of `out_post` are unsorted, by their numbers in `order`, and ended by -1; `out_kept` says how many there are.
    """
    worker, lists, number, sets, fellows = shelf.worker, shelf.lists, shelf.number, shelf.sets, shelf.fellows
    span, runs, first, wish, practice = (
        shelf.span,
        shelf.runs,
        shelf.first,
        shelf.wish_points,
        shelf.practice_points,
    )
    child_first, child, worths, held = shelf.child_first, shelf.child, shelf.place_points, shelf.held
    demands, demand_first, demand_posts = shelf.demands, shelf.demand_first, shelf.demand_posts
    slot, bins, place, keys, spans = room.slot, room.bins, room.place, room.keys, room.spans
    wage, season, cards, usual = (
        shelf.wage_points,
        shelf.season_points,
        asked.cards,
        asked.open_to & shelf.undemanding,
    )
    slot_most, word_most, certified = asked.slot_most, asked.word_most, room.demanded
    named = number[WISHED] + number[PRACTISED]
    for entry in walk:
        row, bound = rows[entry], np.int64(least[entry])
        own, mine, found, open_to = worker[row], lists[row], out_post[entry], usual
        places = mine[named + number[PRACTISED] :]
        ahead = np.int64(season[0])
        ahead += _weigh_places(child_first, child, places, own[ANYWHERE], number, worths, place)
        needed = bound - own[BASE] - ahead - (number[FELLOWS] if own[VILLAGE] >= 0 else 0)
        near = _near(span, mine, named, spans)
        wide = _fill_bins(
            runs, spans, near, mine, number, wish, practice, slot, bins, slot_most[own[BUCKET]], needed
        )
        if _any(held[row]):
            open_to = certified
            _take_demanded(demands, demand_first, demand_posts, held[row], usual, asked.open_to, certified)
        kept = _search(
            own, places, number, open_to, sets, fellows[own[VILLAGE]], cards, word_most[own[BUCKET]],
            first, slot, bins, wide, place, wage, season, ahead, row, bound, keys, found,
        )  # fmt: skip
        for column in range(kept):
            out_value[entry, column], found[column] = keys[column] >> 32, order[found[column]]
        if kept < found.shape[0]:
            found[kept] = -1
        out_kept[entry] = kept


@inner
def _any(words: Words) -> Any:
    bits = ZERO
    for word in words:
        bits |= word
    return bits != ZERO
