"""Asking from the side of a post: whom would it gain, and at what price?"""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops.compiled import Whole, compiled, pasted
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.heap import keep, key_of
from zhitong.engines.matching.loops.laid import (
    ACCEPTED,
    ANYWHERE,
    BASE,
    EMPLOYER,
    EXCLUDED_PLACES,
    FARTHEST,
    FELLOWS,
    LODGING_AT,
    NEAR,
    NUMBER,
    PRACTISED,
    RANK,
    TIE,
    UNSTATED,
    VILLAGE,
    WISHED,
    WISHED_PLACES,
    Shelf,
)
from zhitong.engines.matching.loops.look import ONE, ZERO
from zhitong.engines.matching.loops.scan import _met, _passes, _worth


@compiled
def mark_places(shelf: Shelf, told: Whole, rows: Ints, willing: Words) -> None:
    """Set in `willing` (ranks, words) the bit of each entry of `rows` at every rank that the worker may go to."""
    lists, ranks, number = shelf.lists, shelf.ranks, shelf.number
    for at in range(rows.shape[0]):
        row, word, bit = rows[at], at >> 6, ONE << np.uint64(at & 63)
        if shelf.worker[row, ANYWHERE]:
            for rank in range(willing.shape[0]):
                willing[rank, word] |= bit
        for column in range(told, told + number[WISHED_PLACES]):
            if lists[row, column] >= 0:
                for rank in range(ranks[lists[row, column], 0], ranks[lists[row, column], 1]):
                    willing[rank, word] |= bit
        first = told + number[WISHED_PLACES]
        for column in range(first, first + number[EXCLUDED_PLACES]):
            if lists[row, column] >= 0:
                for rank in range(ranks[lists[row, column], 0], ranks[lists[row, column], 1]):
                    willing[rank, word] &= ~bit


@compiled
def mark_trades(shelf: Shelf, kind: Ints, rows: Ints, skilled: Words) -> None:
    """Set in `skilled` (kinds, words) the bit of each entry of `rows` at the kind of each occupation it names, and at
    every kind when it names none."""
    lists, told = shelf.lists, shelf.number[WISHED] + shelf.number[PRACTISED]
    for at in range(rows.shape[0]):
        row, word, bit = rows[at], at >> 6, ONE << np.uint64(at & 63)
        silent = True
        for column in range(told):
            if lists[row, column] >= 0:
                silent = False
                if kind[lists[row, column]] >= 0:
                    skilled[kind[lists[row, column]], word] |= bit
        if silent:
            for each in range(skilled.shape[0]):
                skilled[each, word] |= bit


@compiled
def call(
    shelf: Shelf, cards: Ints, terms: Ints, slot_of: Ints, rows: Ints, profit: Ints, hope: Ints,
    asked: Ints, least: Ints, sets: Words, which: Ints, first: Longs, out_row: Ints, out_offer: Ints, out_kept: Ints,
) -> None:  # fmt: skip
    """For each of the posts `asked` the highest offers above its `least`, from `first[i]` on in `out_row` (entries of
    `rows`) and `out_offer`, in no order; `out_kept` says how many.

    An offer is the price at which the worker would be as well off there as with `profit`; without what the post
    brings to everyone it is at most `hope`. Only workers in all of the `sets` that `which` names for a post are
    looked at; the others break a rule.
    """
    lists, held, worker, number, runs, ranks = (
        shelf.lists, shelf.held, shelf.worker, shelf.number, shelf.runs, shelf.ranks,
    )  # fmt: skip
    wish, practice, places, wages, seasons = (
        shelf.wish_points, shelf.practice_points, shelf.place_points, shelf.wage_points, shelf.season_points,
    )  # fmt: skip
    demands, likely, fellows, declined = shelf.demands, shelf.likely, shelf.fellows, shelf.declined
    keys = np.empty(np.int64((first[1:] - first[:-1]).max()), np.int64)
    for question in range(asked.shape[0]):
        this, bound, kept = asked[question], np.int64(least[question]), np.int64(0)
        room = keys[: first[question + 1] - first[question]]
        found = out_row[first[question] : first[question + 1]]
        one, two, three, four, five = (
            sets[which[question, 0]], sets[which[question, 1]], sets[which[question, 2]],
            sets[which[question, 3]], sets[which[question, 4]],
        )  # fmt: skip
        alike = np.int64(cards[this, NEAR]) + cards[this, LODGING_AT] + wages[-1]
        for word in range(sets.shape[1]):
            bits = one[word] & two[word] & three[word] & four[word] & five[word]
            while bits != ZERO:
                low = bits & (~bits + ONE)
                bits ^= low
                at = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                if alike + hope[at] <= bound:
                    continue
                row = rows[at]
                own, mine = worker[row], lists[row]
                value = _worth(cards, this, own, wages, seasons) + own[BASE]
                value += _of_slot(mine, runs, number, wish, practice, slot_of[this])
                value += _of_place(mine, ranks, number, places, terms[this, RANK]) - profit[at]
                more = np.int64(number[FELLOWS]) if own[VILLAGE] >= 0 else np.int64(0)
                if value + more > bound and _passes(terms, this, own, held[row], demands, declined[row]):
                    if more > 0 and _met(likely[own[VILLAGE]], fellows[own[VILLAGE]], terms[this, EMPLOYER]):
                        value += more
                    if value > bound:
                        kept = keep(room, found, key_of(value, own[TIE], terms[this, NUMBER]), at, kept)
                        if kept == room.shape[0]:
                            bound = max(bound, (room[0] >> 32) - 1)
        for entry in range(kept):
            out_offer[first[question] + entry] = room[entry] >> 32
        out_kept[question] = kept


@pasted
def _of_slot(
    lists: Ints, runs: Ints, number: Ints, wish_points: Ints, practice_points: Ints, slot: Whole
) -> Whole:
    """Points for wishes and experience of a worker at the posts of a slot."""
    wished, practised = number[WISHED], number[PRACTISED]
    most: Whole = np.int32(-1)
    skilled: Whole = np.int32(0)
    for column in range(wished):
        if lists[column] >= 0:
            most = max(most, wish_points[_apart(runs, lists[column], slot)])
    for column in range(wished, wished + practised):
        if lists[column] >= 0:
            years = min(lists[column + practised], practice_points.shape[1] - 1)
            skilled = max(skilled, practice_points[_apart(runs, lists[column], slot), years])
    return skilled + (most if most >= 0 else number[UNSTATED])


@pasted
def _apart(runs: Ints, occupation: Whole, slot: Whole) -> Whole:
    apart = 0
    while apart < FARTHEST and not runs[occupation, apart, 0] <= slot < runs[occupation, apart, 1]:
        apart += 1
    return apart


@pasted
def _of_place(lists: Ints, ranks: Ints, number: Ints, place_points: Ints, rank: Whole) -> Whole:
    """Points of a place that the worker may go to."""
    told, worth = number[WISHED] + 2 * number[PRACTISED], number[ACCEPTED]
    for column in range(number[WISHED_PLACES]):
        place = lists[told + column]
        if place >= 0 and ranks[place, 0] <= rank < ranks[place, 1]:
            worth = place_points[min(column, place_points.shape[0] - 1)]
            break
    return worth
