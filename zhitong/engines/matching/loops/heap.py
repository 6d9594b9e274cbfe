"""The few best posts of a worker, or workers of a post, while they are searched for."""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.loops.compiled import Whole, inner, pasted
from zhitong.engines.matching.loops.laid import HALF


@pasted
def keep(keys: Longs, found: Ints, key: Whole, post: Whole, kept: Whole) -> Whole:
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


@pasted
def key_of(value: Whole, row: Whole, post: Whole) -> Whole:
    """The value, and behind it a number that decides between equals: another one for each post (lowbias32)."""
    mixed = np.uint64(row * 0x9E3779B1 + post * 0x85EBCA6B) & HALF
    mixed = ((mixed ^ (mixed >> np.uint64(16))) * np.uint64(0x7FEB352D)) & HALF
    mixed = ((mixed ^ (mixed >> np.uint64(15))) * np.uint64(0x846CA68B)) & HALF
    return (value << 32) | np.int64(mixed ^ (mixed >> np.uint64(16)))


@inner
def rank(keys: Longs, found: Ints, kept: Whole) -> None:
    """Sort what is kept, best first: so that nothing depends on the order in which it was come upon."""
    for at in range(1, kept):
        key, post, spot = keys[at], found[at], at
        while spot > 0 and keys[spot - 1] < key:
            keys[spot], found[spot] = keys[spot - 1], found[spot - 1]
            spot -= 1
        keys[spot], found[spot] = key, post
