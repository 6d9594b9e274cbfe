"""Explaining one worker after another: the better posts that are full, and what one change of a wish would bring.

Posts that pass every rule are looked at first; then those that fail exactly one rule that a wish can change.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Bytes, Ints, Words
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.compiled import Whole, compiled, inner
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.layout import NEXT, POINTS, WAGE_STEP_FEN, Index, Scratch
from zhitong.engines.matching.loops.look import ONE, ZERO, edge, look

WAGE, PLACE, EXCLUDED, DAY, OCCUPATION, CERTIFICATE, ALONE = range(7)
"""Columns of what is told of changes: the codes of `Change` less one."""
GOES_ALONE, SAME_PLACE, SAME_EMPLOYER = range(3)
LOW_AT, LAST_AT = range(2)
"""Columns of `Posted.terms`."""
FIT_AT, VALUE_AT, WAGE_AT = range(3)
"""Columns of `Posted.most`."""
NEVER = 2**31 - 1


class Posted(NamedTuple):
    """What is read of posts beside the index."""

    cutoff: Ints
    """(posts,) The lowest claim that has a seat; 0 where one is free."""
    terms: Ints
    """(posts, 2) Lowest wage, and the last day on which work can be begun."""
    demanded: Words
    """(posts, certificate words)"""
    most: Ints
    """(words, 3) The most that a post of the word brings by itself, the same less cut-off, and its highest wage."""


class Given(NamedTuple):
    """What each worker was given."""

    post: Ints
    score: Ints
    wish: Ints
    """Points of the post given for the occupations wished for."""
    together: Bytes
    """Who goes with a group, and what the group must share."""


class Told(NamedTuple):
    """What is found for the rows asked for."""

    better: Ints
    """The post of best fit among those that pass and fit better; -1 without one."""
    fit: Ints
    """Its fit."""
    reach: Ints
    """The most fit less cut-off that the worker has or could have without any change; at least 0."""
    amount: Ints
    """(rows, 7) The least amount of each change; -1 where no such change would do."""
    post: Ints
    """(rows, 7) The post that it opens; of several the one that gains most."""
    gain: Ints
    """(rows, 7) How much that change brings at most, in fit less cut-off."""
    at_post: Ints
    """(rows, 7) The gain at `post`."""


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
            own_wish = np.int64(given.wish[row])
            _opened(
                index, at, skill, steps, posted, row, given.together[row], mine, score, own_wish, entry, told
            )
        told.gain[entry, WAGE] = max(told.gain[entry, WAGE], told.at_post[entry, WAGE])


PASSES, FAILS_ONE = layout.AGE, layout.EDUCATION
"""Rows of the bits where, once they are read, the posts are marked that pass, and that fail one rule of wishes."""


@inner
def _sort(bits: Words, open_to: Words) -> None:
    """Mark the posts that pass every rule, and those that fail one alone that a wish can change."""
    for word in range(bits.shape[1]):
        fixed = open_to[word] & bits[layout.AGE, word] & bits[layout.EDUCATION, word]
        once, twice = ZERO, ZERO
        for rule in (layout.CERTIFICATE, layout.DAY, layout.PLACE, layout.WAGE, layout.OCCUPATION):
            fails = ~bits[rule, word]
            twice |= once & fails
            once |= fails
        bits[PASSES, word] = fixed & ~once
        bits[FAILS_ONE, word] = fixed & once & ~twice


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
def _most_aside(own: Ints, number: Ints, season: Ints, place: Ints) -> Whole:
    """No pair has more points beside those of `Posted.most_fit` and of the slot."""
    points = np.int64(own[layout.POINTS_OF]) + season[0] + max(place[0], number[layout.PLACE_ACCEPTED])
    return points + number[layout.FELLOWS] * (own[layout.VILLAGE_OF] >= 0)


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
    aside = _most_aside(own, number, season, index.place_points)
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


@inner
def _which(bits: Words, post: Whole) -> Whole:
    """The row of the rule that a post fails."""
    word, shift = post >> 6, np.uint64(post & 63)
    for rule in (layout.WAGE, layout.PLACE, layout.OCCUPATION, layout.DAY):
        if (bits[rule, word] >> shift) & ONE == ZERO:
            return rule
    return layout.CERTIFICATE


@inner
def _in_unit(post: Ints, this: Whole, mine: Whole, together: Whole) -> Any:
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
def _barred(places: Ints, number: Ints, parent: Ints, place: Whole, anywhere: Whole) -> Whole:
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
def _behind(places: Ints, points: Ints, width: Whole) -> Whole:
    """Points of one place more, behind those wished for."""
    stated = 0
    for column in range(width):
        if places[column] >= 0:
            stated = column + 1
    return np.int64(points[min(stated, points.shape[0] - 1)])


@inner
def _apart(slots: Ints, one: Whole, other: Whole) -> Whole:
    """Distance in the tree between the occupations of two slots."""
    if slots[1, one] < 0 or slots[1, other] < 0:
        return layout.FARTHEST
    for level in range(1, 5):
        if slots[level, one] == slots[level, other]:
            return level - 1
    return layout.FARTHEST


@inner
def _lowered(
    wage: Ints, steps: Ints, above: Whole, own_above: Whole, over: Whole, least: Whole, limit: Whole
) -> Whole:
    """The least amount from `least` on and below `limit` at which a post wins; `limit` without one.

    `above` and `own_above` are the expected wages above the floor, of the post and of the one given (-NEVER where
    there is none); `over` is what the post brings beside wages above the one given.
    """
    last = np.int64(wage.shape[0] - 1)
    if own_above <= -NEVER:
        if 1 - over >= steps.shape[0]:
            return limit
        needed = steps[max(1 - over, 0)] * np.int64(WAGE_STEP_FEN) - above
        return min(max(least, needed), limit)
    ahead = -(-max(above - own_above, 0) // WAGE_STEP_FEN)
    if (
        over + wage[min(ahead, last)] + (ahead > 0) <= 0
    ):  # parts are rounded down: a step may bring one point more
        return limit
    lower = least
    while lower < limit:
        more = entry_of(wage, (above + lower) // WAGE_STEP_FEN) - entry_of(
            wage, (own_above + lower) // WAGE_STEP_FEN
        )
        if more + over > 0:
            return lower
        if above + lower >= last * WAGE_STEP_FEN:
            break
        lower = (max(above + lower, 0) // WAGE_STEP_FEN + 1) * WAGE_STEP_FEN - above
    return limit


@inner
def _keep(
    told: Told, entry: Whole, kind: Whole, amount: Whole, post: Whole, gain: Whole, sized: bool
) -> None:
    """Keep the least amount of a change that has a size, and otherwise the one that gains most."""
    before = told.amount[entry, kind]
    better = gain > told.at_post[entry, kind]
    if before < 0 or (sized and amount < before) or ((not sized or amount == before) and better):
        told.amount[entry, kind], told.post[entry, kind], told.at_post[entry, kind] = amount, post, gain


@inner
def _opened(
    index: Index, at: Scratch, skill: Ints, steps: Ints, posted: Posted, row: Whole, together: Whole, mine: Whole,
    score: Whole, own_wish: Whole, entry: Whole, told: Told,
) -> None:  # fmt: skip
    """Of the posts that fail one rule: what each change of a wish opens."""
    own, number, slots, wage, met = index.worker[row], index.number, index.slots, index.wage_points, at.met
    post, near = index.post, at.place
    named = number[layout.WISHED] + 2 * number[layout.PRACTISED]
    places, parent, season = index.lists[row, named:], index.place_parent, index.season_points
    floor, reach = np.int64(own[layout.FLOOR_OF]), np.int64(told.reach[entry])
    another = _behind(places, index.place_points, number[layout.WISHED_PLACES])
    aside = _most_aside(own, number, season, index.place_points)
    highest = np.int64(wage[wage.shape[0] - 1])
    wished = np.int64(index.wish_points[0])
    own_above, own_slot = np.int64(-NEVER), 0
    if mine >= 0:
        own_above = np.int64(index.post[mine, layout.WAGE_AT]) - floor
        own_slot = index.post[mine, layout.SLOT_AT]
    own_earned = entry_of(wage, own_above // WAGE_STEP_FEN)
    for slot in range(slots.shape[1] - 1):
        first, stop = slots[0, slot], slots[0, slot + 1]
        if (at.bits[layout.OCCUPATION, first >> 6] >> np.uint64(first & 63)) & ONE == ZERO:
            points = skill[slot] + wished
        else:
            points = np.int64(at.slot[POINTS, slot])
        for word in range(first >> 6, ((stop - 1) >> 6) + 1):
            bits = at.bits[FAILS_ONE, word]
            if bits == ZERO:
                continue
            most = aside + points + posted.most[word, VALUE_AT]
            if (
                most + entry_of(wage, (np.int64(posted.most[word, WAGE_AT]) - floor) // WAGE_STEP_FEN)
                <= reach
            ):
                if most + highest <= reach:
                    continue
                bits &= ~at.bits[layout.WAGE, word]
            bits &= edge(first - word * 64, stop - word * 64)
            while bits != ZERO:
                low = bits & (~bits + ONE)
                bits ^= low
                this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                if together != GOES_ALONE and not _in_unit(post, this, mine, together):
                    continue
                cutoff = np.int64(posted.cutoff[this])
                above = np.int64(post[this, layout.WAGE_AT]) - floor
                fit = points + beside(own, post, this, number, met, season, row)
                rule = _which(at.bits, this)
                if rule == layout.WAGE:
                    fit += near[post[this, layout.PLACE_AT]]
                    least = floor - np.int64(posted.terms[this, LOW_AT])
                    if fit + highest - cutoff <= reach:
                        continue
                    own_more = np.int64(0)
                    if mine >= 0:
                        own_more = entry_of(wage, (own_above + least) // WAGE_STEP_FEN) - own_earned
                    now = fit + entry_of(wage, (above + least) // WAGE_STEP_FEN)
                    gain = now - cutoff - reach - own_more
                    if gain > 0 and now > score + own_more:
                        told.gain[entry, WAGE] = max(told.gain[entry, WAGE], gain)
                        _keep(told, entry, WAGE, least, this, gain, True)
                        continue
                    limit = np.int64(told.amount[entry, WAGE])
                    limit = floor + 1 if limit < 0 else limit + 1
                    over = min(fit - cutoff - reach, fit - score) + (own_earned if mine >= 0 else 0)
                    lower = _lowered(wage, steps, above, own_above, over, least, limit)
                    if lower < limit:
                        own_more = np.int64(0)
                        if mine >= 0:
                            own_more = entry_of(wage, (own_above + lower) // WAGE_STEP_FEN) - own_earned
                        gain = (
                            fit + entry_of(wage, (above + lower) // WAGE_STEP_FEN) - cutoff - reach - own_more
                        )
                        _keep(told, entry, WAGE, lower, this, gain, True)
                    continue
                fit += entry_of(wage, above // WAGE_STEP_FEN)
                place, more = np.int64(post[this, layout.PLACE_AT]), np.int64(0)
                kind, amount, sized = DAY, np.int64(0), False
                if rule == layout.PLACE:
                    if fit + max(another, near[place]) - cutoff <= reach:
                        continue
                    amount = np.int64(_barred(places, number, parent, place, own[layout.ANYWHERE_OF]))
                    if amount == -2:
                        continue
                    if amount == -1:
                        kind, amount = PLACE, place
                        fit += another
                    else:
                        kind = EXCLUDED
                        fit += near[place]
                else:
                    fit += near[place]
                    if rule == layout.DAY:
                        amount = np.int64(own[layout.READY_OF] - posted.terms[this, LAST_AT])
                        sized = True
                    elif rule == layout.CERTIFICATE:
                        kind = CERTIFICATE
                    else:
                        kind, amount = OCCUPATION, np.int64(slots[1, slot])
                        if amount < 0:
                            continue
                if fit - cutoff <= reach or fit <= score:
                    continue
                if kind == CERTIFICATE:
                    amount = np.int64(lone(posted.demanded[this], index.held[row]))
                    if amount < 0:
                        continue
                if kind == OCCUPATION and mine >= 0:
                    theirs = np.int64(index.wish_points[_apart(slots, own_slot, slot)])
                    more = max(theirs - own_wish, np.int64(0))
                if fit - cutoff - more > reach and fit - more > score:
                    told.gain[entry, kind] = max(told.gain[entry, kind], fit - cutoff - reach - more)
                    _keep(told, entry, kind, amount, this, fit - cutoff - reach - more, sized)
