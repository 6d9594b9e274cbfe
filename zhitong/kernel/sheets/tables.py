"""Whole tables of files that strangers send, read under guard: every cell as it came, or one sentence why not.

A workbook is looked through before it is opened, piece by piece and never past a limit, so that a file that unpacks
to gigabytes, names cells a million rows apart, or hides numbers behind formulas is told about and not read. What
cannot be looked through so (xls, xlsb, ods, and a workbook whose cells are written in an unusual way) is read by a
process of its own, with little memory and time.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import python_calamine
from django.utils.translation import gettext_lazy as _

from ..errors import Refusal
from .apart import read_apart
from .binary import SheetRecords, xls_signs
from .read import MOST_BYTES, OLE, ZIP, unreadable
from .shared import MOST_COPIED, NAMED, Unusual, copied

MOST_ROWS = 50_000
MOST_COLUMNS = 120
MOST_CELLS = MOST_ROWS * MOST_COLUMNS
"""Of all sheets together, blank ones included."""
MOST_UNPACKED = 400 * 1024 * 1024
LONGEST_CELL = 32_767
"""Characters of one cell, as office programs limit it."""
MOST_TEXT = 40_000_000
"""Characters of all cells together."""
PIECE = 1024 * 1024
OVERLAP = 1024
"""Bytes of the piece before that are looked at again, so that nothing hides on the border of two pieces."""

FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ATTRIBUTES = rb'(?: [\w:]+="[^"<>]*")*'
ODD = re.compile(
    rb"<(?:\w+:(?:c|row)(?=[\s/>])"
    rb"|c(?=[\s/>])(?!" + _ATTRIBUTES + rb' r="[A-Z]{1,3}\d{1,7}"' + _ATTRIBUTES + rb" ?/?>)"
    rb"|row(?=[\s/>])(?!" + _ATTRIBUTES + rb" ?/?>))"
    rb"(?:[^>]{0,512}>|[^>]{512})"
)
"""A cell or a row that is not written as office programs write it: without a place, or with a place that may hide."""
TOO_FAR = re.compile(rb' r="(?:[A-Z]{0,3}(?:\d{6,}|[5-9]\d{4})"|[A-Z]{3}\d|D[Q-Z]\d|[E-Z][A-Z]\d)')
"""A cell or a row past row 49,999 or past column DP, the 120th."""
REPEATED = re.compile(
    rb'number-rows-repeated="\d{5,}"[^>]*>(?:(?!</table:table-row>).){0,4000}?office:value-type', re.DOTALL
)
"""A row with content that stands for ten thousand and more; blank ones at the end of a sheet are usual."""
OTHER_KINDS = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"%PDF", "pdf"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
)
XLSB_SHEET = re.compile(r"xl/worksheets/\w+\.bin")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
AS_TEXT = re.compile(r'="([^"]*)"')
"""How some programs keep a number text in a text file: ``="529901…"``."""

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """One sheet: its name, every row from the first with every cell from column A, and what was merged (from 0)."""

    name: str
    rows: list[list[Any]]
    merged: tuple[Merged, ...] = ()


def read_tables(source: IO[bytes], *, most_bytes: int = MOST_BYTES) -> list[Table]:
    """Return the visible sheets of a workbook, or the one table of a text file.

    Raises ``Refusal`` for what is empty, too large, locked, no table, holds formulas or looks into other files.
    """
    data = source.read(most_bytes + 1)
    if len(data) > most_bytes:
        sentence = _("文件超过 %(most)d MB，请分成几个文件。") % {"most": most_bytes // 1024 // 1024}
        raise Refusal("sheet_too_large", sentence, field="file")
    _refuse_other_kinds(data)
    found = _of_kind(data)
    if not any(cell is not None and str(cell).strip() for one in found for row in one.rows for cell in row):
        raise Refusal("sheet_empty", _("文件里没有内容。"), field="file")
    _refuse_long_text(found)
    return found


def _refuse_long_text(found: list[Table]) -> None:
    room = MOST_TEXT
    for row in (row for one in found for row in one.rows):
        lengths = [len(cell) for cell in row if type(cell) is str]
        room -= sum(lengths)
        if max(lengths, default=0) > LONGEST_CELL:
            sentence = _("有一格里的文字超过 %(most)s 字，不是名单，请删去后再上传。")
            raise Refusal("cell_too_long", sentence % {"most": f"{LONGEST_CELL:,}"}, field="file")
        if room < 0:
            raise _too_large()


def _too_large() -> Refusal:
    return Refusal("sheet_too_large", _("文件展开后太大，请分成几个文件。"), field="file")


def _of_kind(data: bytes) -> list[Table]:
    return workbook(data) if is_workbook(data) else [Table("", _text_rows(data))]


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is a workbook by its first bytes, and no text."""
    return data[:4] in (OLE, ZIP)


