"""Spreadsheets in: xlsx, xls, xlsb, ods, and text with commas, semicolons or tabs in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import python_calamine
from django.utils.translation import gettext_lazy as _

from ..errors import Refusal

MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
LOOK_FOR_HEADINGS = 20
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
    tables = list(_tables(data))
    if not any(rows for _name, rows in tables):
        raise Refusal("sheet_empty", _("文件里没有内容。"))
    keys = {heading_key(one) for one in wanted}
    found = [one for name, rows in tables if (one := _sheet(name, rows, keys)) is not None]
    if not found:
        named = _("、").join(list(wanted)[:8])
        raise Refusal("headings_missing", _("没有找到表头。表头里应有：%(named)s。") % {"named": named})
    return found


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


def _tables(data: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    if data[:4] in (ZIP, OLE):
        yield from _workbook(data)
    else:
        yield "", _text(data)


def _workbook(data: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    if data[:4] == ZIP:
        _refuse_bomb(data)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for one in book.sheets_metadata:
                if one.visible == python_calamine.SheetVisibleEnum.Visible:
                    yield one.name, list(book.get_sheet_by_name(one.name).iter_rows())
    except python_calamine.PasswordError:
        raise Refusal("sheet_locked", _("文件有密码保护，请先去掉密码再上传。")) from None
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError):
        raise unreadable() from None


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise unreadable() from None
    if unpacked > MOST_UNPACKED:
        raise Refusal("sheet_too_large", _("文件展开后太大，请分成几个文件。"))


def unreadable() -> Refusal:
    """Return the refusal of a file that no reader understands."""
    return Refusal(
        "sheet_unreadable", _("这个文件打不开，请用电子表格软件另存为 xlsx 后再上传。"), field="file"
    )


def _text(data: bytes) -> list[list[Any]]:
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
