"""Whole rows of advertisements, made up, with a coder of a few words."""

import datetime as dt
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zhitong.employers.adverts as package
from zhitong.employers.adverts import SENTENCES, Advert, Places, RefusedRow, Tables, read_advert
from zhitong.site.data import read_rows


@dataclass(frozen=True)
class Coding:
    code: str | None
    confidence: float
    runner_up: str | None = None
    reason: str = ""


class Coder:
    """Knows welders, and half knows fitters."""

    def code(self, title: str, text: str = "") -> Coding:
        if "焊" in title or "焊" in text:
            return Coding("6-18-02-04", 0.9)
        if "钳" in title:
            return Coding("6-20-01-01", 0.2)
        return Coding(None, 0.0, reason="title_too_vague" if "工" in title else "title_unknown")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables(Places(read_rows("divisions_cn_2024")), Coder())


def row(**cells: str) -> dict[str, str]:
    return {
        "ad_id": "A1", "source": "made_up", "year": "2026", "title": "电焊工", "company_id": "C1",
        "city_raw": "宁波-北仑区", "city": "宁波", "province": "浙江省", "salary_raw": "7-9千·13薪", "salary_min": "",
        "salary_max": "", "salary_period": "", "headcount": "20", "education": "初中", "experience": "1-3年",
        "industry": "船舶制造", "tags": "包吃|包住", "description": "船体焊接。", "publish_date": "2026-03-05",
    } | cells  # fmt: skip


def refused(tables: Tables, **cells: str) -> RefusedRow:
    read = read_advert(row(**cells), tables)
    assert isinstance(read, RefusedRow), read
    return read


def accepted(tables: Tables, **cells: str) -> Advert:
    read = read_advert(row(**cells), tables)
    assert isinstance(read, Advert), read
    return read


def test_it_works(tables: Tables) -> None:
    advert = accepted(tables)
    assert advert.coding.code == "6-18-02-04"
    assert advert.place is not None
    assert (advert.place.prefecture_code, advert.place.county_code) == ("330200", "330206")
    assert advert.salary is not None
    assert advert.salary.promise() == (700_000, 900_000)
    assert (advert.seats, advert.education, advert.years) == (20, 2, 1)
    assert advert.published_on == dt.date(2026, 3, 5)
    assert advert.tags == ("包吃", "包住")
    assert advert.findings == ()
    assert advert.unknown == ()
    assert advert.supposed == ("month_supposed",)
    assert advert.text == "电焊工。包吃，包住。船体焊接。"


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"title": ""}, "title_missing", "title"),
        ({"title": "普通工"}, "title_too_vague", "title"),
        ({"title": "某某", "description": ""}, "title_unknown", "title"),
        ({"title": "装配钳工", "description": ""}, "title_unsure", "title"),
        ({"city_raw": "", "city": ""}, "place_missing", "city_raw"),
        ({"city_raw": "远程办公"}, "place_remote", "city_raw"),
        ({"city_raw": "广东省"}, "place_only_province", "city_raw"),
        ({"salary_raw": ""}, "salary_missing", "salary_raw"),
        ({"salary_raw": "8000-6000"}, "salary_reversed", "salary_raw"),
        ({"salary_raw": "面议"}, "salary_negotiable", "salary_raw"),
        ({"salary_raw": "3元/件"}, "salary_by_piece", "salary_raw"),
        ({"salary_raw": "8000以下"}, "salary_without_floor", "salary_raw"),
        ({"description": "限男性"}, "sex_men", "description"),
        ({"title": "电焊工（限本地户口）"}, "region", "description"),
        ({"tags": "包吃|无乙肝"}, "disease", "description"),
    ],
)
def test_a_row_is_refused_with_its_reason(
    tables: Tables, cells: dict[str, str], code: str, field: str
) -> None:
    if "普通工" in cells.get("title", ""):
        cells = cells | {"description": ""}
    read = refused(tables, **cells)
    assert (read.reason_code, read.field) == (code, field)
    assert read.sentence


def test_a_sheet_without_a_needed_column_says_which(tables: Tables) -> None:
    cells = row()
    del cells["salary_raw"]
    read = read_advert(cells, tables)
    assert isinstance(read, RefusedRow)
    assert (read.reason_code, read.field) == ("row_malformed", "salary_raw")


def test_a_sheet_may_have_only_the_needed_columns(tables: Tables) -> None:
    read = read_advert({"title": "焊工", "salary_raw": "6000-8000", "city_raw": "遵义"}, tables)
    assert isinstance(read, Advert)
    assert read.seats == 1
    assert {refused.code for refused in read.unknown} == {
        "headcount_missing",
        "education_missing",
        "experience_missing",
    }
    assert "seats_supposed_one" in read.supposed


