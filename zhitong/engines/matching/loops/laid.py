"""What the loops over all pairs read: workers, posts and sets of posts, and the scratch that they write."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.columns import Ints, Longs, Words
from zhitong.engines.matching.loops.compiled import Whole

BINS = 64
LEVELS, LEVEL = 64, 40
HINTS = 16
FARTHEST = 4
POINTS, SKILLED, MOST, NEXT = range(4)
"""Rows of `Room.slot`."""
NOTHING = -(2**30)
"""Less than any post can bring."""
SHUT = 2**29
"""The price of a closed post: more than any can bring."""
KIND, WAGE_ROW, DAY_ROW, FLOOR, READY, EARLIEST, ANYWHERE, LODGES, VILLAGE, BASE, BUCKET, TIE = range(12)
"""Columns of `Shelf.worker`; the first three are rows of `Sets`, `TIE` decides between equals."""
NEAR, WAGE, BEGINS, LODGING_AT = range(4)
"""Columns of `cards`: what is read of many posts, a quarter of a line of the cache."""
LOW, LAST, DEMAND, RANK, EMPLOYER, NUMBER = range(6)
"""Columns of `terms`: what is read of the few posts that would do; `DEMAND` is a row of `Shelf.demands` or -1, `RANK`
the place in the order of provinces, `NUMBER` the post."""
WISHED, PRACTISED, WISHED_PLACES, EXCLUDED_PLACES, UNSTATED, ACCEPTED, FELLOWS = range(7)
"""Entries of `Shelf.number`."""
WAGE_STEP_FEN = 5_000
HALF = np.uint64(2**32 - 1)


class Sets(NamedTuple):
    """Posts in bits, as they stand or as they are walked through."""

    kind: Words
    """(kinds, words) By age, education and whether any certificate is held; not those that are closed."""
    wage: Words
    day: Words


class Shelf(NamedTuple):
    """What does not change with the prices."""

    worker: Ints
    """(workers, 12) As they are asked: those who read the same tables side by side."""
    lists: Ints
    """(workers, any) Wished | practised | years in each | places wished | places excluded, side by side."""
    held: Words
    declined: Ints
    """(workers, any) Posts by `NUMBER`, and `EMPLOYER` behind the last of them, that do not come in question; -1."""
    runs: Ints
    """(occupations, 5, 2) First and last + 1 slot at most so far in the tree from each occupation."""
    span: Ints
    """(occupations + 1, 2) First and last + 1 slot near enough to each occupation; the last row: every slot."""
    first: Ints
    """(slots + 1,) First post of each slot."""
    cell: Ints
    """(slots, ranks + 1) First post of each place of each slot."""
    ranks: Ints
    """(places, 2) First and last + 1 rank of each place; a province has those of its prefectures and its own."""
    walk: Ints
    """(posts,) The posts of each slot, the best bargains first."""
    demands: Words
    fellows: Words
    """(villages + 1, words) Employers at which people of the village work; none in the last row."""
    likely: Words
    """(villages + 1, HINTS) The same by the last bits of the employer's number: read first, since it is short."""
    number: Ints
    wish_points: Ints
    practice_points: Ints
    wage_points: Ints
    place_points: Ints
    season_points: Ints


class Asked(NamedTuple):
    """The posts at the prices asked about."""

    cards: Ints
    """(posts, 4)"""
    terms: Ints
    """(posts, 6)"""
    price: Ints
    """(posts,) More than any post can bring where it is closed."""
    standing: Sets
    walked: Sets
    slots: Ints
    """(2 buckets, slots) What a post brings at most beside slot, place, season and fellows to a worker of each bucket
    (and need of a dormitory)."""
    worth: Words
    """(2 buckets, LEVELS, words) The posts that bring at least `lowest + level * LEVEL` by themselves."""
    lowest: Whole
    walks: Ints
    """(2 buckets, posts) The same of an entry of `walk` and those behind it in its slot."""


class Room(NamedTuple):
    """Scratch of one thread."""

    slot: Ints
    """(4, slots) Points, points for experience, most at these prices, next slot of the same bin."""
    spans: Ints
    """(any, 2) Runs of slots."""
    bins: Ints
    named: Ints
    """(3, ranks) The places wished for, as first and last + 1 rank of a run, and what each is worth."""
    shut: Ints
    """(ranks,) 1 for the places wished for and those excluded while a worker is looked at."""
    keys: Longs
