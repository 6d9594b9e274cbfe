"""Refused rows, given back in the layout in which they came, each with the reason beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .blanks import SAFE, TEXT
from .read import Sheet

REASON = gettext_lazy("退回原因")
"""The heading of the added column; a reader passes over it when the corrected file comes back."""


@dataclass(frozen=True)
class Problem:
    """Why a row was refused, and at which column (by position) where that is known."""

    sentence: str | Promise
    position: int | None = None


def write_errors(
    target: IO[bytes], sheets: Sequence[Sheet], problems: Mapping[tuple[int, int], Sequence[Problem]]
) -> int:
    """Write the refused rows of each sheet and return how many there are.

    ``problems`` is keyed by (position of the sheet, number of the row). The rows above the headings, the headings and
    the order of the columns stay as they were sent, so that the corrected file can be sent again.
    """
    merged = any(one.merged for one in sheets)
    book = xlsxwriter.Workbook(target, {**SAFE, "in_memory" if merged else "constant_memory": True})
    looks = {
        "plain": book.add_format({"num_format": TEXT}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "wrong": book.add_format({"num_format": TEXT, "bg_color": "#FDE2E0"}),
        "reason": book.add_format({"font_color": "#B3261E"}),
        "head": book.add_format({"bold": True, "bg_color": "#E7EEF7"}),
    }
    count = sum(_one(book, looks, at, sheet, problems) for at, sheet in enumerate(sheets))
    book.close()
    return count


def _one(book: Any, looks: Mapping[str, Any], at: int, sheet: Sheet, problems: Mapping[Any, Any]) -> int:
    page = book.add_worksheet((sheet.name or _("退回"))[:31])
    width = len(sheet.headings)
    page.set_column(0, max(width - 1, 0), 16)
    page.set_column(width, width, 48)
    for row, cells in enumerate(sheet.above):
        _cells(page, row, cells, looks, frozenset())
    head = len(sheet.above)
    for column, heading in enumerate((*sheet.headings, REASON)):
        page.write_string(head, column, str(heading), looks["head"])
    _merge(page, sheet, looks["head"])
    page.freeze_panes(head + 1, 0)
    row = head
    for line in sheet.lines:
        found = problems.get((at, line.number), ())
        if found:
            row += 1
            wrong = frozenset(one.position for one in found if one.position is not None)
            _cells(page, row, line.cells, looks, wrong)
            page.write_string(row, width, _("；").join(str(one.sentence) for one in found), looks["reason"])
    return row - head


def _merge(page: Any, sheet: Sheet, look: Any) -> None:
    """Merge above the rows what was merged in the file."""
    rows = [*sheet.above, sheet.headings]
    for (top, left), (bottom, right) in sheet.merged:
        inside = bottom < len(rows) and (top, left) != (bottom, right) and left < len(rows[top])
        if inside and right < len(sheet.headings):
            page.merge_range(top, left, bottom, right, str(rows[top][left] or ""), look)


def _cells(
    page: Any, row: int, cells: Sequence[Any], looks: Mapping[str, Any], wrong: frozenset[int]
) -> None:
    for column, value in enumerate(cells):
        look = looks["wrong"] if column in wrong else looks["plain"]
        if value is None or value == "":
            page.write_blank(row, column, None, look if column in wrong else None)
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, look)
        elif isinstance(value, (int, float)):
            page.write_number(row, column, value, look if column in wrong else None)
        elif isinstance(value, (dt.date, dt.datetime)):
            page.write_datetime(row, column, value, looks["day"])
        else:
            page.write_string(row, column, str(value)[:32767], look)
