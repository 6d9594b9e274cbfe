"""What the compiled loops read and write: which number stands in which row and column.

What is read together lies together, in few arrays with many columns: a compiled loop pays for every array that it is
handed.
"""

from __future__ import annotations

from typing import NamedTuple

from zhitong.engines.matching.columns import Ints, Words

WAGE_STEP_FEN = 5_000
"""The wage part grows in steps of fifty yuan."""
OLDEST = 130

OPEN_SET, UNDEMANDING_SET, AGE_SET = 0, 1, 2
EDUCATION_SET = AGE_SET + OLDEST + 1
"""Rows of `Index.sets`: sets by age and by education, then those of places and of both ladders."""

AGE_OF, EDUCATION_OF, FLOOR_OF, WAGE_RUNG_OF, READY_OF, DAY_RUNG_OF = range(6)
ANYWHERE_OF, LODGES_OF, POINTS_OF, VILLAGE_OF = range(6, 10)
"""Columns of `Index.worker`."""
SLOT_AT, PLACE_AT, EMPLOYER_AT, WAGE_AT, BEGINS_AT, DORMITORY_AT, POINTS_AT = range(7)
"""Columns of `Index.post`."""
WISHED, PRACTISED, WISHED_PLACES, EXCLUDED_PLACES = range(4)
WISH_UNSTATED, PLACE_ACCEPTED, LODGING, FELLOWS, FURTHEST = range(4, 9)
TOP_WAGE, TOP_POINTS, PLACE_SETS, WAGE_BLOCKS, DAY_BLOCKS, BLOCK = range(9, 15)
"""Entries of `Index.number`: widths of the lists; points and bounds; highest values, first rows of sets, and the size
of the ladders' blocks."""

BINS = 64
FARTHEST = 4
RULES = 8
AGE, CERTIFICATE, DAY, PLACE, WAGE, EDUCATION, OCCUPATION, DECLINED = range(RULES)
MASK = RULES
"""Rows of the bits of a worker: one for each rule, and the posts to be scored."""
FIRST_RULE = 2
"""Code of the `Rule` of row 0."""
POINTS, NEAREST, NEXT = range(3)
"""Rows of the slots of a worker: wish and experience points, distance, next slot of the same bin."""
PASSING, REFUSED = range(2)
"""What `draw` is asked for: posts that pass every rule, or posts that fail exactly one."""


class Index(NamedTuple):
    """What the compiled loops read. Rows of workers and posts are those of the arranged problem."""

    worker: Ints
    """(workers, 10) Numbers of each worker."""
    lists: Ints
    """(workers, any) Wished | practised | years in each | places wished | places excluded, side by side."""
    held: Words
    """(workers, certificate words)"""
    declined: Ints
    """(workers, any) Posts, and behind their last number employers, that do not come in question; -1 none."""
    post: Ints
    """(posts, 7) Numbers of each post."""
    slots: Ints
    """(5, slots + 1) First post, occupation, minor, middle and major class of each run of posts."""
    classes: Ints
    """(occupations, 3)"""
    place_parent: Ints
    sets: Words
    """(sets, words) Posts that pass each value of each rule."""
    ladder: Ints
    """(2, posts) Posts by lowest wage and by last day, lowest first."""
    demands: Words
    demand_first: Ints
    demand_posts: Ints
    """Sets of certificates demanded, and the posts that demand each."""
    fellow_first: Ints
    fellow_employer: Ints
    number: Ints
    wish_points: Ints
    practice_points: Ints
    """(5, years + 1)"""
    wage_points: Ints
    place_points: Ints
    season_points: Ints

    @property
    def employers(self) -> int:
        """How many employers have posts."""
        return int(self.post[:, EMPLOYER_AT].max(initial=-1)) + 1


class Scratch(NamedTuple):
    """What is known about the worker looked at."""

    bits: Words
    """(RULES + 1, words) Posts that each rule lets pass, and the posts to be scored."""
    slot: Ints
    """(3, slots) Points, distance and list of each slot."""
    bins: Ints
    """(BINS,) First slot of each bin of points."""
    place: Ints
    """(places,) Points of each place."""
    met: Ints
    """(employers,) Row + 1 of the last worker with fellow villagers there."""


class Drawn(NamedTuple):
    """What `draw` writes, one row for each worker asked for."""

    post: Ints
    """(rows, columns) Posts in no order, ended by -1 where there are fewer; what stands behind is left as it was."""
    value: Ints
    """(rows, columns) Their fit less price."""
    available: Ints
    """(rows,) How many available posts there were in all."""
    rule: Ints
    """(rows,) PASSING: where none passes, the code of the rule that refuses most (1 when no post is available).
    REFUSED: the code of the rule that the first post fails. Else 0."""
