"""Lists of any length, written fast and in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, cast

import rustpy_xlsxwriter
import xlsxwriter
from django.utils.translation import gettext as _

from .blanks import SAFE

MOST_ROWS = 1_000_000
"""Rows of one sheet; Excel's own limit is 1,048,576 with headings."""
_WIDE = 18.0


class _Counted:
    """Hands out lines as dicts by heading, and counts them."""

    def __init__(self, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
        self.headings = headings
        self.lines = iter(lines)
        self.count = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for line in self.lines:
            self.count += 1
            yield dict(zip(self.headings, line, strict=True))


@dataclass(frozen=True)
class Part:
    """Rows that stand together: their name, how many there are, and the rows."""

    name: str
    count: int
    lines: Iterable[Sequence[Any]]


def write_bulk(
    target: IO[bytes],
    title: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[Any]],
    *,
    notes: Sequence[str] = (),
    sheets: int = 1,
) -> int:
    """Write a workbook of any length in constant memory and return the number of rows.

    ``notes`` stand above the headings of each sheet. A sheet takes ``MOST_ROWS`` rows; ``sheets`` says how many
    there are to be. Cells are text, numbers, days or empty. Rows beyond the last sheet raise ``ValueError``:
    a list is given whole or not at all.
    """
    counted = _Counted(_each_once(headings), lines)
    source = iter(counted)
    first = next(source, None)
    if first is None:
        _write_empty(target, title, headings, notes)
        return 0
    parts: list[Any] = [
        (_sheet_name(title, number, sheets), islice(source, MOST_ROWS)) for number in range(1, sheets + 1)
    ]
    parts[0] = (parts[0][0], _with_first(first, source, MOST_ROWS))
    _write(target, parts, headings, notes)
    if next(source, None) is not None:
        raise ValueError(f"more than {sheets * MOST_ROWS} rows for {sheets} sheets")
    return counted.count


def write_parts(
    target: IO[bytes], headings: Sequence[str], parts: Iterable[Part], *, notes: Sequence[str] = ()
) -> int:
    """Write a workbook whose rows are split by name, one sheet for each part, and return the number of rows.

    A part beyond ``MOST_ROWS`` goes on in sheets of its own. Every part has a row at least.
    """
    once = _each_once(headings)
    counted, sheets = [], []
    for one in parts:
        lines = _Counted(once, one.lines)
        counted.append(lines)
        source, pages = iter(lines), -(-one.count // MOST_ROWS)
        sheets += [
            (_sheet_name(one.name, number, pages), islice(source, MOST_ROWS))
            for number in range(1, pages + 1)
        ]
    _write(target, sheets, headings, notes)
    return sum(one.count for one in counted)


def _write(target: IO[bytes], sheets: list[Any], headings: Sequence[str], notes: Sequence[str]) -> None:
    last = max(len(headings) - 1, 1)
    rustpy_xlsxwriter.write_worksheets(
        sheets,
        cast(Any, target),
        header_row={"general": len(notes)},
        merge_ranges={"general": [(at, 0, at, last, note) for at, note in enumerate(notes)]},
        freeze_panes={"general": {"row": len(notes) + 1, "col": 0}},
        column_width={"general": _WIDE},
        header_format={"general": rustpy_xlsxwriter.Format().set_bold().set_background_color("#E7EEF7")},
    )


def _with_first(first: Any, rest: Iterator[Any], most: int) -> Iterator[Any]:
    yield first
    yield from islice(rest, most - 1)


def _each_once(headings: Sequence[str]) -> list[str]:
    """Return the headings with a number behind those that come again."""
    seen: dict[str, int] = {}
    found = []
    for one in headings:
        seen[one] = seen.get(one, 0) + 1
        found.append(one if seen[one] == 1 else f"{one} {seen[one]}")
    return found


def _sheet_name(title: str, number: int, sheets: int) -> str:
    plain = "".join("-" if one in "[]:*?/\\'" else one for one in title)[:25] or _("名单")
    return plain if sheets == 1 else f"{plain}-{number}"


def _write_empty(target: IO[bytes], title: str, headings: Sequence[str], notes: Sequence[str]) -> None:
    book = xlsxwriter.Workbook(target, {**SAFE, "in_memory": True})
    sheet = book.add_worksheet(_sheet_name(title, 1, 1))
    for at, note in enumerate(notes):
        sheet.write_string(at, 0, note)
    for at, heading in enumerate(headings):
        sheet.write_string(len(notes), at, heading)
    book.close()
