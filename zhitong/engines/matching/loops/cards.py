"""How much posts bring at most at given prices."""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints, Words
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner
from zhitong.engines.matching.loops.laid import (
    LEVEL,
    LEVELS,
    LODGING_AT,
    LOW,
    NEAR,
    NOTHING,
    SHUT,
    WAGE,
    WAGE_STEP_FEN,
    Asked,
)
from zhitong.engines.matching.loops.look import ONE, ZERO


@compiled
def fill_most(
    asked: Asked, floors: Ints, wage_points: Ints, slot_of: Ints, walk: Ints, begin: Whole, stop: Whole
) -> None:
    """Fill the rows `begin` to `stop` of `asked.slots`, `asked.worth` and `asked.walks`: without and with need of a
    dormitory, floor after floor.

    A post counts for a floor when it promises at least that much.
    """
    slots, walks = asked.slots, asked.walks
    own = np.empty(walk.shape[0], np.int32)
    for row in range(begin, stop):
        _fill_own(asked.cards, asked.terms, asked.price, floors[row >> 1], row & 1, wage_points, own)
        _sort_out(own, asked.worth[row], asked.lowest)
        before = NOTHING
        for at in range(slots.shape[1]):
            slots[row, at] = NOTHING
        for at in range(walk.shape[0] - 1, -1, -1):
            last = at + 1 == walk.shape[0] or slot_of[at + 1] != slot_of[at]
            before = own[walk[at]] if last else max(before, own[walk[at]])
            walks[row, at] = before
            slots[row, slot_of[at]] = before


@inner
def _sort_out(own: Ints, worth: Words, lowest: Whole) -> None:
    """Each post into the sets of all levels that it reaches; the lowest set takes all that are open."""
    for level in range(LEVELS):
        for word in range(worth.shape[1]):
            worth[level, word] = ZERO
    for post in range(own.shape[0]):
        if own[post] > NOTHING:
            level = (own[post] - lowest) // LEVEL
            worth[min(max(level, 0), LEVELS - 1), post >> 6] |= ONE << np.uint64(post & 63)
    for level in range(LEVELS - 2, -1, -1):
        for word in range(worth.shape[1]):
            worth[level, word] |= worth[level + 1, word]


@inner
def _fill_own(
    cards: Ints, terms: Ints, price: Ints, floor: int, lodges: int, wage_points: Ints, own: Ints
) -> None:
    last = np.int64(wage_points.shape[0] - 1)
    for post in range(cards.shape[0]):
        own[post] = NOTHING
        if terms[post, LOW] >= floor and price[post] < SHUT:
            step = (np.int64(cards[post, WAGE]) - floor) // WAGE_STEP_FEN
            own[post] = (
                cards[post, NEAR]
                - price[post]
                + wage_points[last if step > last else step if step > 0 else 0]
            )
            if lodges:
                own[post] += cards[post, LODGING_AT]