def test_a_short_row_of_a_file_is_read(tables: Tables) -> None:
    cells = row() | {"description": None, None: ["one", "cell", "too", "many"]}
    assert isinstance(read_advert(cells, tables), Advert)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("need", "cells", "unknown"),
    [
        ("place", {"city_raw": "远程办公"}, "place_remote"),
        ("salary", {"salary_raw": "随便"}, "salary_unreadable"),
        ("occupation", {"title": "某某", "description": ""}, "title_unknown"),
    ],
)
def test_a_caller_may_do_without(tables: Tables, need: str, cells: dict[str, str], unknown: str) -> None:
    read = read_advert(row(**cells), tables, needs=package.NEEDS - {need})
    assert isinstance(read, Advert)
    assert unknown in {refused.code for refused in read.unknown}


def test_pay_open_to_talk_is_kept_where_no_floor_is_needed(tables: Tables) -> None:
    read = read_advert(row(salary_raw="面议"), tables, needs=package.NEEDS - {"wage_floor"})
    assert isinstance(read, Advert)
    assert read.salary is not None
    assert read.salary.negotiable


def test_forbidden_conditions_are_kept_as_findings_where_they_do_not_refuse(tables: Tables) -> None:
    read = read_advert(row(description="限男性"), tables, needs=package.NEEDS - {"conditions"})
    assert isinstance(read, Advert)
    assert [finding.code for finding in read.findings] == ["sex_men"]


def test_a_question_does_not_refuse(tables: Tables) -> None:
    assert [finding.code for finding in accepted(tables, description="45岁以下").findings] == ["age_limit"]


def test_a_lawful_exception_is_heard(tables: Tables) -> None:
    read = read_advert(row(description="井下作业，限男性"), tables, lawful={package.WOMEN_BARRED})
    assert isinstance(read, Advert)


def test_cells_in_the_wrong_column_are_put_right(tables: Tables) -> None:
    advert = accepted(tables, education="", experience="大专")
    assert (advert.education, advert.years) == (4, 0)
    assert "columns_were_shifted" in advert.supposed
    assert accepted(tables, headcount="", experience="招5人").seats == 5


def test_a_date_behind_the_head_count_is_read(tables: Tables) -> None:
    advert = accepted(tables, headcount="3 04-16发布", publish_date="")
    assert advert.seats == 3
    assert advert.published_on == dt.date(2026, 4, 16)


def test_a_date_that_is_none_stays_unknown(tables: Tables) -> None:
    advert = accepted(tables, publish_date="刚刚")
    assert advert.published_on is None
    assert [refused.code for refused in advert.unknown] == ["published_unreadable"]


@pytest.mark.parametrize(("cell", "seats"), [("若干", 1), ("0", 1), ("", 1), ("2-6人", 6)])
def test_there_is_at_least_one_seat(tables: Tables, cell: str, seats: int) -> None:
    advert = accepted(tables, headcount=cell)
    assert advert.seats == seats
    assert ("seats_supposed_one" in advert.supposed) == (seats == 1)


def test_the_city_column_helps_where_the_text_is_blank(tables: Tables) -> None:
    advert = accepted(tables, city_raw="", city="宁波")
    assert "place_by_city_column" in advert.supposed


def test_a_long_title_is_cut_and_said_so(tables: Tables) -> None:
    advert = accepted(tables, title="焊" * 200)
    assert len(advert.title) == 80
    assert "title_was_cut" in advert.supposed


def test_what_was_supposed_has_a_sentence(tables: Tables) -> None:
    advert = accepted(tables, salary_raw="200元/天", headcount="若干", title="焊" * 99)
    assert all(SENTENCES[code] for code in advert.supposed)


def test_every_code_in_the_source_has_a_sentence() -> None:
    folder = Path(package.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(r'refuse\(\s*"([a-z_]+)"', source)) | set(
        re.findall(r'supposed\.append\("([a-z_]+)"', source)
    )
    assert used
    assert used <= SENTENCES.keys()


def test_the_package_needs_no_web_framework() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, zhitong.employers.adverts; print('django' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


_CELL = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "5-8k", "焊工", "面议", "上海", "0", "若干", "本科", "限男", "%", "nan"]),
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_row_is_read_or_refused(tables: Tables, data: st.DataObject) -> None:
    cells = {name: data.draw(_CELL, label=name) for name in row()}
    read = read_advert(cells, tables)
    if isinstance(read, RefusedRow):
        assert read.sentence
        return
    assert read.seats >= 1
    assert read.salary is not None
    assert read.salary.promise()
    assert package.bait_signs(read) is not None
