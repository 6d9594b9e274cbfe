"""Why seats stay empty and what would fill them: for each post, which change of it would bring whom of the left over.

Only people who go alone and have nothing are counted, each at every post that one change would open to them: whoever
passes the rules of a post with a free seat would have it. A dormitory is weighed and never a rule: it brings nobody
who is left over, and is not among the changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.columns import Ints, Longs
from zhitong.engines.matching.explain import PIECE, scratch_of
from zhitong.engines.matching.index import index_of, open_on_day, posts_in_bits
from zhitong.engines.matching.loops.vacant import HUNDRED_YUAN, NEARBY, Seats, Trainees, count_one_step
from zhitong.engines.matching.plan import Plan
from zhitong.engines.matching.problem import Problem

STEPS = 30
"""Changes are counted up to 3,000 yuan, 30 days, or all levels of education."""


class Easing(IntEnum):
    """One change of a post that would open it to more people."""

    WAGE = 1
    """A higher lowest wage, in steps of a hundred yuan a month."""
    DAY = 2
    """A later last day on which work can be begun, in days."""
    EDUCATION = 3
    """Less education demanded, in levels."""
    CERTIFICATE = 4
    """One certificate that is missing: trained for, or not demanded."""


UNIT = {Easing.WAGE: HUNDRED_YUAN, Easing.DAY: 1, Easing.EDUCATION: 1, Easing.CERTIFICATE: 1}
"""What one step is: fen, days, levels, certificates."""


class Remedy(NamedTuple):
    """A change of a post, and how many of the left over it would bring."""

    easing: Easing
    amount: int
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Vacant:
    """The posts with empty seats, and who of the left over is one step away from them."""

    post: Ints
    """(numbers,) Positions of the posts."""
    seats: Ints
    """(numbers,) Seats left."""
    brings: Longs
    """(numbers, 4, 30) How many people come when the post changes by up to so many steps, by `Easing` less one."""
    workers: Ints
    """(left,) Positions of the people left over who go alone."""
    nearest: Ints
    """(left, 2, 8) Posts that one training would open, best first, -1 behind: by a certificate, by an occupation."""
    certificate: Ints
    """(left, 2, 8) The certificate that is missing there; -1 for an occupation."""

    def remedies(self, number: int) -> list[Remedy]:
        """For one number: of each change the least that brings somebody, and the least that fills the seats or
        brings all it can; fewest steps first."""
        found = [one for easing in Easing for one in self._of(number, easing)]
        return sorted(found, key=lambda one: (one.amount // UNIT[one.easing], -one.people, one.easing))

    def _of(self, number: int, easing: Easing) -> list[Remedy]:
        people = self.brings[number, easing - 1]
        if not people[-1]:
            return []
        enough = min(int(people[-1]), int(self.seats[number]))
        steps = sorted({int(np.argmax(people > 0)), int(np.argmax(people >= enough))})
        return [Remedy(easing, (step + 1) * UNIT[easing], int(people[step])) for step in steps]


def vacant(problem: Problem, plan: Plan) -> Vacant:
    """What would fill the empty seats of `plan`; posts that are closed on the day are left out."""
    laid = arranged(problem, plan.seed)
    posts = laid.problem.posts
    left = np.where(open_on_day(laid.problem), plan.seats_left[laid.posts], 0)
    number = np.full(len(posts), -1, np.int32)
    open_posts = np.flatnonzero(left > 0)
    number[open_posts] = np.arange(len(open_posts), dtype=np.int32)
    last = np.maximum(posts.begins_day, posts.valid_until_day)
    seats = Seats(
        chosen=posts_in_bits(left > 0),
        number=number,
        terms=np.stack([posts.wage_low_fen, last, posts.education], axis=1).astype(np.int32),
        demanded=posts.certificates,
        brings=np.zeros((len(open_posts), len(Easing), STEPS), np.int32),
    )
    rows = np.flatnonzero((plan.post[laid.workers] < 0) & (laid.problem.workers.group < 0)).astype(np.int32)
    found = _counted(laid.problem, plan, seats, rows)
    given = np.append(laid.posts, -1).astype(np.int32)
    order = np.argsort(laid.workers[rows], kind="stable")
    return Vacant(
        post=given[open_posts],
        seats=left[open_posts].astype(np.int32),
        brings=seats.brings.cumsum(axis=2, dtype=np.int64),
        workers=laid.workers[rows][order].astype(np.int32),
        nearest=given[found.post][order],
        certificate=found.certificate[order],
    )


def _counted(problem: Problem, plan: Plan, seats: Seats, rows: Ints) -> Trainees:
    found = Trainees(*(np.full((len(rows), 2, NEARBY), -1, np.int32) for _ in range(2)))
    if len(rows) and len(seats.brings):
        index = index_of(problem, plan.params)
        skill, value = np.zeros(index.slots.shape[1], np.int32), np.zeros((2, NEARBY), np.int64)
        for start in range(0, len(rows), PIECE):
            part = slice(start, start + PIECE)
            cut = Trainees(found.post[part], found.certificate[part])
            count_one_step(index, scratch_of(index), skill, seats, rows[part], value, cut)
    return found
