"""Scanning all posts for the few of highest fit less price, skipping whatever cannot be among them.

Posts stand in the order of the occupation tree, those of one occupation (a *slot*) side by side, so that every level
of the tree is a run of slots; within a slot those of one place stand together. Sets of posts say which bring how much
at least, at the prices asked about, to a worker with such a wage floor. Who goes anywhere looks at the places wished for
first, and then walks through whole slots, the best bargains first: every place there is worth the same, and the walk
ends once what is left brings too little.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner, pasted
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.look import ONE, ZERO, edge

BINS = 64
LEVELS, LEVEL = 64, 40
HINTS = 16
FARTHEST = 4
POINTS, SKILLED, MOST, NEXT = range(4)
"""Rows of `Room.slot`."""
NOTHING = -(2**30)
"""Less than any post can bring."""
SHUT = 2**29
"""The price of a closed post: more than any can bring."""
KIND, WAGE_ROW, DAY_ROW, FLOOR, READY, EARLIEST, ANYWHERE, LODGES, VILLAGE, BASE, BUCKET, TIE = range(12)
"""Columns of `Shelf.worker`; the first three are rows of `Sets`, `TIE` decides between equals."""
NEAR, WAGE, BEGINS, LODGING_AT = range(4)
"""Columns of `cards`: what is read of many posts, a quarter of a line of the cache."""
LOW, LAST, DEMAND, RANK, EMPLOYER, NUMBER = range(6)
"""Columns of `terms`: what is read of the few posts that would do; `DEMAND` is a row of `Shelf.demands` or -1, `RANK`
the place in the order of provinces, `NUMBER` the post."""
WISHED, PRACTISED, WISHED_PLACES, EXCLUDED_PLACES, UNSTATED, ACCEPTED, FELLOWS = range(7)
"""Entries of `Shelf.number`."""
WAGE_STEP_FEN = 5_000
HALF = np.uint64(2**32 - 1)


class Sets(NamedTuple):
    """Posts in bits, as they stand or as they are walked through."""

    kind: Words
    """(kinds, words) By age, education and whether any certificate is held; not those that are closed."""
    wage: Words
    day: Words


class Shelf(NamedTuple):
    """What does not change with the prices."""

    worker: Ints
    """(workers, 12) As they are asked: those who read the same tables side by side."""
    lists: Ints
    """(workers, any) Wished | practised | years in each | places wished | places excluded, side by side."""
    held: Words
    runs: Ints
    """(occupations, 5, 2) First and last + 1 slot at most so far in the tree from each occupation."""
    span: Ints
    """(occupations + 1, 2) First and last + 1 slot near enough to each occupation; the last row: every slot."""
    first: Ints
    """(slots + 1,) First post of each slot."""
    cell: Ints
    """(slots, ranks + 1) First post of each place of each slot."""
    ranks: Ints
    """(places, 2) First and last + 1 rank of each place; a province has those of its prefectures and its own."""
    walk: Ints
    """(posts,) The posts of each slot, the best bargains first."""
    demands: Words
    fellows: Words
    """(villages + 1, words) Employers at which people of the village work; none in the last row."""
    likely: Words
    """(villages + 1, HINTS) The same by the last bits of the employer's number: read first, since it is short."""
    number: Ints
    wish_points: Ints
    practice_points: Ints
    wage_points: Ints
    place_points: Ints
    season_points: Ints


class Asked(NamedTuple):
    """The posts at the prices asked about."""

    cards: Ints
    """(posts, 4)"""
    terms: Ints
    """(posts, 6)"""
    price: Ints
    """(posts,) More than any post can bring where it is closed."""
    standing: Sets
    walked: Sets
    slots: Ints
    """(2 buckets, slots) What a post brings at most beside slot, place, season and fellows to a worker of each bucket
    (and need of a dormitory)."""
    worth: Words
    """(2 buckets, LEVELS, words) The posts that bring at least `lowest + level * LEVEL` by themselves."""
    lowest: Whole
    walks: Ints
    """(2 buckets, posts) The same of an entry of `walk` and those behind it in its slot."""


