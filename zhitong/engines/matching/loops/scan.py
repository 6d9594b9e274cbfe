"""Scanning all posts for the few of highest fit less price, skipping whatever cannot be among them.

Posts stand in the order of the occupation tree, those of one occupation (a *slot*) side by side, so that every level
of the tree is a run of slots; within a slot those of one place stand together. Sets of posts say which bring how much
at least, at the prices asked about, to a worker with such a wage floor. Who goes anywhere looks at the places wished
for first, and then walks through whole slots, the best bargains first: every place there is worth the same, and the
walk ends once what is left brings too little.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner, pasted
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.heap import keep, key_of, rank
from zhitong.engines.matching.loops.laid import (
    ACCEPTED,
    ANYWHERE,
    BASE,
    BEGINS,
    BINS,
    BUCKET,
    DAY_ROW,
    DEMAND,
    EARLIEST,
    EMPLOYER,
    EXCLUDED_PLACES,
    FARTHEST,
    FELLOWS,
    FLOOR,
    HINTS,
    KIND,
    LAST,
    LEVEL,
    LEVELS,
    LODGES,
    LODGING_AT,
    LOW,
    MOST,
    NEAR,
    NEXT,
    NUMBER,
    POINTS,
    PRACTISED,
    RANK,
    READY,
    SKILLED,
    TIE,
    UNSTATED,
    VILLAGE,
    WAGE,
    WAGE_ROW,
    WAGE_STEP_FEN,
    WISHED,
    WISHED_PLACES,
    Asked,
    Room,
    Shelf,
)
from zhitong.engines.matching.loops.look import ONE, ZERO, edge


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
def _worth(cards: Ints, this: Whole, own: Ints, wage_points: Ints, season_points: Ints) -> Whole:
    """Fit of a post beside slot, place and fellows."""
    value = np.int64(cards[this, NEAR])
    last, step = wage_points.shape[0] - 1, (cards[this, WAGE] - own[FLOOR]) // WAGE_STEP_FEN
    value += wage_points[last if step > last else step if step > 0 else 0]
    last, wait = season_points.shape[0] - 1, cards[this, BEGINS] - own[READY]
    value += season_points[last if wait > last else wait if wait > 0 else 0]
    return value + cards[this, LODGING_AT] if own[LODGES] else value


@pasted
def _passes(terms: Ints, this: Whole, own: Ints, held: Words, demands: Words, declined: Ints) -> Any:
    """Whether wage, day, certificates and whoever has said no allow a post of the sets."""
    if terms[this, LOW] < own[FLOOR] or terms[this, LAST] < own[EARLIEST]:
        return False
    demand = terms[this, DEMAND]
    if demand >= 0:
        for word in range(held.shape[0]):
            if demands[demand, word] & ~held[word] != ZERO:
                return False
    for column in range(declined.shape[0]):
        named = declined[column]
        if named == terms[this, NUMBER] or named == terms.shape[0] + terms[this, EMPLOYER]:
            return False
    return True


@pasted
def _met(likely: Words, fellows: Words, employer: Whole) -> Any:
    hint = employer & (64 * HINTS - 1)
    if (likely[hint >> 6] >> np.uint64(hint & 63)) & ONE == ZERO:
        return False
    return (fellows[employer >> 6] >> np.uint64(employer & 63)) & ONE != ZERO


@pasted
def _among_places(
    own: Ints, held: Words, declined: Ints, demands: Words, number: Ints, kind: Words, paid: Words, timely: Words,
    worth: Words, lowest: Whole, cards: Ints, terms: Ints, price: Ints, cell: Ints, named: Ints, wished: Whole,
    slot: Ints, bins: Ints, wide: Whole, wage: Ints, season: Ints, likely: Words, fellows: Words,
    dearest: Whole, bound: Whole, keys: Longs, found: Ints,
) -> tuple[Whole, Whole]:  # fmt: skip
    """Keep the posts in the places wished for that bring more than `bound`, bin after bin; it rises once there is no
    room for more. How many are kept, and the bound, are returned."""
    more, base, kept = (
        np.int64(number[FELLOWS]) if own[VILLAGE] >= 0 else np.int64(0),
        np.int64(own[BASE]),
        np.int64(0),
    )
    beside = base + season[0] + more
    for bin in range(BINS - 1, -1, -1):
        if wished == 0 or beside + dearest + ((bin + 1) << wide) - 1 <= bound:
            break
        at = bins[bin]
        while at >= 0:
            for each in range(wished if slot[MOST, at] + beside + dearest > bound else 0):
                begin, stop = cell[at, named[0, each]], cell[at, named[1, each]]
                if begin == stop:
                    continue
                sure = base + slot[POINTS, at] + named[2, each]
                level = (bound - season[0] - more - sure - lowest) // LEVEL
                worthy = worth[min(max(level, 0), LEVELS - 1)]
                for word in range(begin >> 6, ((stop - 1) >> 6) + 1):
                    bits = kind[word] & paid[word] & timely[word] & worthy[word]
                    bits &= edge(begin - word * 64, stop - word * 64)
                    while bits != ZERO:
                        low = bits & (~bits + ONE)
                        bits ^= low
                        this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                        value = sure - price[this] + _worth(cards, this, own, wage, season)
                        if value + more > bound and _passes(terms, this, own, held, demands, declined):
                            if more > 0 and _met(likely, fellows, terms[this, EMPLOYER]):
                                value += more
                            if value > bound:
                                post = terms[this, NUMBER]
                                kept = keep(keys, found, key_of(value, own[TIE], post), post, kept)
                                if kept == keys.shape[0]:
                                    bound = max(bound, (keys[0] >> 32) - 1)
            at = slot[NEXT, at]
    return kept, bound


@pasted
def _through_slots(
    own: Ints, held: Words, declined: Ints, demands: Words, number: Ints, kind: Words, paid: Words, timely: Words,
    walks: Ints, walk: Ints, cards: Ints, terms: Ints, price: Ints, first: Ints, shut: Ints,
    slot: Ints, bins: Ints, wide: Whole, wage: Ints, season: Ints, likely: Words, fellows: Words,
    bound: Whole, keys: Longs, found: Ints, kept: Whole,
) -> Whole:  # fmt: skip
    """Go on with the posts of all places that are not shut; how many are kept is returned."""
    more, accepted = (
        np.int64(number[FELLOWS]) if own[VILLAGE] >= 0 else np.int64(0),
        np.int64(number[ACCEPTED]),
    )
    base, above = np.int64(own[BASE]) + accepted, season[0] + more
    for bin in range(BINS - 1, -1, -1):
        if base + above + ((bin + 1) << wide) - 1 <= bound:
            break
        at = bins[bin]
        while at >= 0:
            sure, begin, stop = base + slot[POINTS, at], first[at], first[at + 1]
            for word in range(begin >> 6, ((stop - 1) >> 6) + 1):
                if above + sure + walks[max(word * 64, begin)] <= bound:
                    break
                bits = kind[word] & paid[word] & timely[word]
                bits &= edge(begin - word * 64, stop - word * 64)
                while bits != ZERO:
                    low = bits & (~bits + ONE)
                    bits ^= low
                    step = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                    if above + sure + walks[step] <= bound:
                        break
                    this = walk[step]
                    value = sure - price[this] + _worth(cards, this, own, wage, season)
                    may = value + more > bound and shut[terms[this, RANK]] == 0
                    if may and _passes(terms, this, own, held, demands, declined):
                        if more > 0 and _met(likely, fellows, terms[this, EMPLOYER]):
                            value += more
                        if value > bound:
                            post = terms[this, NUMBER]
                            kept = keep(keys, found, key_of(value, own[TIE], post), post, kept)
                            if kept == keys.shape[0]:
                                bound = max(bound, (keys[0] >> 32) - 1)
            at = slot[NEXT, at]
    return kept


@inner
def _hand_out(keys: Longs, found: Ints, value: Ints, kept: Whole) -> None:
    """The best first, with what they bring, and -1 behind the last."""
    rank(keys, found, kept)
    for column in range(kept):
        value[column] = keys[column] >> 32
    if kept < found.shape[0]:
        found[kept] = -1


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
    span, runs, ranks, wish, practice = (
        shelf.span, shelf.runs, shelf.ranks, shelf.wish_points, shelf.practice_points,
    )  # fmt: skip
    demands, wage, season, worths = shelf.demands, shelf.wage_points, shelf.season_points, shelf.place_points
    slot, bins, keys, spans, named, shut = room.slot, room.bins, room.keys, room.spans, room.named, room.shut
    cards, terms, price = asked.cards, asked.terms, asked.price
    standing, walked = asked.standing, asked.walked
    told = number[WISHED] + number[PRACTISED]
    for entry in order:
        row, bound, kept = rows[entry], np.int64(least[entry]), np.int64(0)
        own, mine, held, found = worker[row], lists[row], shelf.held[row], out_post[entry]
        declined = shelf.declined[row]
        worth, walks = asked.worth[own[BUCKET]], asked.walks[own[BUCKET]]
        fellows, likely = shelf.fellows[own[VILLAGE]], shelf.likely[own[VILLAGE]]
        more = np.int64(number[FELLOWS]) if own[VILLAGE] >= 0 else np.int64(0)
        places = mine[told + number[PRACTISED] :]
        wished = _name_places(ranks, places, number, worths, named, shut)
        dearest = max(number[ACCEPTED] if own[ANYWHERE] else 0, named[2, 0] if wished > 0 else 0)
        beside = np.int64(own[BASE]) + season[0] + more
        near = _near(span, mine, told, spans)
        wide = _fill_bins(
            runs, spans, near, mine, number, wish, practice, slot, bins, asked.slots[own[BUCKET]],
            bound - beside - dearest,
        )  # fmt: skip
        kept, bound = _among_places(
            own, held, declined, demands, number, standing.kind[own[KIND]], standing.wage[own[WAGE_ROW]],
            standing.day[own[DAY_ROW]], worth, asked.lowest, cards, terms, price, cell, named, wished, slot, bins,
            wide, wage, season, likely, fellows, dearest, bound, keys, found,
        )  # fmt: skip
        if own[ANYWHERE]:
            kept = _through_slots(
                own, held, declined, demands, number, walked.kind[own[KIND]], walked.wage[own[WAGE_ROW]],
                walked.day[own[DAY_ROW]], walks, walk, cards, terms, price, first, shut, slot, bins, wide,
                wage, season, likely, fellows, bound, keys, found, kept,
            )  # fmt: skip
        _reopen(ranks, places, shut)
        out_kept[entry] = kept
        _hand_out(keys, found, out_value[entry], kept)
