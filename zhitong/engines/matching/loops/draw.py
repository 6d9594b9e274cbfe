"""Drawing the best posts of one worker after another.

Only the posts that pass are scored, occupations of most points first, until nothing that is left can be better.
"""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner, pasted
from zhitong.engines.matching.loops.heap import keep
from zhitong.engines.matching.loops.layout import (
    BEGINS_AT,
    BINS,
    DORMITORY_AT,
    EMPLOYER_AT,
    FELLOWS,
    FIRST_RULE,
    FLOOR_OF,
    LODGES_OF,
    LODGING,
    MASK,
    NEXT,
    PASSING,
    PLACE_AT,
    POINTS,
    POINTS_AT,
    POINTS_OF,
    READY_OF,
    REFUSED,
    RULES,
    SLOT_AT,
    TOP_POINTS,
    TOP_WAGE,
    VILLAGE_OF,
    WAGE_AT,
    WAGE_STEP_FEN,
    Drawn,
    Index,
    Scratch,
)
from zhitong.engines.matching.loops.look import ONE, ZERO, edge, look

DEBRUIJN, SHIFT = np.uint64(0x03F79D71B4CB0A89), np.uint64(58)
LOWEST = np.argsort((DEBRUIJN << np.arange(64, dtype=np.uint64)) >> SHIFT)
"""Number of the lowest bit of a word, by its de Bruijn product (Leiserson, Prokop and Randall 1998)."""


@compiled
def draw(
    index: Index,
    at: Scratch,
    rows: Ints,
    task: Whole,
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
        look(index, row, at)
        if task == REFUSED:
            _allow_all_but_one(at.bits, open_to)
        else:
            _allow(at.bits, open_to)
        out.available[entry] = _count(at.bits[MASK])
        if tally.shape[0] > 0:
            _add_one(tally, at.bits[MASK])
        kept = _best(index, row, at, price, least[row], keys, out.post[entry])
        for column in range(kept):
            out.value[entry, column] = keys[column] >> 32
        if kept < out.post.shape[1]:
            out.post[entry, kept] = -1
        out.rule[entry] = 0
        if task == REFUSED and kept > 0:
            out.rule[entry] = FIRST_RULE + _failing(at.bits, out.post[entry, 0])
        elif task == PASSING and out.available[entry] == 0:
            out.rule[entry] = _most_refusing(at.bits, open_to)


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
def _best(
    index: Index, row: Whole, at: Scratch, price: Ints, least: Whole, keys: Longs, found: Ints
) -> Whole:
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
                    bits &= edge(first - word * 64, stop - word * 64)
                while bits != ZERO:
                    low = bits & (~bits + ONE)
                    bits ^= low
                    this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                    value = _fit(own, post[this], number, slot, place, met, wage, season, row) - price[this]
                    if value > least:
                        kept = keep(keys, found, (value << 32) | _tie(row, this), this, kept)
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
    row: Whole,
) -> Whole:
    """Points of one pair."""
    points = np.int64(own[POINTS_OF] + slot[POINTS, post[SLOT_AT]] + place[post[PLACE_AT]] + post[POINTS_AT])
    points += _up_to(wage, (post[WAGE_AT] - own[FLOOR_OF]) // WAGE_STEP_FEN)
    points += _up_to(season, np.int64(post[BEGINS_AT] - own[READY_OF]))
    points += number[LODGING] * (own[LODGES_OF] & post[DORMITORY_AT])
    return points + number[FELLOWS] * (met[post[EMPLOYER_AT]] == row + 1)


@inner
def _up_to(table: Ints, entry: Whole) -> Whole:
    """An entry of a table, the first for all below it and the last for all above it."""
    last = table.shape[0] - 1
    return table[last] if entry > last else table[0] if entry < 0 else table[entry]


@inner
def _most_beside_slot(own: Ints, number: Ints, place: Ints, wage: Ints, season: Ints) -> Whole:
    """No post can bring this worker more points than this beside those of its occupation."""
    nearest = np.int64(0)
    for points in place:
        nearest = points if points > nearest else nearest
    points = own[POINTS_OF] + number[TOP_POINTS] + nearest + season[0] + number[LODGING] * own[LODGES_OF]
    points += _up_to(wage, (number[TOP_WAGE] - own[FLOOR_OF]) // WAGE_STEP_FEN)
    return points + number[FELLOWS] * (own[VILLAGE_OF] >= 0)


@inner
def _bin_slots(slot: Ints, bins: Ints) -> Whole:
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
def _tie(row: Whole, post: Whole) -> Whole:
    """Thirty-two bits that order posts of equal value differently for each worker."""
    mixed = np.uint64(row * 0x9E3779B1 + post * 0x85EBCA6B) * np.uint64(0xD6E8FEB86659FD93)
    return np.int64(mixed >> np.uint64(32))


@inner
def _count(words: Words) -> Whole:
    total: Whole = 0
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
def _most_refusing(bits: Words, open_to: Words) -> Whole:
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
def _failing(bits: Words, post: Whole) -> Whole:
    for rule in range(RULES):
        if (bits[rule, post >> 6] >> np.uint64(post & 63)) & ONE == ZERO:
            return rule
    return -1
