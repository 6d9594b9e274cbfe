"""Of the posts that fail one rule: what a change of the wish in the way would open."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.compiled import Whole, inner
from zhitong.engines.matching.loops.draw import DEBRUIJN, LOWEST, SHIFT
from zhitong.engines.matching.loops.layout import POINTS, WAGE_STEP_FEN, Index, Scratch
from zhitong.engines.matching.loops.look import ONE, ZERO, edge
from zhitong.engines.matching.loops.pair import (
    apart,
    barred,
    behind,
    beside,
    entry_of,
    in_unit,
    lone,
    most_beside,
    rule_of,
)
from zhitong.engines.matching.loops.told import (
    CERTIFICATE,
    DAY,
    EXCLUDED,
    GOES_ALONE,
    LAST_AT,
    LOW_AT,
    NEVER,
    OCCUPATION,
    PLACE,
    VALUE_AT,
    WAGE,
    WAGE_AT,
    Given,
    Posted,
    Told,
)

FAILS_ONE = layout.EDUCATION
"""Row of the bits where the posts are marked that fail one rule of wishes."""


class Here(NamedTuple):
    """Where a worker stands."""

    entry: Whole
    mine: Whole
    """The post given; -1 without one."""
    score: Whole
    reach: Whole
    floor: Whole
    above: Whole
    """Expected wage of the post given above the floor; -NEVER without one."""
    earned: Whole
    """What that brings."""


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
def _by_wage(
    wage: Ints,
    steps: Ints,
    here: Here,
    least: Whole,
    above: Whole,
    fit: Whole,
    cutoff: Whole,
    this: Whole,
    told: Told,
) -> None:
    """Keep a post that a lower floor opens; `fit` is without the wage, `least` the amount at which it passes."""
    entry, more = here.entry, np.int64(0)
    if here.mine >= 0:
        more = entry_of(wage, (here.above + least) // WAGE_STEP_FEN) - here.earned
    now = fit + entry_of(wage, (above + least) // WAGE_STEP_FEN)
    gain = now - cutoff - here.reach - more
    if gain > 0 and now > here.score + more:
        told.gain[entry, WAGE] = max(told.gain[entry, WAGE], gain)
        _keep(told, entry, WAGE, least, this, gain, True)
        return
    limit = np.int64(told.amount[entry, WAGE])
    limit = here.floor + 1 if limit < 0 else limit + 1
    over = min(fit - cutoff - here.reach, fit - here.score) + here.earned
    lower = _lowered(wage, steps, above, here.above, over, least, limit)
    if lower < limit:
        if here.mine >= 0:
            more = entry_of(wage, (here.above + lower) // WAGE_STEP_FEN) - here.earned
        gain = fit + entry_of(wage, (above + lower) // WAGE_STEP_FEN) - cutoff - here.reach - more
        _keep(told, entry, WAGE, lower, this, gain, True)


@inner
def _by_other(
    here: Here, kind: Whole, amount: Whole, fit: Whole, cutoff: Whole, more: Whole, this: Whole, told: Told
) -> None:
    """Keep a post that a change opens, if it is worth more than what the worker could have.

    `more` is how much the post given gains by the same change.
    """
    gain = fit - cutoff - more - here.reach
    if amount >= 0 and gain > 0 and fit - more > here.score:
        told.gain[here.entry, kind] = max(told.gain[here.entry, kind], gain)
        _keep(told, here.entry, kind, amount, this, gain, kind == DAY)


@inner
def _here(index: Index, given: Given, row: Whole, reach: Whole, entry: Whole) -> Here:
    floor, mine = np.int64(index.worker[row, layout.FLOOR_OF]), np.int64(given.post[row])
    above, earned = np.int64(-NEVER), np.int64(0)
    if mine >= 0:
        above = np.int64(index.post[mine, layout.WAGE_AT]) - floor
        earned = entry_of(index.wage_points, above // WAGE_STEP_FEN)
    return Here(entry, mine, np.int64(given.score[row]), np.int64(reach), floor, above, earned)


@inner
def opened(
    index: Index, at: Scratch, skill: Ints, steps: Ints, posted: Posted, given: Given, row: Whole, entry: Whole,
    told: Told,
) -> None:  # fmt: skip
    """Fill in what each change of a wish opens."""
    own, number, slots, wage, met = index.worker[row], index.number, index.slots, index.wage_points, at.met
    post, near, together = index.post, at.place, given.together[row]
    places = index.lists[row, number[layout.WISHED] + 2 * number[layout.PRACTISED] :]
    here = _here(index, given, row, told.reach[entry], entry)
    another = behind(places, index.place_points, number[layout.WISHED_PLACES])
    aside, highest = most_beside(own, number, index.season_points, index.place_points), np.int64(wage[-1])
    for slot in range(slots.shape[1] - 1):
        first, stop = slots[0, slot], slots[0, slot + 1]
        points = np.int64(at.slot[POINTS, slot])
        if (at.bits[layout.OCCUPATION, first >> 6] >> np.uint64(first & 63)) & ONE == ZERO:
            points = np.int64(skill[slot] + index.wish_points[0])
        for word in range(first >> 6, ((stop - 1) >> 6) + 1):
            bits = at.bits[FAILS_ONE, word]
            most = aside + points + posted.most[word, VALUE_AT]
            if bits == ZERO or most + highest <= here.reach:
                continue
            if (
                most + entry_of(wage, (np.int64(posted.most[word, WAGE_AT]) - here.floor) // WAGE_STEP_FEN)
                <= here.reach
            ):
                bits &= ~at.bits[layout.WAGE, word]
            bits &= edge(first - word * 64, stop - word * 64)
            while bits != ZERO:
                low = bits & (~bits + ONE)
                bits ^= low
                this = word * 64 + LOWEST[(low * DEBRUIJN) >> SHIFT]
                if together != GOES_ALONE and not in_unit(post, this, here.mine, together):
                    continue
                place, cutoff = np.int64(post[this, layout.PLACE_AT]), np.int64(posted.cutoff[this])
                above = np.int64(post[this, layout.WAGE_AT]) - here.floor
                fit = points + beside(own, post, this, number, met, index.season_points, row)
                rule = rule_of(at.bits, this)
                if rule == layout.WAGE:
                    if fit + near[place] + highest - cutoff > here.reach:
                        least = here.floor - np.int64(posted.terms[this, LOW_AT])
                        _by_wage(wage, steps, here, least, above, fit + near[place], cutoff, this, told)
                    continue
                fit += entry_of(wage, above // WAGE_STEP_FEN)
                if fit + max(another, near[place]) - cutoff <= here.reach:
                    continue
                _by_rule(index, posted, given, here, rule, row, this, slot, fit, near[place], another, told)


@inner
def _by_rule(
    index: Index, posted: Posted, given: Given, here: Here, rule: Whole, row: Whole, this: Whole, slot: Whole,
    fit: Whole, near: Whole, another: Whole, told: Told,
) -> None:  # fmt: skip
    """Keep a post that fails another rule than that of the wage; `fit` is without the place."""
    own, number, cutoff, none = index.worker[row], index.number, np.int64(posted.cutoff[this]), np.int64(0)
    places = index.lists[row, number[layout.WISHED] + 2 * number[layout.PRACTISED] :]
    if rule == layout.PLACE:
        place = np.int64(index.post[this, layout.PLACE_AT])
        bar = np.int64(barred(places, number, index.place_parent, place, own[layout.ANYWHERE_OF]))
        if bar == -1:
            _by_other(here, PLACE, place, fit + another, cutoff, none, this, told)
        else:
            _by_other(here, EXCLUDED, bar, fit + near, cutoff, none, this, told)
    elif rule == layout.DAY:
        earlier = np.int64(own[layout.READY_OF] - posted.terms[this, LAST_AT])
        _by_other(here, DAY, earlier, fit + near, cutoff, none, this, told)
    elif rule == layout.CERTIFICATE:
        lacking = np.int64(lone(posted.demanded[this], index.held[row]))
        _by_other(here, CERTIFICATE, lacking, fit + near, cutoff, none, this, told)
    else:
        more = _own_more(index.wish_points, index.slots, index.post, here.mine, slot, given.wish[row])
        _by_other(here, OCCUPATION, np.int64(index.slots[1, slot]), fit + near, cutoff, more, this, told)


@inner
def _own_more(wish: Ints, slots: Ints, post: Ints, mine: Whole, slot: Whole, before: Whole) -> Whole:
    """How much more the post given would bring by the wish for the occupation of a slot."""
    if mine < 0:
        return np.int64(0)
    return max(np.int64(wish[apart(slots, post[mine, layout.SLOT_AT], slot)]) - before, np.int64(0))
