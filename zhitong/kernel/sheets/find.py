"""The table in a file: its headings looked for by name, and the rows below."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from ..errors import Refusal
from .read import MOST_BYTES, Line, Sheet, cell_text, heading_key, text_rows
from .tables import is_workbook, workbook

LOOK_FOR_HEADINGS = 20


def read_sheets(
    source: IO[bytes], wanted: Collection[str] = (), *, most_bytes: int = MOST_BYTES
) -> list[Sheet]:
    """Return every table that bears one of the wanted headings (without any: every table).

    Raises ``Refusal`` for what is too large, locked, unreadable, empty, or bears none of the headings.
    """
    data = source.read(most_bytes + 1)
    if len(data) > most_bytes:
        sentence = _("文件超过 %(most)d MB，请分成几个文件。") % {"most": most_bytes // 1024 // 1024}
        raise Refusal("sheet_too_large", sentence)
    tables = (
        [(one.name, one.rows) for one in workbook(data)] if is_workbook(data) else [("", text_rows(data))]
    )
    if not any(rows for _name, rows in tables):
        raise Refusal("sheet_empty", _("文件里没有内容。"))
    keys = {heading_key(one) for one in wanted}
    found = [one for name, rows in tables if (one := _sheet(name, rows, keys)) is not None]
    if not found:
        named = _("、").join(list(wanted)[:8])
        raise Refusal("headings_missing", _("没有找到表头。表头里应有：%(named)s。") % {"named": named})
    return found


def _sheet(name: str, rows: list[list[Any]], wanted: set[str]) -> Sheet | None:
    """Return the table below the row that bears the most wanted headings, or ``None`` without any."""
    best, most = None, 0
    for at, row in enumerate(rows[:LOOK_FOR_HEADINGS]):
        keys = {heading_key(cell) for cell in row} - {""}
        score = len(keys & wanted) if wanted else len(keys)
        if score > most:
            best, most = at, score
    if best is None:
        return None
    headings = tuple(cell_text(cell) for cell in rows[best])
    below = enumerate(rows[best + 1 :], start=best + 2)
    lines = [Line(number, row) for number, row in below if any(cell not in (None, "") for cell in row)]
    return Sheet(name, rows[:best], headings, lines)
