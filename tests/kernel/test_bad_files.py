"""Files that are no lists, or that would hurt: each gets one sentence, soon, in little memory."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator

import pytest

from tests.workers.lists import workbook
from zhitong.kernel.errors import Refusal
from zhitong.kernel.sheets import read_sheets, read_tables, shared, tables

SECONDS = 10
GIGABYTE = 1024 * 1024  # kilobytes, as the system counts them
ROWS = [["姓名", "身份证号"], ["张三", "529901199003074011"]]
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def with_sheet(xml: str, more: dict[str, str] | None = None, instead: dict[str, str] | None = None) -> bytes:
    """Return a proper workbook whose one sheet is replaced, and parts ``instead`` of others, with further parts."""
    replaced = {"xl/worksheets/sheet1.xml": xml, **(instead or {})}
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for one in source.infolist():
            packed.writestr(one.filename, replaced.get(one.filename) or source.read(one))
        for name, text in (more or {}).items():
            packed.writestr(name, text)
    return target.getvalue()


def ods(rows: str) -> bytes:
    """Return an ODS file of these rows."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", ODS_TYPE)
        packed.writestr("content.xml", ODS.format(rows))
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return target.getvalue()


def rows_of(count: int, cell: str) -> Iterator[str]:
    return (f'<row r="{at}">{cell.format(at)}</row>' for at in range(1, count + 1))


def refusal(data: bytes) -> str:
    began = time.monotonic()
    with pytest.raises(Refusal) as caught:
        read_tables(io.BytesIO(data))
    assert time.monotonic() - began < SECONDS
    assert str(caught.value.sentence).endswith("。") and caught.value.field == "file"
    return caught.value.code


def locked_zip() -> bytes:
    data = bytearray(workbook(ROWS))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _time in range(600):
                part.write(b"\0" * 1024 * 1024)
    return target.getvalue()


def strings(text: str, rows: int, columns: int = 1) -> bytes:
    """Return a workbook in which every cell names the same string."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:columns]
    cells = "".join(f'<c r="{one}{{0}}" t="s"><v>0</v></c>' for one in letters)
    kept = f"<sst><si><t>{text}</t></si></sst>"
    return with_sheet(SHEET.format("".join(rows_of(rows, cells))), instead={"xl/sharedStrings.xml": kept})


BAD = {
    "long_cell": (
        lambda: with_sheet(
            SHEET.format(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"字" * 32_768}</t></is></c></row>')
        ),
        "cell_too_long",
    ),
    "long_text": (lambda: b"a," + b"x" * 40_000, "cell_too_long"),
    "encrypted": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "sheet_locked"),
    "password_protected": (locked_zip, "sheet_locked"),
    "empty": (lambda: b"", "sheet_empty"),
    "empty_workbook": (lambda: workbook([]), "sheet_empty"),
    "blank_cells": (lambda: b" \r\n,,\r\n", "sheet_empty"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(400), "not_a_sheet"),
    "broken": (lambda: workbook(ROWS)[:900], "sheet_unreadable"),
    "old_kind_broken": (lambda: b"\xd0\xcf\x11\xe0" + bytes(4000), "sheet_unreadable"),
    "far_row": (
        lambda: with_sheet(SHEET.format('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')), "sheet_too_long",
    ),
    "far_column": (lambda: with_sheet(SHEET.format('<row r="1"><c r="SF1"><v>1</v></c></row>')), "sheet_too_long"),
    "five_hundred_columns": (lambda: workbook([[f"列{at}" for at in range(500)]]), "sheet_too_long"),
    "formulas": (
        lambda: with_sheet(SHEET.format('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')), "sheet_formulas",
    ),
    "external_links": (
        lambda: with_sheet(SHEET.format(""), {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
        "sheet_links_out",
    ),
    "mixed_bytes": (lambda: "姓名,地址\r\n张三,".encode("gbk") + "一组".encode() + b"\xff\xff,\r\n", "text_garbled"),
    "binary": (lambda: bytes(range(256)) * 20, "sheet_unreadable"),
    "ods_formula": (
        lambda: ods('<table:table-row><table:table-cell table:formula="of:=1"/></table:table-row>'), "sheet_formulas",
    ),
    "wide_text": (lambda: b",".join(b"a" for _one in range(500)), "sheet_too_long"),
}  # fmt: skip
HEAVY = {
    "one_string_everywhere": (lambda: strings("字" * 30_000, 49_990, 20), "sheet_too_large"),
    "zip_bomb": (bomb, "sheet_too_large"),
    "rows": (
        lambda: with_sheet(SHEET.format("".join(rows_of(1_048_577, '<c r="A{0}"><v>1</v></c>')))), "sheet_too_long",
    ),
    "text_rows": (lambda: b"a,b\r\n" * 1_048_577, "sheet_too_long"),
    "blank_rows": (
        lambda: with_sheet(SHEET.format("".join(rows_of(1_000_000, '<c r="A{0}" s="1"/>')))), "sheet_too_long",
    ),
    "unnumbered_rows": (lambda: with_sheet(SHEET.format("<row><c><v>1</v></c></row>" * 1_000_000)), "sheet_too_long"),
    "ods_rows": (
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="900" office:value-type="string"><text:p>a</text:p>'
            "</table:table-cell></table:table-row>"
        ),
        "sheet_too_long",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence(name):
    make, code = BAD[name]
    assert refusal(make()) == code


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_gets_a_sentence(name):
    make, code = HEAVY[name]
    assert refusal(make()) == code


MEASURED = """
import io, resource, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from zhitong.kernel.errors import Refusal
from zhitong.kernel.sheets import read_tables
data = sys.stdin.buffer.read()
try:
    read_tables(io.BytesIO(data))
