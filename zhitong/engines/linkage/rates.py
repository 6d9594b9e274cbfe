"""What is believed of errors and of chance before a file has been seen, and how a file corrects it.

Each table holds the shares of the levels of one comparison among pairs of which both rows state something; the
first entry (nothing stated) is not used.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.compare import LEVELS

Table = npt.NDArray[np.float64]


class Against(IntEnum):
    """Whom two rows of different people could be about; a pair is held against the likeliest of these."""

    STRANGER = 0
    """Any two people."""
    NEIGHBOUR = 1
    """Two people of one village."""
    SHARER = 2
    """Two people with one telephone number: mostly of one family."""
    BORROWER = 3
    """Two people in whose rows one identity number stands: one was copied to the wrong row."""
    TWIN = 4
    """Two people of one surname, born on one day in one village."""


SAME_PERSON = {
    "name": (0, 0.935, 0.035, 0.012, 0.010, 0.006, 0.0005),
    "number": (0, 0.985, 0.010, 0.005, 0.70, 0.22, 0.97, 0.08),
    "birth": (0, 0.73, 0.16, 0.05, 0.01, 0.01, 0.01),
    "telephone": (0, 0.68, 0.005, 0.315),
    "sex": (0, 0.992, 0.008),
    "place": (0, 0.89, 0.03, 0.08),
}
"""Of `number` some levels are shares of their own: the first three of pairs of whole numbers, CUT of pairs of
which one lost its end, and the others of the rest."""

CHANCE = {
    Against.STRANGER: {
        "name": (0, 5e-5, 3e-5, 2e-3, 1e-3, 0.04, 0.95),
        "number": (0, 1e-8, 1e-8, 1.0, 1e-7, 1e-7, 1e-7, 1.0),
        "birth": (0, 6e-5, 2.5e-3, 2e-3, 1.5e-3, 0.06, 0.93),
        "telephone": (0, 1e-6, 1e-6, 1.0),
        "sex": (0, 0.5, 0.5),
        "place": (0, 2e-3, 1e-2, 0.99),
    },
    Against.NEIGHBOUR: {
        "name": (0, 1e-4, 6e-5, 4e-3, 2e-3, 0.06, 0.93),
        "number": (0, 1e-7, 1e-7, 1.0, 1e-6, 1e-6, 1e-6, 1.0),
        "birth": (0, 6e-5, 2.5e-3, 2e-3, 1.5e-3, 0.06, 0.93),
        "telephone": (0, 1e-4, 1e-6, 1.0),
        "sex": (0, 0.5, 0.5),
        "place": (0, 1.0, 1.0, 1.0),
    },
    Against.SHARER: {
        "name": (0, 1e-3, 5e-4, 0.05, 5e-3, 0.40, 0.55),
        "number": (0, 5e-3, 5e-3, 0.99, 1e-4, 0.005, 0.005, 0.99),
        "birth": (0, 0.01, 5e-3, 5e-3, 5e-3, 0.15, 0.82),
        "telephone": (0, 1.0, 1.0, 1.0),
        "sex": (0, 0.4, 0.6),
        "place": (0, 0.88, 0.03, 0.09),
    },
    Against.BORROWER: {
        "name": (0, 1e-3, 5e-4, 0.05, 5e-3, 0.40, 0.55),
        "number": (0, 0.25, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0),
        "birth": (0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        "telephone": (0, 0.10, 1e-4, 0.90),
        "sex": (0, 1.0, 1.0),
        "place": (0, 0.88, 0.03, 0.09),
    },
    Against.TWIN: {
        "name": (0, 1e-3, 5e-3, 0.40, 5e-3, 0.589, 0.589),
        "number": (0, 5e-3, 5e-3, 0.99, 1e-3, 0.05, 0.90, 0.95),
        "birth": SAME_PERSON["birth"],
        "telephone": (0, 0.5, 1e-3, 0.5),
        "sex": (0, 0.7, 0.3),
        "place": SAME_PERSON["place"],
    },
}
STRENGTH = 40.0
"""For so many pairs the shares above count against what is seen.

A level that was never seen keeps at least the share of half a pair, or what was expected if that is less.
"""


def learned(counts: Table, expected: tuple[float, ...]) -> Table:
    """Shares of levels from counts and what was expected of them; each group of levels adds up to one."""
    before = np.array(expected)
    before = before / before.sum()
    found = counts.astype(np.float64).copy()
    found[0] = 0
    share = (found + STRENGTH * before) / (found.sum() + STRENGTH)
    return np.asarray(np.maximum(share, np.minimum(before, 0.5 / (found.sum() + 1))), np.float64)


def learned_numbers(counts: Table, expected: tuple[float, ...], cut: int) -> Table:
    """As `learned`, for identity numbers; `cut` is how many pairs hold one that lost its end."""
    whole = learned(np.append(0.0, counts[1:4]), (0, *expected[1:4]))
    other = learned(
        np.array([0.0, counts[4], counts[5], counts[7]]), (0, expected[4], expected[5], expected[7])
    )
    share = (counts[6] + 10 * expected[6]) / (cut + 10)
    return np.concatenate([np.zeros(1), whole[1:], other[1:3], [share], other[3:]])


def counted(levels: Any, name: str, weight: Table | None = None) -> Table:
    """(levels of a comparison,) How many pairs stand at each level."""
    size = len(LEVELS[name])
    return np.bincount(getattr(levels, name), weights=weight, minlength=size).astype(np.float64)