def workbook(data: bytes) -> list[Table]:
    """Return the visible sheets of a workbook; raises ``Refusal`` as ``read_tables`` does."""
    if data[:4] == OLE:
        if ENCRYPTED in data:
            raise _locked()
        _refuse_signs(data)
        return [Table(*one) for one in read_apart(data)]
    if _looked_through(data):
        return list(_workbook(data))
    return [Table(*one) for one in read_apart(data)]


def _refuse_signs(data: bytes) -> None:
    signs = xls_signs(data)
    if "lock" in signs:
        raise _locked()
    if "links" in signs:
        raise _links_out()
    if "formulas" in signs:
        raise has_formulas()


def _refuse_other_kinds(data: bytes) -> None:
    kind = next((kind for signature, kind in OTHER_KINDS if data.startswith(signature)), None)
    if kind is not None:
        sentence = _("这其实是一个 %(kind)s 文件，不是电子表格，请重新选择。") % {"kind": kind}
        raise Refusal("not_a_sheet", sentence, field="file")


def _locked() -> Refusal:
    return Refusal("sheet_locked", _("文件有密码保护，请先去掉密码再上传。"), field="file")


def too_long() -> Refusal:
    """Return the refusal of a table past the limits, blank rows and columns included."""
    sentence = _(
        "表格太长或太宽：最多 %(rows)s 行、%(columns)s 列（空行空列也算）。请删去多余的行和列，或分成几个文件。"
    )
    told = {"rows": f"{MOST_ROWS:,}", "columns": MOST_COLUMNS}
    return Refusal("sheet_too_long", sentence % told, field="file")


def _looked_through(data: bytes) -> bool:
    """Tell whether this is an xlsx that may be opened here; refuses what may not be opened at all."""
    unpacked, plain, sheet = 0, False, _SheetLook()
    look: Callable[[bytes, bytes], None]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.infolist():
                if one.flag_bits & 1:
                    raise _locked()
                _refuse_links(one.filename)
                plain = plain or one.filename == "xl/workbook.xml"
                look = sheet if one.filename.startswith("xl/worksheets/") else _look_at_nothing
                look = _look_at_records() if XLSB_SHEET.fullmatch(one.filename) else look
                look = _LOOKS.get(one.filename, look)
                sheet.rows = 0
                unpacked += _unpacked(packed, one, look, MOST_UNPACKED - unpacked)
            if copied(packed, sheet.named) > MOST_COPIED:
                raise _too_large()
    except Unusual:
        return False
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError):
        raise unreadable() from None
    return plain and not sheet.is_odd


def _refuse_links(name: str) -> None:
    if name.startswith("xl/externalLinks/"):
        raise _links_out()


def _links_out() -> Refusal:
    sentence = _("文件引用了别的文件，内容不完整。请断开链接或粘贴为数值后再上传。")
    return Refusal("sheet_links_out", sentence, field="file")


def _unpacked(
    packed: zipfile.ZipFile, one: zipfile.ZipInfo, look: Callable[[bytes, bytes], None], most: int
) -> int:
    """Unpack one part, show ``look`` each piece after the end of the one before, and return the true size."""
    size, before = 0, b""
    with packed.open(one) as part:
        while piece := part.read(PIECE):
            size += len(piece)
            if size > most:
                raise _too_large()
            look(before, piece)
            before = (before + piece)[-OVERLAP:]
    return size


