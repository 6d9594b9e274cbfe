"""The compiled loops that look at every pair of worker and post.

A worker is *looked at* once: which posts each hard rule lets pass, as words of bits, and what the parts of the fit
that do not depend on the single post are worth. Then only the posts that pass are scored, occupations of most points
first, until nothing that is left can be better.

Compiling must be quick, and so must the calls: arrays are handed on singly (taking one out of a tuple counts a
reference, which costs more than scoring a pair), memory is given from outside, and `min`, `max` and assignments to
slices are written out (each brings a piece of numba's library to be compiled).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.compiled import compiled, inner, pasted
from zhitong.engines.matching.index import (
    AGE_OF,
    AGE_SET,
    ANYWHERE_OF,
    BEGINS_AT,
    BLOCK,
    DAY_BLOCKS,
    DAY_RUNG_OF,
    DORMITORY_AT,
    EDUCATION_OF,
    EDUCATION_SET,
    EMPLOYER_AT,
    EXCLUDED_PLACES,
    FELLOWS,
    FLOOR_OF,
    FURTHEST,
    LODGES_OF,
    LODGING,
    PLACE_ACCEPTED,
    PLACE_AT,
    PLACE_SET,
    POINTS_AT,
    POINTS_OF,
    PRACTISED,
    READY_OF,
    SLOT_AT,
    TOP_POINTS,
    TOP_WAGE,
    UNDEMANDING_SET,
    VILLAGE_OF,
    WAGE_AT,
    WAGE_BLOCKS,
    WAGE_RUNG_OF,
    WAGE_STEP_FEN,
    WISH_UNSTATED,
    WISHED,
    WISHED_PLACES,
    Index,
)

BINS = 64
FARTHEST = 4
RULES = 7
AGE, CERTIFICATE, DAY, PLACE, WAGE, EDUCATION, OCCUPATION = range(RULES)
MASK = RULES
"""Rows of the bits of a worker: one for each rule, and the posts to be scored."""
FIRST_RULE = 2
"""Code of the `Rule` of row 0."""
POINTS, NEAREST, NEXT = range(3)
"""Rows of the slots of a worker: wish and experience points, distance, next slot of the same bin."""
PASSING, REFUSED = range(2)
"""What `draw` is asked for: posts that pass every rule, or posts that fail exactly one."""

ZERO, ONE, ALL = np.uint64(0), np.uint64(1), np.uint64(2**64 - 1)
DEBRUIJN, SHIFT = np.uint64(0x03F79D71B4CB0A89), np.uint64(58)
LOWEST = np.argsort((DEBRUIJN << np.arange(64, dtype=np.uint64)) >> SHIFT)
"""Number of the lowest bit of a word, by its de Bruijn product (Leiserson, Prokop and Randall 1998)."""


class Scratch(NamedTuple):
    """What is known about the worker looked at."""

    bits: Words
    """(RULES + 1, words) Posts that each rule lets pass, and the posts to be scored."""
    slot: Ints
    """(3, slots) Points, distance and list of each slot."""
    bins: Ints
    """(BINS,) First slot of each bin of points."""
    place: Ints
    """(places,) Points of each place."""
    met: Ints
    """(employers,) Row + 1 of the last worker with fellow villagers there."""


class Drawn(NamedTuple):
    """What `draw` writes, one row for each worker asked for."""

    post: Ints
    """(rows, columns) Posts in no order; -1 where there are fewer."""
    value: Ints
    """(rows, columns) Their fit less price; 0 where there are fewer."""
    count: Ints
    """(rows,) How many available posts there were in all."""
    rule: Ints
    """(rows,) PASSING: where none passes, the code of the rule that refuses most (1 when no post is available).
    REFUSED: the code of the rule that the first post fails. Else 0."""


@compiled
def draw(
    index: Index,
    at: Scratch,
    rows: Ints,
    task: int,
    open_to: Words,
    price: Ints,
    least: Ints,
    out: Drawn,
    tally: Words,
) -> None:
    """For each worker of `rows` the posts of highest fit less price among those of `open_to`.

    Only posts of more than `least` count; as many are kept as `out` has columns. `tally` with rows counts how many
    workers each post has, plane p holding bit p of all the numbers.
    """
    keys = np.empty(out.post.shape[1], np.int64)
    for entry in range(rows.shape[0]):
        row = rows[entry]
        _look(index, row, at)
        if task == REFUSED:
            _allow_all_but_one(at.bits, open_to)
        else:
            _allow(at.bits, open_to)
        out.count[entry] = _count(at.bits[MASK])
        if tally.shape[0] > 0:
            _add_one(tally, at.bits[MASK])
        kept = _best(index, row, at, price, least[row], keys, out.post[entry])
        for column in range(out.post.shape[1]):
            out.value[entry, column] = keys[column] >> 32 if column < kept else 0
            out.post[entry, column] = out.post[entry, column] if column < kept else -1
        out.rule[entry] = 0
        if task == REFUSED and kept > 0:
            out.rule[entry] = FIRST_RULE + _failing(at.bits, out.post[entry, 0])
        elif task == PASSING and out.count[entry] == 0:
            out.rule[entry] = _most_refusing(at.bits, open_to)


@pasted
def _look(index: Index, row: int, at: Scratch) -> None:
    """Fill in everything about one worker that does not depend on a single post."""
    own, lists, number, places = index.worker[row], index.lists[row], index.number, index.number[WISHED]
    bits, sets, slot = at.bits, index.sets, at.slot
    practised, places = number[WISHED], number[WISHED] + 2 * number[PRACTISED]
    stated = _weigh_wishes(index.slots, index.classes, lists[:practised], index.wish_points, number, slot)
    silent = _weigh_practice(index.slots, index.classes, lists[practised:places], index.practice_points, slot)
    _weigh_places(index.place_parent, lists[places:], own, index.place_points, number, at.place)
    _meet(index.fellow_first, index.fellow_employer, own[VILLAGE_OF], row, at.met)
    _copy(sets[AGE_SET + own[AGE_OF]], bits[AGE])
    _copy(sets[EDUCATION_SET + own[EDUCATION_OF]], bits[EDUCATION])
    _climb(sets, number[WAGE_BLOCKS], index.ladder[0], number[BLOCK], own[WAGE_RUNG_OF], bits[WAGE])
    _climb(sets, number[DAY_BLOCKS], index.ladder[1], number[BLOCK], own[DAY_RUNG_OF], bits[DAY])
    _copy(sets[UNDEMANDING_SET], bits[CERTIFICATE])
    _judge_certificates(
        index.demands, index.demand_first, index.demand_posts, index.held[row], bits[CERTIFICATE]
    )
    _judge_places(sets, lists[places:], own, number, bits[PLACE])
    furthest = number[FURTHEST] if stated or not silent else FARTHEST
    _judge_slots(index.slots, slot, furthest, bits[OCCUPATION])


@inner
def _copy(source: Words, target: Words) -> None:
    for word in range(target.shape[0]):
        target[word] = source[word]


@inner
def _weigh_wishes(slots: Ints, classes: Ints, wished: Ints, points: Ints, number: Ints, slot: Ints) -> bool:
    """Fill in wish points and distances; whether any occupation is wished for."""
    stated = False
    for at in range(slot.shape[1]):
        slot[NEAREST, at] = FARTHEST
    for occupation in wished:
        if occupation >= 0:
            stated = True
            minor, middle, major = classes[occupation, 0], classes[occupation, 1], classes[occupation, 2]
            for at in range(slot.shape[1]):
                same = (slots[1, at] == occupation) + (slots[2, at] == minor) + (slots[3, at] == middle)
                distance = FARTHEST - same - (slots[4, at] == major)
                slot[NEAREST, at] = distance if distance < slot[NEAREST, at] else slot[NEAREST, at]
    for at in range(slot.shape[1]):
        slot[POINTS, at] = points[slot[NEAREST, at]] if stated else number[WISH_UNSTATED]
    return stated


@inner
def _weigh_practice(slots: Ints, classes: Ints, practised: Ints, points: Ints, slot: Ints) -> bool:
    """Add experience points and shorten distances; whether no occupation was practised."""
    count, longest, silent = practised.shape[0] // 2, points.shape[1] - 1, True
    for at in range(slot.shape[1]):
        slot[NEXT, at] = 0
    for column in range(count):
        occupation, years = practised[column], practised[count + column]
        if occupation >= 0:
            silent = False
            years = years if years < longest else longest
            minor, middle, major = classes[occupation, 0], classes[occupation, 1], classes[occupation, 2]
            for at in range(slot.shape[1]):
                same = (slots[1, at] == occupation) + (slots[2, at] == minor) + (slots[3, at] == middle)
                distance = FARTHEST - same - (slots[4, at] == major)
                slot[NEAREST, at] = distance if distance < slot[NEAREST, at] else slot[NEAREST, at]
                worth = points[distance, years]
                slot[NEXT, at] = worth if worth > slot[NEXT, at] else slot[NEXT, at]
    for at in range(slot.shape[1]):
        slot[POINTS, at] += slot[NEXT, at]
    return silent


@inner
def _weigh_places(parent: Ints, places: Ints, own: Ints, points: Ints, number: Ints, place: Ints) -> None:
    for at in range(place.shape[0]):
        place[at] = number[PLACE_ACCEPTED] if own[ANYWHERE_OF] else 0
    for column in range(number[WISHED_PLACES] - 1, -1, -1):
        wished = places[column]
        if wished >= 0:
            worth = points[column] if column < points.shape[0] else points[points.shape[0] - 1]
            place[wished] = worth
            for at in range(place.shape[0]):
                if parent[at] == wished:
                    place[at] = worth


@inner
def _meet(first: Ints, employer: Ints, village: int, row: int, met: Ints) -> None:
    if village >= 0:
        for entry in range(first[village], first[village + 1]):
            met[employer[entry]] = row + 1


@inner
def _climb(sets: Words, first: int, order: Ints, size: int, rung: int, passes: Words) -> None:
    block = (rung + size - 1) // size
    _copy(sets[first + block], passes)
    stop = block * size
    for step in range(rung, stop if stop < order.shape[0] else order.shape[0]):
        passes[order[step] >> 6] |= ONE << np.uint64(order[step] & 63)


@pasted
def _judge_certificates(demands: Words, first: Ints, posts: Ints, held: Words, passes: Words) -> None:
    for demand in range(demands.shape[0]):
        missing = ZERO
        for word in range(demands.shape[1]):
            missing |= demands[demand, word] & ~held[word]
        if missing == ZERO:
            for entry in range(first[demand], first[demand + 1]):
                passes[posts[entry] >> 6] |= ONE << np.uint64(posts[entry] & 63)


@pasted
def _judge_places(sets: Words, places: Ints, own: Ints, number: Ints, passes: Words) -> None:
    for word in range(passes.shape[0]):
        passes[word] = ALL if own[ANYWHERE_OF] else ZERO
    for column in range(number[WISHED_PLACES] + number[EXCLUDED_PLACES]):
        if places[column] >= 0:
            within = sets[PLACE_SET + places[column]]
            for word in range(passes.shape[0]):
                if column < number[WISHED_PLACES]:
                    passes[word] |= within[word]
                else:
                    passes[word] &= ~within[word]


@pasted
def _judge_slots(slots: Ints, slot: Ints, furthest: int, passes: Words) -> None:
    for word in range(passes.shape[0]):
        passes[word] = ALL if furthest >= FARTHEST else ZERO
    if furthest < FARTHEST:
        for at in range(slot.shape[1]):
            if slot[NEAREST, at] <= furthest:
                for word in range(slots[0, at] >> 6, ((slots[0, at + 1] - 1) >> 6) + 1):
                    passes[word] |= _edge(slots[0, at] - word * 64, slots[0, at + 1] - word * 64)


@inner
def _edge(start: int, stop: int) -> np.uint64:
    """The bits of a word from `start` up to, not including, `stop`; both may lie outside the word."""
    bits = ALL
    if start > 0:
        bits &= ALL << np.uint64(start)
    if stop < 64:
        bits &= ~(ALL << np.uint64(stop))
    return bits


@inner
def _allow(bits: Words, open_to: Words) -> None:
    """Mark the posts that pass every rule."""
    for word in range(bits.shape[1]):
        passes = open_to[word]
        for rule in range(RULES):
            passes &= bits[rule, word]
        bits[MASK, word] = passes


@inner
def _allow_all_but_one(bits: Words, open_to: Words) -> None:
    """Mark the posts that fail exactly one rule."""
    for word in range(bits.shape[1]):
        once, twice = ZERO, ZERO
        for rule in range(RULES):
            fails = ~bits[rule, word]
            twice |= once & fails
            once |= fails
        bits[MASK, word] = open_to[word] & once & ~twice


@pasted
def _best(index: Index, row: int, at: Scratch, price: Ints, least: int, keys: Longs, found: Ints) -> int:
    """Leave the marked posts of highest fit less price in the heap; how many there are is returned."""
    own, post, number, slots = index.worker[row], index.post, index.number, index.slots
    wage, season, mask = index.wage_points, index.season_points, at.bits[MASK]
    slot, place, met = at.slot, at.place, at.met
    top, kept = _bin_slots(slot, at.bins), 0
    beside = _most_beside_slot(own, number, place, wage, season)
    for bin in range(BINS - 1, -1, -1):
        most = beside + ((bin + 1) * top - 1) // (BINS - 1)
        if most <= least or (kept == keys.shape[0] and most < keys[0] >> 32):
            break
        run = at.bins[bin]
        while run >= 0:
            first, stop = slots[0, run], slots[0, run + 1]
            for word in range(first >> 6, ((stop - 1) >> 6) + 1):
                bits = mask[word]
                if bits != ZERO:
                    bits &= _edge(first - word * 64, stop - word * 64)
                while bits != ZERO:
                    low = bits & (~bits + ONE)
                    bits ^= low
                    this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                    value = _fit(own, post[this], number, slot, place, met, wage, season, row) - price[this]
                    if value > least:
                        kept = _keep(keys, found, (value << 32) | _tie(row, this), this, kept)
            run = slot[NEXT, run]
    return kept


@inner
def _fit(
    own: Ints,
    post: Ints,
    number: Ints,
    slot: Ints,
    place: Ints,
    met: Ints,
    wage: Ints,
    season: Ints,
    row: int,
) -> int:
    """Points of one pair."""
    points = np.int64(own[POINTS_OF] + slot[POINTS, post[SLOT_AT]] + place[post[PLACE_AT]] + post[POINTS_AT])
    points += _up_to(wage, (post[WAGE_AT] - own[FLOOR_OF]) // WAGE_STEP_FEN)
    points += _up_to(season, np.int64(post[BEGINS_AT] - own[READY_OF]))
    points += number[LODGING] * (own[LODGES_OF] & post[DORMITORY_AT])
    return points + number[FELLOWS] * (met[post[EMPLOYER_AT]] == row + 1)


@inner
def _up_to(table: Ints, entry: int) -> int:
    """An entry of a table, the first for all below it and the last for all above it."""
    last = table.shape[0] - 1
    return table[last] if entry > last else table[0] if entry < 0 else table[entry]


@inner
def _most_beside_slot(own: Ints, number: Ints, place: Ints, wage: Ints, season: Ints) -> int:
    """No post can bring this worker more points than this beside those of its occupation."""
    nearest = np.int64(0)
    for points in place:
        nearest = points if points > nearest else nearest
    points = own[POINTS_OF] + number[TOP_POINTS] + nearest + season[0] + number[LODGING] * own[LODGES_OF]
    points += _up_to(wage, (number[TOP_WAGE] - own[FLOOR_OF]) // WAGE_STEP_FEN)
    return points + number[FELLOWS] * (own[VILLAGE_OF] >= 0)


@inner
def _bin_slots(slot: Ints, bins: Ints) -> int:
    """Sort the slots into bins by points; the most points of any slot (at least 1) are returned."""
    top = np.int64(1)
    for at in range(slot.shape[1]):
        top = slot[POINTS, at] if slot[POINTS, at] > top else top
    for bin in range(BINS):
        bins[bin] = -1
    for at in range(slot.shape[1]):
        bin = slot[POINTS, at] * (BINS - 1) // top
        slot[NEXT, at] = bins[bin]
        bins[bin] = at
    return top


@inner
def _tie(row: int, post: int) -> int:
    """Thirty-two bits that order posts of equal value differently for each worker."""
    mixed = np.uint64(row * 0x9E3779B1 + post * 0x85EBCA6B) * np.uint64(0xD6E8FEB86659FD93)
    return np.int64(mixed >> np.uint64(32))


@pasted
def _keep(keys: Longs, found: Ints, key: int, post: int, kept: int) -> int:
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
def _count(words: Words) -> int:
    total = 0
    for word in words:
        pairs = word - ((word >> ONE) & np.uint64(0x5555555555555555))
        fours = (pairs & np.uint64(0x3333333333333333)) + (
            (pairs >> np.uint64(2)) & np.uint64(0x3333333333333333)
        )
        eights = (fours + (fours >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
        total += np.int64((eights * np.uint64(0x0101010101010101)) >> np.uint64(56))
    return total


@inner
def _add_one(tally: Words, posts: Words) -> None:
    for word in range(posts.shape[0]):
        carry, plane = posts[word], 0
        while carry != ZERO:
            before = tally[plane, word]
            tally[plane, word] = before ^ carry
            carry &= before
            plane += 1


@pasted
def _most_refusing(bits: Words, open_to: Words) -> int:
    """Code of the rule that most of the posts fail; 1 (not open) when there is none."""
    most, code = 0, 1
    for rule in range(RULES):
        for word in range(open_to.shape[0]):
            bits[MASK, word] = open_to[word] & ~bits[rule, word]
        refused = _count(bits[MASK])
        if refused > most:
            most, code = refused, FIRST_RULE + rule
    return code


@inner
def _failing(bits: Words, post: int) -> int:
    for rule in range(RULES):
        if (bits[rule, post >> 6] >> np.uint64(post & 63)) & ONE == ZERO:
            return rule
    return -1
