"""Head-count, education, experience and dates in the words of advertisements; made-up examples."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.employers.adverts import (
    EducationAsked,
    ExperienceAsked,
    Headcount,
    Refused,
    read_education,
    read_experience,
    read_headcount,
    read_published,
)


def test_it_works() -> None:
    assert read_headcount("招3人") == Headcount(3, 3)
    assert read_education("大专及以上") == EducationAsked(4)
    assert read_experience("3-5年") == ExperienceAsked(3, 5)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3", 3, 3),
        ("10人", 10, 10),
        ("２０名", 20, 20),
        ("2-5人", 2, 5),
        ("2—5", 2, 5),
        ("招聘人数：12", 12, 12),
        ("十人", 10, 10),
        ("二十五名", 25, 25),
        ("3 04-16发布", 3, 3),
        ("1 发布于昨天", 1, 1),
        ("0-5人", 1, 5),
    ],
)
def test_a_number_is_a_head_count(text: str, low: int, high: int) -> None:
    assert read_headcount(text) == Headcount(low, high)


@pytest.mark.parametrize("text", ["若干", "若干 04-16发布", "多名", "长期招聘", "不限", "招几人"])
def test_several_is_no_number(text: str) -> None:
    assert read_headcount(text) == Headcount(None, None, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "headcount_missing"),
        ("无", "headcount_missing"),
        ("0", "headcount_zero"),
        ("很多很多", "headcount_unreadable"),
        ("99999人", "headcount_too_many"),
        ("9-3人", "headcount_reversed"),
    ],
)
def test_a_head_count_can_be_refused(text: str, code: str) -> None:
    refused = read_headcount(text)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert refused.sentence


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("不限", 0),
        ("学历不限", 0),
        ("无要求", 0),
        ("小学", 1),
        ("初中", 2),
        ("初中及以上", 2),
        ("初中及以下", 0),
        ("高中", 3),
        ("中专/中技", 3),
        ("职高", 3),
        ("技工学校", 3),
        ("大专", 4),
        ("高职", 4),
        ("统招本科", 5),
        ("本科（硕士优先）", 5),
        ("大专或本科", 4),
        ("硕士", 6),
        ("博士研究生", 6),
    ],
)
def test_education_becomes_a_level(text: str, level: int) -> None:
    assert read_education(text) == EducationAsked(level)


@pytest.mark.parametrize(("text", "code"), [("", "education_missing"), ("聪明", "education_unreadable")])
def test_an_education_can_be_refused(text: str, code: str) -> None:
    refused = read_education(text)
    assert isinstance(refused, Refused)
    assert refused.code == code


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3年及以上", 3, None),
        ("3-5年", 3, 5),
        ("3-4年工作经验", 3, 4),
        ("两年以上经验", 2, None),
        ("10年以上", 10, None),
        ("2", 2, None),
        ("0", 0, None),
        ("3年以下", 0, 3),
        ("无需经验", 0, None),
        ("经验不限", 0, None),
        ("应届毕业生", 0, None),
        ("在校生", 0, None),
        ("半年以上", 0, None),
        ("6个月", 0, None),
    ],
)
def test_experience_becomes_years(text: str, low: int, high: int | None) -> None:
    assert read_experience(text) == ExperienceAsked(low, high)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "experience_missing"),
        ("英语熟练", "experience_unreadable"),
        ("本科", "experience_unreadable"),
        ("5-3年", "experience_reversed"),
        ("80年", "experience_too_long"),
    ],
)
def test_an_experience_can_be_refused(text: str, code: str) -> None:
    refused = read_experience(text)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert refused.sentence


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("2026-03-05", "", dt.date(2026, 3, 5)),
        ("2026/3/5", "1999", dt.date(2026, 3, 5)),
        ("2026年3月5日", "", dt.date(2026, 3, 5)),
        ("03-05", "2026", dt.date(2026, 3, 5)),
        ("2 03-05发布", "2026", dt.date(2026, 3, 5)),
        ("", "2026", None),
    ],
)
def test_a_day_of_publishing_is_read(text: str, year: str, day: dt.date | None) -> None:
    assert read_published(text, year) == day


@pytest.mark.parametrize(
    ("text", "year"),
    [("昨天", "2026"), ("02-30", "2026"), ("03-05", ""), ("03-05", "今年"), ("13-45", "2026")],
)
def test_a_day_that_is_none_is_refused(text: str, year: str) -> None:
    refused = read_published(text, year)
    assert isinstance(refused, Refused)
    assert refused.code == "published_unreadable"


_BITS = st.sampled_from(
    [
        "3",
        "10",
        "-",
        "年",
        "人",
        "名",
        "招",
        "若干",
        "以上",
        "本科",
        "大专",
        "不限",
        "经验",
        "0",
        "十",
        "发布",
        "04-16",
        " ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.text(max_size=60), st.lists(_BITS, max_size=8).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (
        read_headcount(text),
        read_education(text),
        read_experience(text),
        read_published(text, text),
    ):
        if isinstance(read, Refused):
            assert read.sentence
        elif isinstance(read, Headcount):
            assert read.several or (
                read.low is not None and read.high is not None and 1 <= read.low <= read.high
            )
        elif isinstance(read, EducationAsked):
            assert 0 <= read.level <= 6
        elif isinstance(read, ExperienceAsked):
            assert 0 <= read.low <= 40
