"""Headings that stand over several rows and under merged cells: what is said about each column, from the top down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .read import cell_text
from .tables import Table

LOOK_FOR_HEADS = 30
"""Rows of a table among which its headings are looked for."""
MOST_DEEP = 3
MOST_LONG = 60
MOST_SPREAD = 100_000
"""Merged cells beyond which they are no heading and stay blank."""

Merges = Mapping[tuple[int, int], Any]


def spread(table: Table) -> Merges:
    """Return what stands in merged cells other than the first: there the spreadsheet keeps nothing."""
    found: dict[tuple[int, int], Any] = {}
    for (top, left), (bottom, right) in table.merged:
        if top >= len(table.rows) or (bottom - top) * (right - left) > MOST_SPREAD:
            continue
        value = table.rows[top][left] if left < len(table.rows[top]) else None
        found |= {(r, c): value for r in range(top, bottom + 1) for c in range(left, right + 1)}
    return found


def depths(table: Table, first: int) -> range:
    """Return how many rows headings that begin here may take, the fewest first.

    A cell merged downwards binds its rows together; below one merged sideways may stand what its columns are about.
    One that stands alone in its row and is merged sideways is a title, at which no headings begin.
    """
    bound, bottom = first, first
    filled = sum(1 for cell in table.rows[first] if cell_text(cell))
    if filled == 1 and any(
        top == first == low and right > left for (top, left), (low, right) in table.merged
    ):
        return range(0)
    for (top, left), (low, right) in table.merged:
        if top == first and low - top < MOST_DEEP:
            bound, bottom = max(bound, low), max(bottom, low, first + 1 if right > left else low)
    most = min(MOST_DEEP, len(table.rows) - first)
    return range(min(bound - first + 1, most), min(bottom - first + 1, most) + 1)


def heading_parts(table: Table, merges: Merges, first: int, deep: int) -> list[tuple[str, ...]]:
    """Return for each column the different texts of these rows from the top down, without blanks inside them.

    What stands over every column is a title and no heading.
    """
    width = max(len(row) for row in table.rows[first : first + deep])
    rows = range(first, first + deep)
    found = [
        dict.fromkeys(filter(None, (_text(table, merges, row, at) for row in rows))) for at in range(width)
    ]
    titles = set.intersection(*map(set, found)) if width > 1 else set()
    return [tuple(text for text in one if text not in titles) for one in found]


def _text(table: Table, merges: Merges, row: int, at: int) -> str:
    value = merges.get((row, at))
    if value is None:
        value = table.rows[row][at] if at < len(table.rows[row]) else None
    return "".join(cell_text(value).split())[:MOST_LONG]
