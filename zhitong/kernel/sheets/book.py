"""Several short tables in one workbook, one sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter

from .blanks import SAFE, TEXT

WIDE = 20
UNFIT = str.maketrans("[]:*?/\\'", "--------")


@dataclass(frozen=True)
class Table:
    """What one sheet holds: its name, the headings, and the rows of text below them."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def write_book(target: IO[bytes], tables: Sequence[Table]) -> None:
    """Write the tables in their order; every cell is text, names of sheets that come again get a number."""
    book = xlsxwriter.Workbook(target, {**SAFE, "in_memory": True})
    plain, bold = (
        book.add_format({"num_format": TEXT}),
        book.add_format({"bold": True, "bg_color": "#E7EEF7"}),
    )
    taken: set[str] = set()
    for one in tables:
        sheet = book.add_worksheet(_name(one.title, taken))
        sheet.set_column(0, max(len(one.headings) - 1, 0), WIDE, plain)
        for at, heading in enumerate(one.headings):
            sheet.write_string(0, at, str(heading), bold)
        for line, row in enumerate(one.rows, start=1):
            for at, value in enumerate(row):
                sheet.write_string(line, at, str(value)[:32767], plain)
        sheet.freeze_panes(1, 0)
    book.close()


def _name(title: str, taken: set[str]) -> str:
    plain = title.translate(UNFIT)[:28] or "1"
    name = next(one for one in (plain, *(f"{plain} {number}" for number in range(2, 99))) if one not in taken)
    taken.add(name)
    return name
