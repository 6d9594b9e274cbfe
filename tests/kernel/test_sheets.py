"""Spreadsheets in and out, against real files of the kinds that offices send."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
import python_calamine
import xlsxwriter

from zhitong.kernel import sheets
from zhitong.kernel.errors import Refusal


def workbook(rows, *, name="名单", more=()) -> io.BytesIO:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    for title, lines in ((name, rows), *more):
        page = book.add_worksheet(title)
        for at, cells in enumerate(lines):
            for column, value in enumerate(cells):
                if isinstance(value, dt.date):
                    page.write_datetime(at, column, value, book.add_format({"num_format": "yyyy-mm-dd"}))
                elif value is not None:
                    page.write(at, column, value)
    book.close()
    target.seek(0)
    return target


def back(target: io.BytesIO) -> dict[str, list[list[object]]]:
    target.seek(0)
    with python_calamine.CalamineWorkbook.from_filelike(target) as book:
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
        }


def refusal(source, *wanted, **how) -> str:
    with pytest.raises(Refusal) as caught:
        sheets.read_sheets(source, wanted, **how)
    assert str(caught.value.sentence).endswith("。")
    return caught.value.code


ROWS = [
    ["青山县外出务工人员花名册"],
    [],
    ["姓 名*", "身份证号", "出生日期", "年龄"],
    ["张三", "529901199003074011", dt.date(1990, 3, 7), 36],
    [],
    ["李四", "529901199003074012", dt.date(1990, 3, 7), 36.5],
]


def test_the_table_is_found_below_its_title():
    [sheet] = sheets.read_sheets(workbook(ROWS), ["姓名", "身份证号"])
    assert (sheet.position("姓名"), sheet.position("身份证号码", "身份证号"), sheet.position("电话")) == (
        0,
        1,
        None,
    )
    assert sheet.above[0][0] == "青山县外出务工人员花名册"
    assert [line.number for line in sheet.lines] == [4, 6], "rows are numbered as the spreadsheet shows them"
    first = sheet.lines[0]
    assert [sheets.cell_text(first.at(at)) for at in range(5)] == [
        "张三",
        "529901199003074011",
        "1990-03-07",
        "36",
        "",
    ]


def test_every_sheet_with_the_headings_is_read():
    more = [("第二页", ROWS), ("说明", [["怎么填"], ["随便"]])]
    found = sheets.read_sheets(workbook(ROWS, more=more), ["姓名", "身份证号"])
    assert [one.name for one in found] == ["名单", "第二页"]


def test_a_rounded_identity_number_is_refused_by_name():
    [sheet] = sheets.read_sheets(workbook([["姓名", "身份证号"], ["张三", 529901199003074011]]), ["身份证号"])
    with pytest.raises(Refusal, match="number_rounded"):
        sheets.exact_text(sheet.lines[0].at(1))
    assert sheets.exact_text(15412345678.0) == "15412345678"
    assert sheets.exact_text("529901199003074011") == "529901199003074011"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_of_every_office(encoding, separator):
    text = separator.join(["姓名", "地址"]) + "\r\n" + separator.join(["张三", '"一组\n二号"']) + "\r\n"
    [sheet] = sheets.read_sheets(io.BytesIO(text.encode(encoding)), ["姓名"])
    assert list(sheet.lines[0].cells) == ["张三", "一组\n二号"]


def test_what_cannot_be_read_says_so():
    assert refusal(io.BytesIO(b"PK\x03\x04 broken")) == "sheet_unreadable"
    assert refusal(io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 600)) == "sheet_unreadable"
    assert refusal(io.BytesIO(b"\x89PNG\r\n\0\0\0")) == "sheet_unreadable"
    assert refusal(io.BytesIO(b"")) == "sheet_empty"
    assert refusal(workbook([])) == "sheet_empty"
    assert refusal(workbook(ROWS), "电话") == "headings_missing"


@pytest.mark.slow
def test_what_is_too_large_is_refused_before_it_is_unpacked():
    assert refusal(io.BytesIO(b"a" * 2000), most_bytes=1000) == "sheet_too_large"
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/a.xml", "w", force_zip64=True) as part,
    ):
        for _time in range(1100):
            part.write(b"\0" * 1024 * 1024)
    bomb.seek(0)
    assert refusal(bomb) == "sheet_too_large"


def test_hidden_sheets_are_passed_over():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet("看得见").write_row(0, 0, ["姓名"])
    hidden = book.add_worksheet("藏起来")
    hidden.write_row(0, 0, ["姓名"])
    hidden.hide()
    book.close()
    target.seek(0)
    assert [one.name for one in sheets.read_sheets(target, ["姓名"])] == ["看得见"]


def test_a_list_is_written_as_it_is_shown():
    target = io.BytesIO()
    lines = [["=1+1", "0529", 3, dt.date(2024, 5, 6)], ["http://a.example", "", None, dt.date(2024, 5, 7)]]
    assert (
        sheets.write_bulk(target, "名单[1]/甲", ["姓名", "代码", "人数", "日期"], lines, notes=["样例数据"])
        == 2
    )
    [rows] = back(target).values()
    assert rows[0][0] == "样例数据" and rows[1] == ["姓名", "代码", "人数", "日期"]
    assert rows[2] == ["=1+1", "0529", 3, dt.date(2024, 5, 6)]
    with zipfile.ZipFile(target) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page and "hyperlink" not in page.lower()


def test_a_long_list_goes_on_in_the_next_sheet(monkeypatch):
    monkeypatch.setattr("zhitong.kernel.sheets.write.MOST_ROWS", 10)
    target = io.BytesIO()
    assert sheets.write_bulk(target, "名单", ["号"], ([n] for n in range(25)), sheets=3) == 25
    found = back(target)
    assert list(found) == ["名单-1", "名单-2", "名单-3"]
    assert [row[0] for rows in found.values() for row in rows[1:]] == list(range(25))


def test_parts_stand_on_sheets_of_their_own(monkeypatch):
    monkeypatch.setattr("zhitong.kernel.sheets.write.MOST_ROWS", 10)
    target = io.BytesIO()
    parts = [
        sheets.Part("甲县", 12, ([n] for n in range(12))),
        sheets.Part("乙[县]", 3, ([n] for n in range(12, 15))),
    ]
    assert sheets.write_parts(target, ["号"], parts, notes=["样例数据"]) == 15
    found = back(target)
    assert list(found) == ["甲县-1", "甲县-2", "乙-县-"]
    assert all(rows[0][0] == "样例数据" and rows[1] == ["号"] for rows in found.values())
    assert [row[0] for rows in found.values() for row in rows[2:]] == list(range(15))


def test_a_list_is_given_whole_or_not_at_all(monkeypatch):
    monkeypatch.setattr("zhitong.kernel.sheets.write.MOST_ROWS", 10)
    with pytest.raises(ValueError, match="more than 20 rows"):
        sheets.write_bulk(io.BytesIO(), "名单", ["号"], ([n] for n in range(21)), sheets=2)


def test_an_empty_list_keeps_its_headings():
    target = io.BytesIO()
    assert sheets.write_bulk(target, "名单", ["姓名", "姓名"], [], notes=["样例数据"]) == 0
    assert back(target)["名单"][1][0] == "姓名"


def test_a_blank_presets_text_and_choices():
    target = io.BytesIO()
    blanks = [
        sheets.Blank("身份证号", "18 位", required=True, example="529901199003074011"),
        sheets.Blank("性别", choices=("男", "女")),
        sheets.Blank("年限", text=False),
    ]
    sheets.write_template(target, "登记表", blanks)
    found = back(target)
    assert found["登记表"][0] == ["身份证号", "性别", "年限"]
    assert found["填写说明"][1] == ["身份证号", "是", "18 位", "529901199003074011"]
    with zipfile.ZipFile(target) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
        assert (
            '<dataValidation type="list"' in page and 'numFmtId="49"' in packed.read("xl/styles.xml").decode()
        )


def test_refused_rows_come_back_in_the_senders_layout():
    sent = sheets.read_sheets(workbook(ROWS), ["姓名"])
    target = io.BytesIO()
    problem = sheets.Problem("身份证号的校验位不对。", position=1)
    assert sheets.write_errors(target, sent, {(0, 6): [problem, sheets.Problem("出生日期不合理。")]}) == 1
    [rows] = back(target).values()
    assert rows[0][0] == "青山县外出务工人员花名册"
    assert rows[2] == ["姓 名*", "身份证号", "出生日期", "年龄", "退回原因"]
    assert rows[3] == [
        "李四", "529901199003074012", dt.date(1990, 3, 7), 36.5, "身份证号的校验位不对。；出生日期不合理。"
    ]  # fmt: skip
    assert len(rows) == 4, "what was good is not sent back"
    target.seek(0)
    [again] = sheets.read_sheets(target, ["姓名"])
    assert again.position("身份证号") == 1 and again.lines[0].at(0) == "李四"


def test_an_error_workbook_holds_no_formula():
    sent = sheets.read_sheets(io.BytesIO("姓名,备注\n张三,=HYPERLINK(1)\n".encode()), ["姓名"])
    target = io.BytesIO()
    sheets.write_errors(target, sent, {(0, 2): [sheets.Problem("不行。")]})
    with zipfile.ZipFile(target) as packed:
        assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()
