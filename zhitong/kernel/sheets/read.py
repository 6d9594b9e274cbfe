"""What a table is made of, its cells as text, and tables of text in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..errors import Refusal

MOST_BYTES = 60 * 1024 * 1024
EXACT_INTEGERS = 10**15
"""Beyond this a spreadsheet's number has lost digits: it keeps fifteen."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Line:
    """One row below the headings: its number as the spreadsheet shows it, and its cells."""

    number: int
    cells: Sequence[Any]

    def at(self, position: int) -> Any:
        """Return the cell at a position, ``None`` beyond the row's end."""
        return self.cells[position] if position < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A table as it was sent: the rows above its headings, the headings, and the rows below.

    ``merged`` are the cells that were merged above the rows: first and last as (row, column), from 0.
    """

    name: str
    above: list[list[Any]]
    headings: tuple[str, ...]
    lines: list[Line] = field(repr=False)
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()

    def position(self, *names: str) -> int | None:
        """Return where the first of these headings stands, or ``None``."""
        keys = [heading_key(one) for one in self.headings]
        return next((keys.index(key) for one in names if (key := heading_key(one)) in keys), None)


def heading_key(text: Any) -> str:
    """Return the form in which two spellings of one heading are equal."""
    plain = unicodedata.normalize("NFKC", str(text or ""))
    return "".join(one for one in plain if not one.isspace() and one not in "*:()（）：").lower()


def cell_text(value: Any) -> str:
    """Return a cell as text: whole numbers without a point, days in ISO 8601."""
    if type(value) is str:
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_INTEGERS:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return str(value.isoformat() if isinstance(value, dt.date) else value).strip()


def exact_text(value: Any) -> str:
    """Return the cell of a column of numbers that name something (identity numbers, telephones, codes).

    Raises ``Refusal("number_rounded")`` where the spreadsheet kept a number and lost its last digits.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= EXACT_INTEGERS:
        raise Refusal(
            "number_rounded",
            _("这个号码被电子表格当作数字舍入了，末几位已经丢失；请把这一列设为文本后重新填写。"),
        )
    return cell_text(value)


def unreadable() -> Refusal:
    """Return the refusal of a file that no reader understands."""
    return Refusal(
        "sheet_unreadable", _("这个文件打不开，请用电子表格软件另存为 xlsx 后再上传。"), field="file"
    )


def text_rows(data: bytes) -> list[list[Any]]:
    """Return the rows of a text file; raises ``Refusal`` for what is no table."""
    text = _decoded(data)
    first = next((one for one in text.splitlines() if one.strip()), "")
    separator = max(",\t;", key=first.count)
    csv.field_size_limit(1024 * 1024)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        raise unreadable() from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = ["utf-16"]
    else:
        tries = ["utf-8-sig", "gb18030"]
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise unreadable()
