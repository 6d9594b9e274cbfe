"""The codes that an answer is written in: hard rules, reasons of workers and of seats, parts of a score."""

from __future__ import annotations

from enum import IntEnum


class Rule(IntEnum):
    """A hard rule between one worker and one post; `NONE` where no rule is meant."""

    NONE = 0
    OPEN = 1
    """The post is open on the day of the round and has a seat to give."""
    AGE = 2
    """Under 16 never; under 18 never in heavy work; the ages that the law demands of the post."""
    CERTIFICATE = 3
    """Every certificate that the post demands is held."""
    DAY = 4
    """The worker can leave before the post closes and before its work begins, whichever is later."""
    PLACE = 5
    """The place is wished for, or the worker goes anywhere; and it is not one that the worker rules out."""
    WAGE = 6
    """The lowest wage promised is not below the worker's own floor."""
    EDUCATION = 7
    """The education that the post demands is reached."""
    OCCUPATION = 8
    """The occupation is no further from those wished for or practised than `Params.furthest_occupation`."""
    DECLINED = 9
    """Neither the post nor its employer is one that has turned the worker down, or was turned down."""


PAIR_RULES: tuple[Rule, ...] = tuple(rule for rule in Rule if rule > Rule.OPEN)
"""The rules that can refuse an open post to one worker, in the order of their codes."""


class GroupRule(IntEnum):
    """What keeps a group together; all its members are placed, or none."""

    SAME_CITY = 0
    """All members at posts in the same place."""
    SAME_EMPLOYER = 1
    """All members with the same employer in the same place."""


class Reason(IntEnum):
    """Why a worker has this post, or none."""

    BEST = 1
    """Placed; no open post that passes the hard rules fits better."""
    BETTER_FULL = 2
    """Placed; the posts that fit better are filled, on the whole to more fit."""
    WITH_GROUP = 3
    """Placed where the whole group finds seats, although a post elsewhere fits this member better."""
    NO_POST = 4
    """Left over: no open post passes the hard rules; `blocked_by` is the rule that refuses most of them."""
    ALL_FULL = 5
    """Left over: posts pass the hard rules, and every one of them is filled."""
    GROUP_APART = 6
    """Left over: no place (or employer) has seats for the whole group."""
    TIME_UP = 7
    """Left over: posts pass the hard rules; time was up before it was settled who gets their seats."""


PLACED: tuple[Reason, ...] = (Reason.BEST, Reason.BETTER_FULL, Reason.WITH_GROUP)


class SeatReason(IntEnum):
    """Why the seats of a post are filled, or stay empty."""

    FULL = 1
    CLOSED = 2
    """Not open on the day of the round, or without any seat."""
    NO_CANDIDATE = 3
    """No worker passes the hard rules."""
    TOO_FEW = 4
    """Fewer workers pass the hard rules than there are seats."""
    OUTBID = 5
    """Enough workers pass the hard rules; those left over could not come, the others fit better elsewhere."""


class Part(IntEnum):
    """One column of `Plan.parts`; the parts of a placed worker add up to the score."""

    PLACED = 0
    """Having a post at all."""
    WISH = 1
    """Nearness to the occupations wished for, in the tree of 2022."""
    EXPERIENCE = 2
    """Nearness to the occupations practised, by years."""
    WAGE = 3
    """Expected wage (middle of the band) above the worker's floor."""
    PLACE = 4
    """Destination stated first, second, …, or merely accepted."""
    LODGING = 5
    """A dormitory for someone who needs one."""
    MEALS = 6
    """Meals at work."""
    SEASON = 7
    """Short wait between the day the worker can leave and the day the work begins."""
    FELLOWS = 8
    """Fellow villagers already work for the employer."""
    DISTANCE = 9
    """Short journey from home."""
    PRIORITY = 10
    """Priority of the worker (registered-poor, relocated)."""


PARTS = len(Part)
