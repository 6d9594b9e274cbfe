"""Drawing posts for many workers at once, in pieces and on as many threads as asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhitong.engines.matching.columns import Flags, Ints, Longs, Words
from zhitong.engines.matching.index import flags_of_bits, posts_in_bits
from zhitong.engines.matching.loops.draw import draw
from zhitong.engines.matching.loops.layout import (
    BINS,
    OPEN_SET,
    PASSING,
    REFUSED,
    RULES,
    Drawn,
    Index,
    Scratch,
)
from zhitong.engines.matching.threads import in_pieces

PIECE = 8192
"""Rows drawn in one go; the answer does not depend on it."""
PLANES = PIECE.bit_length()


@dataclass(frozen=True, slots=True)
class Question:
    """What `draw` is asked for besides the rows."""

    task: int
    open_to: Words
    price: Ints
    least: Ints
    tallied: bool = False


class Search:
    """All pairs of one arranged problem, to be asked for the best posts of some workers."""

    def __init__(self, index: Index, threads: int) -> None:
        self.index = index
        self.threads = threads
        self.workers, self.posts = len(index.worker), len(index.post)
        self.open = index.sets[OPEN_SET]
        self.free = np.zeros(self.posts, np.int32)
        self.nothing = np.zeros(self.workers, np.int32)

    def survey(self, rows: Ints) -> tuple[Drawn, Ints]:
        """The best open post of each worker of `rows`, and for each post how many of them pass its rules."""
        question = Question(PASSING, self.open, self.free, self.nothing, tallied=True)
        out, tally = self._ask(question, rows, 1)
        return out, tally.astype(np.int32)

    def draw(
        self,
        rows: Ints,
        columns: int,
        open_to: Flags,
        price: Ints,
        least: Ints | None = None,
        *,
        ended: bool = False,
    ) -> Drawn:
        """The open posts of `open_to` with the highest fit less price for each worker of `rows`.

        `least` has one entry for each worker of the problem; only posts of more than that are drawn. Rows are filled
        up with -1 and a value of 0, or, which is quicker for wide ones, only `ended` by one -1.
        """
        bits = posts_in_bits(open_to) & self.open
        question = Question(PASSING, bits, price, self.nothing if least is None else least)
        return self._ask(question, rows, columns, ended)[0]

    def refused(self, score: Ints, nobody: bool = False) -> Drawn:
        """For every worker the best open post that fails exactly one rule and fits better than `score`.

        When `nobody` is to be asked, because time is up, no post for anyone.
        """
        if nobody:
            out = _room(self.workers, 1, False)
            out.rule[:] = 0
            return out
        question = Question(REFUSED, self.open, self.free, score)
        return self._ask(question, np.arange(self.workers, dtype=np.int32), 1)[0]

    def _ask(self, question: Question, rows: Ints, columns: int, ended: bool = False) -> tuple[Drawn, Longs]:
        out = _room(len(rows), columns, ended)
        tallies = in_pieces(
            lambda part: self._piece(question, rows, out, part), len(rows), PIECE, self.threads
        )
        return out, np.sum(tallies, axis=0, dtype=np.int64) if tallies else np.zeros(self.posts, np.int64)

    def _piece(self, question: Question, rows: Ints, out: Drawn, part: slice) -> Longs:
        """Draw one piece into its part of `out`; how many workers of it each post has, if that was asked."""
        planes = PLANES if question.tallied else 0
        tally = np.zeros((planes, len(question.open_to)), np.uint64)
        cut = Drawn(out.post[part], out.value[part], out.available[part], out.rule[part])
        own = (question.task, question.open_to, question.price, question.least)
        draw(self.index, self._scratch(), rows[part], *own, cut, tally)
        flags = flags_of_bits(tally, self.posts)
        return np.asarray((flags * (1 << np.arange(planes))[:, None]).sum(axis=0), np.int64)

    def _scratch(self) -> Scratch:
        words, slots = self.index.sets.shape[1], self.index.slots.shape[1] - 1
        return Scratch(
            bits=np.zeros((RULES + 1, words), np.uint64),
            slot=np.zeros((3, slots), np.int32),
            bins=np.zeros(BINS, np.int32),
            place=np.zeros(len(self.index.place_parent), np.int32),
            met=np.zeros(self.index.employers, np.int32),
        )


def _room(rows: int, columns: int, ended: bool) -> Drawn:
    post, value = np.empty((rows, columns), np.int32), np.empty((rows, columns), np.int32)
    if not ended:
        post[:], value[:] = -1, 0
    return Drawn(post, value, np.empty(rows, np.int32), np.empty(rows, np.int32))
