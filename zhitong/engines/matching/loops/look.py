"""Looking at one worker: which posts each hard rule lets pass, and what the parts of the fit are worth that do not
depend on the single post."""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints, Words
from zhitong.engines.matching.loops.compiled import Whole, inner, pasted
from zhitong.engines.matching.loops.layout import (
    AGE,
    AGE_OF,
    AGE_SET,
    ANYWHERE_OF,
    BLOCK,
    CERTIFICATE,
    DAY,
    DAY_BLOCKS,
    DAY_RUNG_OF,
    DECLINED,
    EDUCATION,
    EDUCATION_OF,
    EDUCATION_SET,
    EMPLOYER_AT,
    EXCLUDED_PLACES,
    FARTHEST,
    FURTHEST,
    NEAREST,
    NEXT,
    OCCUPATION,
    PLACE,
    PLACE_ACCEPTED,
    PLACE_SETS,
    POINTS,
    PRACTISED,
    UNDEMANDING_SET,
    VILLAGE_OF,
    WAGE,
    WAGE_BLOCKS,
    WAGE_RUNG_OF,
    WISH_UNSTATED,
    WISHED,
    WISHED_PLACES,
    Index,
    Scratch,
)

ZERO, ONE, ALL = np.uint64(0), np.uint64(1), np.uint64(2**64 - 1)


@pasted
def look(index: Index, row: Whole, at: Scratch) -> None:
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
    _judge_declined(index.declined[row], index.post, bits[DECLINED])


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
def _meet(first: Ints, employer: Ints, village: Whole, row: Whole, met: Ints) -> None:
    if village >= 0:
        for entry in range(first[village], first[village + 1]):
            met[employer[entry]] = row + 1


@inner
def _climb(sets: Words, first: Whole, order: Ints, size: Whole, rung: Whole, passes: Words) -> None:
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
            within = sets[number[PLACE_SETS] + places[column]]
            for word in range(passes.shape[0]):
                if column < number[WISHED_PLACES]:
                    passes[word] |= within[word]
                else:
                    passes[word] &= ~within[word]


@pasted
def _judge_slots(slots: Ints, slot: Ints, furthest: Whole, passes: Words) -> None:
    for word in range(passes.shape[0]):
        passes[word] = ALL if furthest >= FARTHEST else ZERO
    if furthest < FARTHEST:
        for at in range(slot.shape[1]):
            if slot[NEAREST, at] <= furthest:
                for word in range(slots[0, at] >> 6, ((slots[0, at + 1] - 1) >> 6) + 1):
                    passes[word] |= edge(slots[0, at] - word * 64, slots[0, at + 1] - word * 64)


@pasted
def _judge_declined(declined: Ints, post: Ints, passes: Words) -> None:
    for word in range(passes.shape[0]):
        passes[word] = ALL
    for named in declined:
        if 0 <= named < post.shape[0]:
            passes[named >> 6] &= ~(ONE << np.uint64(named & 63))
        elif named >= 0:
            for this in range(post.shape[0]):
                if post[this, EMPLOYER_AT] == named - post.shape[0]:
                    passes[this >> 6] &= ~(ONE << np.uint64(this & 63))


@inner
def edge(start: Whole, stop: Whole) -> np.uint64:
    """The bits of a word from `start` up to, not including, `stop`; both may lie outside the word."""
    bits = ALL
    if start > 0:
        bits &= ALL << np.uint64(start)
    if stop < 64:
        bits &= ~(ALL << np.uint64(stop))
    return bits
