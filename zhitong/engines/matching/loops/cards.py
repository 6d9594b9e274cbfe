"""How much the posts of a slot, or of a word, bring at most at given prices."""

from __future__ import annotations

import numpy as np

from zhitong.engines.matching.columns import Ints
from zhitong.engines.matching.loops.compiled import compiled
from zhitong.engines.matching.loops.scan import LODGING_AT, LOW, NET, NOTHING, WAGE, WAGE_STEP_FEN


@compiled
def fill_most(cards: Ints, floors: Ints, wage_points: Ints, slot_of: Ints, slots: Ints, words: Ints) -> None:
    """Fill `slots` and `words` (2 floors, any): without and with need of a dormitory, floor after floor.

    A post counts for a floor when it promises at least that much.
    """
    last = np.int64(wage_points.shape[0] - 1)
    for row in range(slots.shape[0]):
        floor = floors[row >> 1]
        for at in range(slots.shape[1]):
            slots[row, at] = NOTHING
        for word in range(words.shape[1]):
            words[row, word] = NOTHING
        for post in range(cards.shape[0]):
            if cards[post, LOW] >= floor:  # closed posts promise -1
                step = (np.int64(cards[post, WAGE]) - floor) // WAGE_STEP_FEN
                most = cards[post, NET] + wage_points[last if step > last else step if step > 0 else 0]
                if row & 1:
                    most += cards[post, LODGING_AT]
                slot, word = slot_of[post], post >> 6
                if most > slots[row, slot]:
                    slots[row, slot] = most
                if most > words[row, word]:
                    words[row, word] = most
