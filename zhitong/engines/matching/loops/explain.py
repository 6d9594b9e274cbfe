"""Explaining one worker after another: the better posts that are full, and what one change of a wish would bring.

Posts that pass every rule are looked at first; then those that fail exactly one rule that a wish can change.
"""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints, Words
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.layout import NEXT, POINTS, WAGE_STEP_FEN, Index, Scratch
from zhitong.engines.matching.loops.look import ONE, ZERO, edge, look
from zhitong.engines.matching.loops.opened import FAILS_ONE, opened
from zhitong.engines.matching.loops.pair import beside, entry_of, most_beside
from zhitong.engines.matching.loops.told import (
    ALONE,
    FIT_AT,
    GOES_ALONE,
    NEVER,
    VALUE_AT,
    WAGE,
    WAGE_AT,
    Given,
    Posted,
    Told,
)

PASSES = layout.AGE
"""Row of the bits where, once it is read, the posts are marked that pass."""


@compiled
def explain(
    index: Index, at: Scratch, skill: Ints, steps: Ints, posted: Posted, given: Given, rows: Ints, told: Told
) -> None:
    """Fill `told`. `skill` has room for the slots; `steps` says for any points how many steps of wage bring them."""
    for entry in range(rows.shape[0]):
        row = rows[entry]
        look(index, row, at)
        for slot in range(at.slot.shape[1]):
            skill[slot] = at.slot[NEXT, slot]
        for kind in range(ALONE + 1):
            told.amount[entry, kind], told.post[entry, kind] = -1, -1
            told.gain[entry, kind], told.at_post[entry, kind] = 0, 0
        mine, score = given.post[row], np.int64(given.score[row])
        held = max(score - posted.cutoff[mine], 0) if mine >= 0 else np.int64(0)
        _sort(at.bits, index.sets[layout.OPEN_SET])
        _passing(index, at, steps, posted, row, given.together[row], mine, score, held, entry, told)
        if given.together[row] == GOES_ALONE or mine >= 0:
            opened(index, at, skill, steps, posted, given, row, entry, told)
        told.gain[entry, WAGE] = max(told.gain[entry, WAGE], told.at_post[entry, WAGE])


@inner
def _sort(bits: Words, open_to: Words) -> None:
    """Mark the posts that pass every rule, and those that fail one alone that a wish can change."""
    for word in range(bits.shape[1]):
        fixed = open_to[word] & bits[layout.AGE, word] & bits[layout.EDUCATION, word]
        fixed &= bits[layout.DECLINED, word]
        once, twice = ZERO, ZERO
        for rule in (layout.CERTIFICATE, layout.DAY, layout.PLACE, layout.WAGE, layout.OCCUPATION):
            fails = ~bits[rule, word]
            twice |= once & fails
            once |= fails
        bits[PASSES, word] = fixed & ~once
        bits[FAILS_ONE, word] = fixed & once & ~twice


@inner
def _passing(
    index: Index, at: Scratch, steps: Ints, posted: Posted, row: Whole, together: Whole, mine: Whole, score: Whole,
    held: Whole, entry: Whole, told: Told,
) -> None:  # fmt: skip
    """Of the posts that pass: the best, what could be had at the cut-offs, what a lower floor or no group brings."""
    own, number, slots, wage = index.worker[row], index.number, index.slots, index.wage_points
    post, near, met, season = index.post, at.place, at.met, index.season_points
    floor, best, found = np.int64(own[layout.FLOOR_OF]), score, -1
    reach, alone, alone_post, less, less_post, less_gain = held, held, -1, np.int64(NEVER), -1, np.int64(0)
    aside = most_beside(own, number, season, index.place_points)
    highest = np.int64(wage[wage.shape[0] - 1])
    for slot in range(slots.shape[1] - 1):
        first, stop, points = slots[0, slot], slots[0, slot + 1], np.int64(at.slot[POINTS, slot])
        for word in range(first >> 6, ((stop - 1) >> 6) + 1):
            bits = at.bits[PASSES, word]
            if bits == ZERO:
                continue
            most, value = aside + points, np.int64(posted.most[word, VALUE_AT])
            expected = entry_of(wage, (np.int64(posted.most[word, WAGE_AT]) - floor) // WAGE_STEP_FEN)
            could = most + value + (highest if mine < 0 else expected)
            if most + expected + posted.most[word, FIT_AT] <= best and could <= reach:
                continue
            bits &= edge(first - word * 64, stop - word * 64)
            while bits != ZERO:
                low = bits & (~bits + ONE)
                bits ^= low
                this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                cutoff = np.int64(posted.cutoff[this])
                above = np.int64(post[this, layout.WAGE_AT]) - floor
                earned = entry_of(wage, above // WAGE_STEP_FEN)
                fit = points + near[post[this, layout.PLACE_AT]] + earned
                fit += beside(own, post, this, number, met, season, row)
                if fit > best:
                    best, found = fit, this
                if this == mine:
                    continue
                value = fit - cutoff
                if together != GOES_ALONE:
                    if value > alone and fit > score:
                        alone, alone_post = value, this
                    continue
                reach = max(reach, value)
                needed = earned + 1 - value
                if mine < 0 and value <= 0 and needed < steps.shape[0]:
                    lower = steps[needed] * np.int64(WAGE_STEP_FEN) - above
                    gained = wage[steps[needed]] - earned + value
                    if lower <= floor and (lower < less or (lower == less and gained > less_gain)):
                        less, less_post, less_gain = lower, this, gained
    told.better[entry], told.fit[entry], told.reach[entry] = found, best if found >= 0 else 0, reach
    if alone_post >= 0:
        told.amount[entry, ALONE], told.post[entry, ALONE] = 0, alone_post
        told.gain[entry, ALONE], told.at_post[entry, ALONE] = alone - held, alone - held
    if less_post >= 0 and reach == 0:
        told.amount[entry, WAGE], told.post[entry, WAGE] = less, less_post
        told.at_post[entry, WAGE] = less_gain
