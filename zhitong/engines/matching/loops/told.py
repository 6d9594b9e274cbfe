"""What explaining reads beside the index, and what it finds."""

from __future__ import annotations

from typing import NamedTuple

from zhitong.engines.matching.columns import Bytes, Ints, Words

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