def _look_at_nothing(before: bytes, piece: bytes) -> None:
    """Other parts of a workbook are only measured."""


class _SheetLook:
    """Counts the rows of a sheet, whatever numbers they bear, and looks for what may not be in it.

    ``named`` are the cells of all sheets that name a string which is kept elsewhere.
    ``is_odd`` says that a sheet is written so that its true extent shows only when it is read.
    """

    def __init__(self) -> None:
        self.rows, self.named, self.is_odd = 0, 0, False

    def __call__(self, before: bytes, piece: bytes) -> None:
        piece = before + piece
        self.rows += piece.count(b"<row") - before.count(b"<row")
        self.named += piece.count(NAMED) - before.count(NAMED)
        self.is_odd = self.is_odd or ODD.search(piece) is not None
        if self.rows > MOST_ROWS or TOO_FAR.search(piece):
            raise too_long()
        if FORMULA.search(piece):
            raise has_formulas()


def _look_at_records() -> Callable[[bytes, bytes], None]:
    records = SheetRecords()

    def look(before: bytes, piece: bytes) -> None:
        if records.has_formula(piece):
            raise has_formulas()

    return look


def _look_at_ods(before: bytes, piece: bytes) -> None:
    piece = before + piece
    if b"table:formula=" in piece:
        raise has_formulas()
    if REPEATED.search(piece):
        raise too_long()


def _look_at_manifest(before: bytes, piece: bytes) -> None:
    if b"encryption-data" in before + piece:
        raise _locked()


_LOOKS = {"content.xml": _look_at_ods, "META-INF/manifest.xml": _look_at_manifest}


def has_formulas() -> Refusal:
    """Return the refusal of a table whose values are computed: what was last computed may not be what is meant."""
    sentence = _("表里有公式，读到的可能不是您看到的数。请全选、复制、“选择性粘贴—数值”，保存后再上传。")
    return Refusal("sheet_formulas", sentence, field="file")


def _workbook(data: bytes) -> Iterator[Table]:
    room = MOST_CELLS
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for one in book.sheets_metadata:
                if one.visible == python_calamine.SheetVisibleEnum.Visible:
                    sheet = book.get_sheet_by_name(one.name)
                    room -= cells_of(sheet)
                    if room < 0:
                        raise too_long()
                    merged = tuple(sheet.merged_cell_ranges or ())
                    yield Table(one.name, sheet.to_python(skip_empty_area=False), merged)
    except python_calamine.PasswordError:
        raise _locked() from None
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError):
        raise unreadable() from None


def cells_of(sheet: python_calamine.CalamineSheet) -> int:
    """Return how many cells a sheet takes from A1, blank ones included; refuses too many rows or columns."""
    rows, columns = (0, 0) if sheet.end is None else (sheet.end[0] + 1, sheet.end[1] + 1)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise too_long()
    return rows * columns


def _text_rows(data: bytes) -> list[list[Any]]:
    text = _decoded(data)
    first = next((one for one in text.splitlines() if one.strip()), "")
    separator = max(",\t;", key=first.count)
    rows: list[list[Any]] = []
    csv.field_size_limit(1024 * 1024)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) >= MOST_ROWS or len(row) > MOST_COLUMNS:
                raise too_long()
            rows.append([_kept_text(one) for one in row])
    except csv.Error:
        raise unreadable() from None
    return rows


def _kept_text(cell: str) -> str:
    kept = AS_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return cell if kept is None else kept[1]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries = ["utf-16"]
    else:
        tries = ["utf-8-sig", "gb18030"]
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as wrong:
            at = data.count(b"\n", 0, wrong.start) + 1
            continue
        if "\0" in text:
            raise unreadable()
        return text
    if b"\0" in data[:4096]:
        raise unreadable()
    sentence = _(
        "第 %(line)d 行有读不出来的乱码，文件里可能混了两种编码。请用电子表格软件打开检查，另存为 xlsx 后再上传。"
    )
    raise Refusal("text_garbled", sentence % {"line": at}, field="file")
