"""Blanks to fill in: a workbook whose columns are preset, so that numbers that name something stay text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TEXT = 49
"""Number of Excel's own format for text."""
ROWS_PRESET = 5000
MOST_IN_A_LIST = 255
"""Characters that Excel takes for the choices of a cell."""


@dataclass(frozen=True)
class Blank:
    """A column to fill in: its heading, what to write, the choices where there are any, how many characters."""

    heading: str
    help: str = ""
    width: int = 16
    text: bool = True
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    length: tuple[int, int] | None = None


def write_template(target: IO[bytes], title: str, blanks: Sequence[Blank], notes: Sequence[str] = ()) -> None:
    """Write a workbook with one empty table and one sheet that explains each column."""
    book = xlsxwriter.Workbook(target, {**SAFE, "in_memory": True})
    sheet = book.add_worksheet(title[:31])
    text, bold = book.add_format({"num_format": TEXT}), book.add_format({"bold": True, "bg_color": "#E7EEF7"})
    must = book.add_format({"bold": True, "bg_color": "#E7EEF7", "font_color": "#B3261E"})
    for at, note in enumerate(notes):
        sheet.write_string(at, 0, note)
    head = len(notes)
    for at, one in enumerate(blanks):
        sheet.set_column(at, at, one.width, text if one.text else None)
        sheet.write_string(head, at, one.heading, must if one.required else bold)
        _limit(sheet, head + 1, at, one)
    sheet.freeze_panes(head + 1, 0)
    _explain(book, blanks, bold)
    book.close()


def _limit(sheet: Any, first: int, at: int, one: Blank) -> None:
    last = first + ROWS_PRESET
    if one.choices and len(",".join(one.choices)) <= MOST_IN_A_LIST:
        sheet.data_validation(first, at, last, at, {"validate": "list", "source": list(one.choices)})
    elif one.length is not None:
        least, most = one.length
        sheet.data_validation(
            first, at, last, at,
            {
                "validate": "length", "criteria": "between", "minimum": least, "maximum": most,
                "input_message": one.help[:255], "error_title": one.heading[:32],
                "error_message": _("请核对“%(heading)s”的位数。") % {"heading": one.heading},
            },
        )  # fmt: skip
    elif one.help:
        sheet.data_validation(first, at, last, at, {"validate": "any", "input_message": one.help[:255]})


def _explain(book: Any, blanks: Sequence[Blank], bold: Any) -> None:
    sheet = book.add_worksheet(_("填写说明"))
    for at, (heading, width) in enumerate(
        ((_("列"), 18), (_("必填"), 8), (_("怎么填"), 60), (_("例子"), 24))
    ):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, bold)
    for at, one in enumerate(blanks, start=1):
        told = one.help or _("、").join(one.choices)
        for column, cell in enumerate((one.heading, _("是") if one.required else "", told, one.example)):
            sheet.write_string(at, column, cell)
