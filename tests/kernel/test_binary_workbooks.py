"""Real files of old and binary kinds, made by office programs: locked, computed, linked, and plain ones.

``locked.*`` were given a password: xlsx (agile) by msoffcrypto-tool, xls (RC4) and ods by LibreOffice 7.4;
the other xls by LibreOffice. No free program writes xlsb: it is put together here record by record.
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.kernel.test_bad_files import refusal
from zhitong.kernel.sheets import read_tables
from zhitong.kernel.sheets.binary import SheetRecords, xls_signs

FILES = Path(__file__).parent / "files"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
LEADS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("locked.xlsx", "sheet_locked"), ("locked.xls", "sheet_locked"), ("locked.ods", "sheet_locked"),
        ("formula.xls", "sheet_formulas"), ("formula_far_down.xls", "sheet_formulas"),
        ("linked.xls", "sheet_links_out"),
    ],
)  # fmt: skip
def test_it_works(name, code):
    assert refusal((FILES / name).read_bytes()) == code


def test_a_choice_from_another_sheet_is_no_formula():
    first, second = read_tables(io.BytesIO((FILES / "listed.xls").read_bytes()))
    assert first.rows[1] == ["张三", "529901199003074011"] and second.rows[0] == ["男"]


def test_a_broken_compound_file_has_no_signs():
    data = (FILES / "formula.xls").read_bytes()
    ring = bytearray(data)
    ring[512 : 512 + 4 * 20] = struct.pack("<20I", *[1] * 20)
    for broken in (data[:300], data[:700], data[:1200], bytes(ring), data[:76] + b"\xff" * 436 + data[512:]):
        assert xls_signs(broken) <= {"formulas"}


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(body)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
        left >>= 7
        if not left:
            return head + size + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def said(column: int, text: str) -> bytes:
    return record(6, struct.pack("<II", column, 0) + wide(text))


def computed(column: int, value: float) -> bytes:
    return record(9, struct.pack("<IIdHII", column, 0, value, 0, 0, 0))


def sheet(*cells: bytes) -> bytes:
    row = record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    head = record(129) + record(148, struct.pack("<4I", 0, 0, 0, 2)) + record(145)
    return head + row + b"".join(cells) + record(146) + record(130)


def xlsb(*cells: bytes) -> bytes:
    book = record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("名单")) + record(144)
    parts = {
        "[Content_Types].xml": TYPES, "xl/workbook.bin": record(131) + book + record(132),
        "xl/_rels/workbook.bin.rels": LEADS, "xl/worksheets/sheet1.bin": sheet(*cells),
    }  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return target.getvalue()


def test_a_plain_xlsb_is_read():
    [table] = read_tables(io.BytesIO(xlsb(said(0, "姓名"), said(1, "长" * 4000))))
    assert table.name == "名单" and table.rows == [["姓名", "长" * 4000]]


def test_an_xlsb_with_formulas_gets_its_sentence():
    assert refusal(xlsb(said(0, "姓名"), said(1, "长" * 700), computed(2, 3.0))) == "sheet_formulas"


@pytest.mark.parametrize("size", [1, 2, 5, 7, 64, 1000])
def test_a_formula_is_found_however_the_part_is_cut(size):
    def found(data: bytes) -> bool:
        records = SheetRecords()
        return any(records.has_formula(data[at : at + size]) for at in range(0, len(data), size))

    assert found(sheet(said(0, "姓名"), computed(1, 3.0)))
    assert not found(sheet(said(0, "姓名"), said(1, "\x09\x0a" * 90)))
