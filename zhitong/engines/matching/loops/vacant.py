"""Who is left over and one step away from a seat that stays empty."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.layout import NEXT, POINTS, WAGE_STEP_FEN, Index, Scratch
from zhitong.engines.matching.loops.look import ONE, ZERO, look
from zhitong.engines.matching.loops.pair import beside, entry_of, lone
from zhitong.engines.matching.loops.told import LAST_AT, LOW_AT

WAGE, DAY, EDUCATION, CERTIFICATE = range(4)
"""Rows of `Seats.brings`: the codes of `Easing` less one."""
HUNDRED_YUAN = 10_000
NEARBY = 8
"""So many posts are kept for each who could be trained."""


class Seats(NamedTuple):
    """The posts with empty seats."""

    chosen: Words
    """Posts with an empty seat, in bits."""
    number: Ints
    """(posts,) Number of each of them; -1 for the others."""
    terms: Ints
    """(posts, 3) Lowest wage, last day on which work can be begun, education."""
    demanded: Words
    brings: Ints
    """(numbers, 4, steps) People for whom a change of so many steps is just enough."""


class Trainees(NamedTuple):
    """For each worker asked for the best posts that one training would open, best first, ended by -1."""

    post: Ints
    """(rows, 2, 8) By one certificate, and by learning another occupation."""
    certificate: Ints
    """(rows, 2, 8) The certificate missing; -1 for an occupation."""


@compiled
def count_one_step(
    index: Index, at: Scratch, skill: Ints, seats: Seats, rows: Ints, value: Longs, found: Trainees
) -> None:
    """Add to `seats.brings` and fill `found`; `skill` has room for the slots, `value` for (2, 8) numbers."""
    for entry in range(rows.shape[0]):
        row = rows[entry]
        look(index, row, at)
        for slot in range(at.slot.shape[1]):
            skill[slot] = at.slot[NEXT, slot] + index.wish_points[0]
        value[:] = -1
        found.post[entry], found.certificate[entry] = -1, -1
        for word in range(seats.chosen.shape[0]):
            bits = _one_missing(at.bits, seats.chosen[word], word)
            while bits != ZERO:
                low = bits & (~bits + ONE)
                bits ^= low
                _count(index, at, skill, seats, row, word, low, value, entry, found)


@inner
def _one_missing(bits: Words, chosen: Any, word: Whole) -> Any:
    once, twice = ZERO, ZERO
    for rule in range(layout.RULES):
        fails = ~bits[rule, word]
        twice |= once & fails
        once |= fails
    fixed = bits[layout.AGE, word] & bits[layout.PLACE, word] & bits[layout.DECLINED, word]
    return chosen & once & ~twice & fixed


@inner
def _count(
    index: Index, at: Scratch, skill: Ints, seats: Seats, row: Whole, word: Whole, low: Whole, value: Longs,
    entry: Whole, found: Trainees,
) -> None:  # fmt: skip
    this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
    number, own = seats.number[this], index.worker[row]
    if at.bits[layout.WAGE, word] & low == ZERO:
        less = np.int64(own[layout.FLOOR_OF] - seats.terms[this, LOW_AT])
        _add(seats.brings, number, WAGE, (less + HUNDRED_YUAN - 1) // HUNDRED_YUAN)
    elif at.bits[layout.DAY, word] & low == ZERO:
        _add(seats.brings, number, DAY, np.int64(own[layout.READY_OF] - seats.terms[this, LAST_AT]))
    elif at.bits[layout.EDUCATION, word] & low == ZERO:
        _add(seats.brings, number, EDUCATION, np.int64(seats.terms[this, 2] - own[layout.EDUCATION_OF]))
    elif at.bits[layout.CERTIFICATE, word] & low == ZERO:
        missing = lone(seats.demanded[this], index.held[row])
        if missing >= 0:
            _add(seats.brings, number, CERTIFICATE, np.int64(1))
            points = np.int64(at.slot[POINTS, index.post[this, layout.SLOT_AT]])
            _near(index, at, row, this, points, missing, 0, value, entry, found)
    else:
        points = np.int64(skill[index.post[this, layout.SLOT_AT]])
        _near(index, at, row, this, points, -1, 1, value, entry, found)


@inner
def _add(brings: Ints, number: Whole, easing: Whole, step: Whole) -> None:
    if 0 < step <= brings.shape[2]:
        brings[number, easing, step - 1] += 1


@inner
def _near(
    index: Index, at: Scratch, row: Whole, this: Whole, points: Whole, missing: Whole, kind: Whole, value: Longs,
    entry: Whole, found: Trainees,
) -> None:  # fmt: skip
    """Keep a post among the best that this training would open."""
    fit = points + at.place[index.post[this, layout.PLACE_AT]]
    above = np.int64(index.post[this, layout.WAGE_AT] - index.worker[row, layout.FLOOR_OF])
    fit += entry_of(index.wage_points, above // WAGE_STEP_FEN)
    fit += beside(index.worker[row], index.post, this, index.number, at.met, index.season_points, row)
    spot = value.shape[1]
    while spot > 0 and value[kind, spot - 1] < fit:
        spot -= 1
        if spot + 1 < value.shape[1]:
            value[kind, spot + 1] = value[kind, spot]
            found.post[entry, kind, spot + 1] = found.post[entry, kind, spot]
            found.certificate[entry, kind, spot + 1] = found.certificate[entry, kind, spot]
        value[kind, spot] = fit
        found.post[entry, kind, spot] = this
        found.certificate[entry, kind, spot] = missing
