"""What the loops that explain read of one pair of worker and post."""

from __future__ import annotations

from typing import Any

import numpy as np

from zhitong.engines.matching.columns import Ints, Words
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.compiled import Whole, inner
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.look import ONE, ZERO
from zhitong.engines.matching.loops.told import SAME_EMPLOYER


@inner
def entry_of(table: Ints, at: Whole) -> Whole:
    last = table.shape[0] - 1
    return np.int64(table[last] if at > last else table[0] if at < 0 else table[at])


@inner
def beside(own: Ints, post: Ints, this: Whole, number: Ints, met: Ints, season: Ints, row: Whole) -> Whole:
    """Points of a pair that neither slot nor place nor wage bring."""
    points = np.int64(own[layout.POINTS_OF] + post[this, layout.POINTS_AT])
    points += entry_of(season, np.int64(post[this, layout.BEGINS_AT] - own[layout.READY_OF]))
    points += number[layout.LODGING] * (own[layout.LODGES_OF] & post[this, layout.DORMITORY_AT])
    return points + number[layout.FELLOWS] * (met[post[this, layout.EMPLOYER_AT]] == row + 1)


@inner
def most_beside(own: Ints, number: Ints, season: Ints, place: Ints) -> Whole:
    """No pair has more points beside those of `Posted.most_fit` and of the slot."""
    points = np.int64(own[layout.POINTS_OF]) + season[0] + max(place[0], number[layout.PLACE_ACCEPTED])
    return points + number[layout.FELLOWS] * (own[layout.VILLAGE_OF] >= 0)


@inner
def rule_of(bits: Words, post: Whole) -> Whole:
    """The row of the rule that a post fails."""
    word, shift = post >> 6, np.uint64(post & 63)
    for rule in (layout.WAGE, layout.PLACE, layout.OCCUPATION, layout.DAY):
        if (bits[rule, word] >> shift) & ONE == ZERO:
            return rule
    return layout.CERTIFICATE


@inner
def in_unit(post: Ints, this: Whole, mine: Whole, together: Whole) -> Any:
    """Whether a group would still be together, were this member at that post."""
    same = post[this, layout.PLACE_AT] == post[mine, layout.PLACE_AT]
    if together == SAME_EMPLOYER:
        same &= post[this, layout.EMPLOYER_AT] == post[mine, layout.EMPLOYER_AT]
    return same


@inner
def lone(demanded: Words, held: Words) -> Whole:
    """The one certificate that is missing; -1 where several are."""
    number: Whole = -1
    for word in range(demanded.shape[0]):
        missing = demanded[word] & ~held[word]
        if missing != ZERO:
            if number >= 0 or missing & (missing - ONE) != ZERO:
                return -1
            number = word * 64 + LOWEST[((missing & (~missing + ONE)) * DEBRUIJN) >> SHIFT]
    return number


@inner
def barred(places: Ints, number: Ints, parent: Ints, place: Whole, anywhere: Whole) -> Whole:
    """The one entry that rules a place out, all else allowing it; -1 where it is merely not wished for, -2 where
    more than one change is needed."""
    wished, bars, entry = anywhere > 0, 0, -1
    for column in range(number[layout.WISHED_PLACES] + number[layout.EXCLUDED_PLACES]):
        named = places[column]
        if named >= 0 and (named == place or named == parent[place]):
            if column < number[layout.WISHED_PLACES]:
                wished = True
            elif named != entry:
                bars, entry = bars + 1, named
    if bars == 0:
        return -1
    return entry if bars == 1 and wished else -2


@inner
def behind(places: Ints, points: Ints, width: Whole) -> Whole:
    """Points of one place more, behind those wished for."""
    stated = 0
    for column in range(width):
        if places[column] >= 0:
            stated = column + 1
    return np.int64(points[min(stated, points.shape[0] - 1)])


@inner
def apart(slots: Ints, one: Whole, other: Whole) -> Whole:
    """Distance in the tree between the occupations of two slots."""
    if slots[1, one] < 0 or slots[1, other] < 0:
        return layout.FARTHEST
    for level in range(1, 5):
        if slots[level, one] == slots[level, other]:
            return level - 1
    return layout.FARTHEST