class Room(NamedTuple):
    """Scratch of one thread."""

    slot: Ints
    """(4, slots) Points, points for experience, most at these prices, next slot of the same bin."""
    spans: Ints
    """(any, 2) Runs of slots."""
    bins: Ints
    named: Ints
    """(3, ranks) The places wished for, as first and last + 1 rank of a run, and what each is worth."""
    shut: Ints
    """(ranks,) 1 for the places wished for and those excluded while a worker is looked at."""
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
def _name_places(ranks: Ints, places: Ints, number: Ints, points: Ints, named: Ints, shut: Ints) -> Whole:
    """Write the places wished for that are not excluded, each once and the dearest first; how many is returned.

    They and the excluded are shut.
    """
    count: Whole = 0
    wished = number[WISHED_PLACES]
    for column in range(wished, wished + number[EXCLUDED_PLACES]):
        if places[column] >= 0:
            shut[ranks[places[column], 0] : ranks[places[column], 1]] = 1
    for column in range(wished):
        if places[column] >= 0:
            apart = True
            for rank in range(ranks[places[column], 0], ranks[places[column], 1]):
                if shut[rank]:
                    apart = True
                    continue
                if apart:
                    named[0, count], named[2, count] = rank, points[min(column, points.shape[0] - 1)]
                    count += 1
                shut[rank], apart = 1, False
                named[1, count - 1] = rank + 1
    return count


@inner
def _reopen(ranks: Ints, places: Ints, shut: Ints) -> None:
    for column in range(places.shape[0]):
        if places[column] >= 0:
            shut[ranks[places[column], 0] : ranks[places[column], 1]] = 0


@pasted
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
    cards: Ints, this: Whole, floor: Whole, ready: Whole, lodges: Whole, wage_points: Ints, season_points: Ints
) -> Whole:
    """Fit of a post beside slot, place and fellows."""
    value = np.int64(cards[this, NEAR])
    last, step = wage_points.shape[0] - 1, (cards[this, WAGE] - floor) // WAGE_STEP_FEN
    value += wage_points[last if step > last else step if step > 0 else 0]
    last, wait = season_points.shape[0] - 1, cards[this, BEGINS] - ready
    value += season_points[last if wait > last else wait if wait > 0 else 0]
    return value + cards[this, LODGING_AT] if lodges else value


@pasted
def _passes(terms: Ints, this: Whole, own: Ints, held: Words, demands: Words) -> Any:
    """Whether wage, day and certificates allow a post of the sets."""
    if terms[this, LOW] < own[FLOOR] or terms[this, LAST] < own[EARLIEST]:
        return False
    demand = terms[this, DEMAND]
    if demand >= 0:
        for word in range(held.shape[0]):
            if demands[demand, word] & ~held[word] != ZERO:
                return False
    return True


@pasted
def _met(likely: Words, fellows: Words, employer: Whole) -> Any:
    hint = employer & (64 * HINTS - 1)
    if (likely[hint >> 6] >> np.uint64(hint & 63)) & ONE == ZERO:
        return False
    return (fellows[employer >> 6] >> np.uint64(employer & 63)) & ONE != ZERO


@pasted
def _key(value: Whole, row: Whole, post: Whole) -> Whole:
    """The value, and behind it a number that decides between equals: another one for each post (lowbias32)."""
    mixed = np.uint64(row * 0x9E3779B1 + post * 0x85EBCA6B) & HALF
    mixed = ((mixed ^ (mixed >> np.uint64(16))) * np.uint64(0x7FEB352D)) & HALF
    mixed = ((mixed ^ (mixed >> np.uint64(15))) * np.uint64(0x846CA68B)) & HALF
    return (value << 32) | np.int64(mixed ^ (mixed >> np.uint64(16)))


@inner
def _rank(keys: Longs, found: Ints, kept: Whole) -> None:
    """Sort what is kept, best first: so that nothing depends on the order in which it was come upon."""
    for at in range(1, kept):
        key, post, spot = keys[at], found[at], at
        while spot > 0 and keys[spot - 1] < key:
            keys[spot], found[spot] = keys[spot - 1], found[spot - 1]
            spot -= 1
        keys[spot], found[spot] = key, post