except Refusal as no:
    [own] = (int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(no.code, max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""
"""Its own peak is read where it begins with the process: the one in ``getrusage`` begins with that of its parent."""


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_takes_little_memory(name):
    make, code = HEAVY[name]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=make(), capture_output=True, timeout=60, check=True
    )
    said, kilobytes = done.stdout.split()
    assert (said.decode(), int(kilobytes) < GIGABYTE) == (code, True)


def test_a_string_in_many_cells_is_weighed_before_it_is_opened(monkeypatch):
    light, heavy = strings("字" * 9_000, 2), strings("字" * 9_000, 10_000)
    assert len(read_tables(io.BytesIO(light))[0].rows) == 2
    monkeypatch.setattr(tables, "_workbook", lambda data: pytest.fail("opened"))
    assert refusal(heavy) == "sheet_too_large"


@pytest.mark.parametrize("cell", ['<c r="A1" t="s"><!-- --><v>0</v></c>', '<c r="A1" t="s"><v>7</v></c>'])
def test_a_string_named_in_an_unusual_way_is_read_apart(cell, monkeypatch):
    monkeypatch.setattr(shared, "MOST_COPIED", 5)
    monkeypatch.setattr(tables, "read_apart", lambda data: [("apart", [["甲"]], ())])
    assert read_tables(io.BytesIO(with_sheet(SHEET.format(f'<row r="1">{cell}</row>'))))[0].name == "apart"


def test_one_long_remark_does_not_weigh_for_every_cell(monkeypatch):
    for module in (shared, tables):
        monkeypatch.setattr(module, "MOST_COPIED", 50_000)
    rows = [["姓名", "备注"], ["张三", "注" * 3_000], *([f"人{at}", "无"] for at in range(200))]
    monkeypatch.setattr(tables, "read_apart", lambda data: pytest.fail("read apart"))
    assert len(read_tables(io.BytesIO(workbook(rows)))[0].rows) == 202


def test_all_cells_together_are_not_too_long(monkeypatch):
    monkeypatch.setattr(tables, "MOST_TEXT", 20)
    assert refusal(workbook(ROWS)) == "sheet_too_large"


FAR = {
    "single_quotes": "<c r='XFD{far}'><v>1</v></c>",
    "a_line_end": '<c\nr="XFD{far}"><v>1</v></c>',
    "small_letters": '<c r="xfd{far}"><v>1</v></c>',
    "blanks": '<c r = "XFD{far}"><v>1</v></c>',
    "many_blanks": "<c " + 3000 * " " + 'r="XFD{far}"><v>1</v></c>',
    "in_another_value": "<c x=' r=\"A2\"' r='XFD{far}'><v>1</v></c>",
    "after_a_sign": '<c x="<" \tr="XFD{far}"><v>1</v></c>',
    "a_prefix": '<x:c r="XFD{far}"><x:v>1</x:v></x:c>',
}


@pytest.mark.parametrize("name", FAR)
def test_a_cell_far_away_is_never_opened_beside_others(name, monkeypatch):
    """However its place is written, such a workbook is read by a process of its own, or not at all."""
    apart: list[bytes] = []
    monkeypatch.setattr(tables, "read_apart", lambda data: apart.append(data) or [("", [["甲"]], ())])
    monkeypatch.setattr(tables, "_workbook", lambda data: pytest.fail("opened here"))
    row = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{FAR[name].format(far=1_048_576)}</row>'
    with contextlib.suppress(Refusal):
        read_tables(io.BytesIO(with_sheet(SHEET.format(row))))
        assert len(apart) == 1


@pytest.mark.parametrize("tag", ["<f\n>1+1</f>", "<f\tt='shared'>1</f>", "<x:f>1</x:f>"])
def test_a_formula_hides_behind_no_blank(tag):
    assert (
        refusal(with_sheet(SHEET.format(f'<row r="1"><c r="A1">{tag}<v>2</v></c></row>'))) == "sheet_formulas"
    )


def test_sheets_are_not_too_large_together(monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 7)
    assert read_tables(io.BytesIO(workbook(ROWS)))
    assert refusal(workbook(ROWS, ROWS)) == "sheet_too_long"


def test_rows_are_counted_once_each():
    """A list of nearly as many rows as may be is no longer for being looked at piece by piece."""
    rows = "".join(rows_of(49_990, '<c r="A{0}" s="1"/>'))
    [one] = read_tables(
        io.BytesIO(with_sheet(SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row>' + rows)))
    )
    assert one.rows[0] == [1]


def test_cells_without_a_place_are_read():
    [one] = read_tables(io.BytesIO(with_sheet(SHEET.format("<row><c><v>1</v></c><c><v>2</v></c></row>"))))
    assert one.rows == [[1, 2]]


def test_good_files_of_every_kind_are_read():
    [one] = read_tables(io.BytesIO(workbook(ROWS)))
    assert one.rows == ROWS
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{x}</text:p></table:table-cell>'
        for x in "甲乙"
    )
    [one] = read_tables(io.BytesIO(ods(f"<table:table-row>{cells}</table:table-row>")))
    assert one.rows == [["甲", "乙"]]
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        [one] = read_tables(io.BytesIO('姓名,号码\r\n张三,="529901199003074011"\r\n'.encode(encoding)))
        assert one.rows[1] == ["张三", "529901199003074011"]


@pytest.mark.slow
def test_the_search_for_headings_keeps_the_same_guard():
    with pytest.raises(Refusal) as refused:
        read_sheets(io.BytesIO(strings("字" * 30_000, 49_990, 20)), ["姓名"])
    assert refused.value.code == "sheet_too_large"