@compiled
def scan(
    shelf: Shelf, room: Room, asked: Asked, order: Ints, rows: Ints, least: Ints,
    out_post: Ints, out_value: Ints, out_kept: Ints,
) -> None:  # fmt: skip
    """For each of `rows` named in `order` the open posts of highest fit less price that bring more than its `least`.

    Rows of `out_post` are best first and ended by -1; `out_kept` says how many there are.
    """
    worker, lists, number, first, cell, walk = (
        shelf.worker, shelf.lists, shelf.number, shelf.first, shelf.cell, shelf.walk,
    )  # fmt: skip
    span, runs, wish, practice, ranks = shelf.span, shelf.runs, shelf.wish_points, shelf.practice_points, shelf.ranks
    demands, wage, season, worths = shelf.demands, shelf.wage_points, shelf.season_points, shelf.place_points
    slot, bins, keys, spans, named, shut = room.slot, room.bins, room.keys, room.spans, room.named, room.shut
    cards, terms, price, standing, walked = asked.cards, asked.terms, asked.price, asked.standing, asked.walked
    told = number[WISHED] + number[PRACTISED]
    for entry in order:
        row, bound, kept = rows[entry], np.int64(least[entry]), np.int64(0)
        own, mine, held, found = worker[row], lists[row], shelf.held[row], out_post[entry]
        floor, ready, lodges, base = own[FLOOR], own[READY], own[LODGES], np.int64(own[BASE])
        worth, walks, fellows = asked.worth[own[BUCKET]], asked.walks[own[BUCKET]], shelf.fellows[own[VILLAGE]]
        likely = shelf.likely[own[VILLAGE]]
        more = np.int64(number[FELLOWS]) if own[VILLAGE] >= 0 else np.int64(0)
        places = mine[told + number[PRACTISED] :]
        wished = _name_places(ranks, places, number, worths, named, shut)
        dearest = np.int64(number[ACCEPTED]) if own[ANYWHERE] else np.int64(0)
        if wished > 0:
            dearest = max(dearest, np.int64(named[2, 0]))
        beside = base + season[0] + more
        near = _near(span, mine, told, spans)
        wide = _fill_bins(
            runs, spans, near, mine, number, wish, practice, slot, bins, asked.slots[own[BUCKET]],
            bound - beside - dearest,
        )  # fmt: skip
        kind, paid, timely = standing.kind[own[KIND]], standing.wage[own[WAGE_ROW]], standing.day[own[DAY_ROW]]
        for bin in range(BINS - 1, -1, -1):
            if wished == 0 or beside + dearest + ((bin + 1) << wide) - 1 <= bound:
                break
            at = bins[bin]
            while at >= 0:
                if slot[MOST, at] + beside + dearest > bound:
                    for each in range(wished):
                        begin, stop = cell[at, named[0, each]], cell[at, named[1, each]]
                        if begin == stop:
                            continue
                        sure = np.int64(slot[POINTS, at]) + named[2, each]
                        level = (bound - beside - sure - asked.lowest) // LEVEL
                        worthy = worth[min(max(level, 0), LEVELS - 1)]
                        for word in range(begin >> 6, ((stop - 1) >> 6) + 1):
                            bits = kind[word] & paid[word] & timely[word] & worthy[word]
                            bits &= edge(begin - word * 64, stop - word * 64)
                            while bits != ZERO:
                                low = bits & (~bits + ONE)
                                bits ^= low
                                this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                                value = base + sure - price[this] + _worth(cards, this, floor, ready, lodges, wage, season)
                                if value + more > bound and _passes(terms, this, own, held, demands):
                                    if more > 0 and _met(likely, fellows, terms[this, EMPLOYER]):
                                        value += more
                                    if value > bound:
                                        post = terms[this, NUMBER]
                                        kept = _keep(keys, found, _key(value, own[TIE], post), post, kept)
                                        if kept == keys.shape[0]:
                                            bound = max(bound, (keys[0] >> 32) - 1)
                at = slot[NEXT, at]
        if own[ANYWHERE]:
            accepted = np.int64(number[ACCEPTED])
            kind, paid, timely = walked.kind[own[KIND]], walked.wage[own[WAGE_ROW]], walked.day[own[DAY_ROW]]
            for bin in range(BINS - 1, -1, -1):
                if beside + accepted + ((bin + 1) << wide) - 1 <= bound:
                    break
                at = bins[bin]
                while at >= 0:
                    sure, begin, stop = np.int64(slot[POINTS, at]) + accepted, first[at], first[at + 1]
                    for word in range(begin >> 6, ((stop - 1) >> 6) + 1):
                        if beside + sure + walks[max(word * 64, begin)] <= bound:
                            break
                        bits = kind[word] & paid[word] & timely[word]
                        bits &= edge(begin - word * 64, stop - word * 64)
                        while bits != ZERO:
                            low = bits & (~bits + ONE)
                            bits ^= low
                            step = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                            if beside + sure + walks[step] <= bound:
                                break
                            this = walk[step]
                            value = base + sure - price[this] + _worth(cards, this, floor, ready, lodges, wage, season)
                            if (
                                value + more > bound
                                and shut[terms[this, RANK]] == 0
                                and _passes(terms, this, own, held, demands)
                            ):
                                if more > 0 and _met(likely, fellows, terms[this, EMPLOYER]):
                                    value += more
                                if value > bound:
                                    post = terms[this, NUMBER]
                                    kept = _keep(keys, found, _key(value, own[TIE], post), post, kept)
                                    if kept == keys.shape[0]:
                                        bound = max(bound, (keys[0] >> 32) - 1)
                    at = slot[NEXT, at]
        _reopen(ranks, places, shut)
        _rank(keys, found, kept)
        for column in range(kept):
            out_value[entry, column] = keys[column] >> 32
        if kept < found.shape[0]:
            found[kept] = -1
        out_kept[entry] = kept
