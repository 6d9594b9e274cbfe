"""Pay in the words of advertisements; all examples are made up."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhitong.employers.adverts import ASSUMPTIONS, SENTENCES, Refused, Salary, read_salary

YUAN = 100


def read(text: str, **columns: str | int) -> Salary:
    salary = read_salary(text, **columns)  # type: ignore[arg-type]
    assert isinstance(salary, Salary), salary.sentence
    return salary


def test_it_works() -> None:
    salary = read("4-6K·13薪")
    assert (salary.low_fen, salary.high_fen) == (4000 * YUAN, 6000 * YUAN)
    assert salary.months_a_year == 13
    assert salary.period == "month"
    assert not salary.negotiable


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("6000-8000", 6000, 8000),
        ("6000-8000元/月", 6000, 8000),
        ("６０００－８０００", 6000, 8000),
        ("6000～8000", 6000, 8000),
        ("6000—8000元", 6000, 8000),
        ("6000––8000", 6000, 8000),
        ("6000至8000元", 6000, 8000),
        ("6,000-8,500元", 6000, 8500),
        ("1.5-2万/月", 15000, 20000),
        ("1.5-2W", 15000, 20000),
        ("8千-1万", 8000, 10000),
        ("8000-1.2万", 8000, 12000),
        ("5千-5500", 5000, 5500),
        ("5-8k", 5000, 8000),
        ("5K-8K", 5000, 8000),
        ("0.6-1万/月", 6000, 10000),
        ("五千-八千", 5000, 8000),
        ("三到五千", 3000, 5000),
        ("一万二", 12000, 12000),
        ("1万5", 15000, 15000),
        ("五千八", 5800, 5800),
        ("月薪7000左右", 7000, 7000),
        ("4500", 4500, 4500),
        ("综合工资5500-7500元，包吃住，五险一金", 5500, 7500),
        ("每天8小时，月薪5000-6000元", 5000, 6000),
        ("6千五险一金", 6000, 6000),
        ("面议，5000-7000", 5000, 7000),
        ("计件，月均6000-9000元", 6000, 9000),
    ],
)
def test_a_month_is_read_as_it_stands(text: str, low: int, high: int) -> None:
    salary = read(text)
    assert (salary.low_fen, salary.high_fen) == (low * YUAN, high * YUAN)
    assert salary.period == "month"


@pytest.mark.parametrize(
    ("text", "period", "low_fen", "high_fen", "code"),
    [
        ("10-15万/年", "year", 833_333, 1_250_000, "year_by_months"),
        ("年薪12万", "year", 1_000_000, 1_000_000, "year_by_months"),
        ("13-26万/年·13薪", "year", 1_000_000, 2_000_000, "year_by_months"),
        ("150元/天", "day", 326_250, 326_250, "day_21_75"),
        ("200-260元/天", "day", 435_000, 565_500, "day_21_75"),
        ("日薪180", "day", 391_500, 391_500, "day_21_75"),
        ("一天300", "day", 652_500, 652_500, "day_21_75"),
        ("日结160元", "day", 348_000, 348_000, "day_21_75"),
        ("20元/时", "hour", 348_000, 348_000, "hour_174"),
        ("20-22元/小时", "hour", 348_000, 382_800, "hour_174"),
        ("时薪18.5元", "hour", 321_900, 321_900, "hour_174"),
        ("150-200元/天，每周结算", "day", 326_250, 435_000, "day_21_75"),
        ("1200元/周", "week", 522_000, 522_000, "week_4_35"),
    ],
)
def test_other_periods_become_months_by_the_rule(
    text: str, period: str, low_fen: int, high_fen: int, code: str
) -> None:
    salary = read(text)
    assert (salary.period, salary.low_fen, salary.high_fen) == (period, low_fen, high_fen)
    assert salary.assumption.code == code


def test_the_rule_of_the_ministry_is_named() -> None:
    assert ASSUMPTIONS["day"].per_month == Decimal("21.75")
    assert ASSUMPTIONS["hour"].per_month == Decimal("21.75") * 8
    assert ASSUMPTIONS["week"].per_month == Decimal("21.75") / 5
    assert "人社部发〔2025〕2号" in ASSUMPTIONS["day"].source
    assert "21.75" in ASSUMPTIONS["day"].sentence


def test_a_period_that_is_not_said_is_supposed_a_month() -> None:
    assert read("6000-8000").assumption.code == "month_supposed"
    assert read("6000-8000/月").assumption.code == "month_as_stated"
    assert read("6000-8000", period="month").assumption.code == "month_as_stated"
    assert read("150", period="day").low_fen == 326_250


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1万以下", None, 10000),
        ("3千及以下", None, 3000),
        ("不超过8000元", None, 8000),
        ("最高9000", None, 9000),
        ("4千及以上", 4000, None),
        ("5000起", 5000, None),
        ("6000+", 6000, None),
        ("不低于4500元/月", 4500, None),
        ("底薪3000+提成", 3000, None),
        ("保底工资4000", 4000, None),
        ("0-6000", None, 6000),
        ("24万以上/年", 20000, None),
        ("20元/小时+计件提成", 3480, None),
        ("6万及以下/年", None, 5000),
    ],
)
def test_an_open_end_stays_open(text: str, low: int | None, high: int | None) -> None:
    salary = read(text)
    assert salary.low_fen == (None if low is None else low * YUAN)
    assert salary.high_fen == (None if high is None else high * YUAN)


@pytest.mark.parametrize("text", ["面议", "薪资面议", "面谈", "待定", "工资面议（可协商）"])
def test_open_to_talk_is_no_figure_but_an_answer(text: str) -> None:
    salary = read(text)
    assert salary.negotiable
    assert (salary.low_fen, salary.high_fen, salary.period) == (None, None, "none")
    assert isinstance(promise := salary.promise(), Refused)
    assert promise.code == "salary_negotiable"


@pytest.mark.parametrize(
    "text", ["计件", "计件工资，多劳多得", "3元/件", "5-6元/单", "40元/课时", "0.5元/个"]
)
def test_pay_by_the_piece_has_no_month(text: str) -> None:
    salary = read(text)
    assert salary.by_piece
    assert salary.low_fen is None
    assert isinstance(promise := salary.promise(), Refused)
    assert promise.code == "salary_by_piece"


def test_a_promise_needs_a_floor() -> None:
    assert read("5000-7000").promise() == (500_000, 700_000)
    assert read("5000起").promise() == (500_000, 500_000)
    refused = read("7000以下").promise()
    assert isinstance(refused, Refused)
    assert refused.code == "salary_without_floor"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "salary_missing"),
        ("无", "salary_missing"),
        (" - ", "salary_missing"),
        ("nan", "salary_missing"),
        ("看能力", "salary_unreadable"),
        ("ABC", "salary_unreadable"),
        ("8000-6000", "salary_reversed"),
        ("3元/月", "salary_too_low"),
        ("6-8", "salary_too_low"),
        ("100-150元/月", "salary_too_low"),
        ("0元", "salary_too_low"),
        ("1000万/月", "salary_too_high"),
        ("99999999", "salary_too_high"),
        ("5000-7000·99薪", "salary_months_strange"),
    ],
)
def test_nonsense_is_refused(text: str, code: str) -> None:
    refused = read_salary(text)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert refused.sentence


def test_the_columns_speak_where_the_text_is_silent() -> None:
    assert read("", minimum="5000", maximum="7000", period="month").promise() == (500_000, 700_000)
    assert read("优厚", minimum=5000, maximum=7000).promise() == (500_000, 700_000)
    assert read("", minimum="20", maximum="25", period="小时").low_fen == 348_000


def test_the_columns_widen_a_bare_number() -> None:
    assert read("10001", minimum="10001", maximum="15000").promise() == (1_000_100, 1_500_000)


def test_the_text_goes_before_the_columns() -> None:
    assert read("5000-7000元/月", minimum="1", maximum="2", period="day").promise() == (500_000, 700_000)


@pytest.mark.parametrize("cell", ["x", "-1", "Infinity", "NaN", "1e99", "0", " "])
def test_a_column_that_is_no_amount_is_left_out(cell: str) -> None:
    refused = read_salary("", minimum=cell, maximum=cell)
    assert isinstance(refused, Refused)
    assert refused.code == "salary_missing"


def test_the_sentence_shows_the_text_at_fault() -> None:
    refused = read_salary("100%涨薪")
    assert isinstance(refused, Refused)
    assert "100%涨薪" in refused.sentence


_BITS = st.sampled_from(
    [
        "5",
        "8",
        "000",
        "1.5",
        "万",
        "千",
        "k",
        "-",
        "～",
        "元",
        "/",
        "月",
        "年",
        "天",
        "时",
        "·13薪",
        "以上",
        "面议",
        "底薪",
        "+",
        "计件",
        "二",
        "十",
    ]
)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(
    text=st.one_of(st.text(max_size=60), st.lists(_BITS, max_size=10).map("".join)), cell=st.text(max_size=8)
)
@example(text="999999999999万-999999999999万", cell="9" * 40)
def test_any_text_is_read_or_refused(text: str, cell: str) -> None:
    read = read_salary(text, minimum=cell, maximum=cell, period=cell)
    if isinstance(read, Refused):
        assert read.sentence
        assert read.code in SENTENCES
        return
    ends = [end for end in (read.low_fen, read.high_fen) if end is not None]
    assert all(80_000 <= end <= 50_000_000 for end in ends)
    assert ends == sorted(ends)
    assert 12 <= read.months_a_year <= 24
    assert read.assumption.sentence


@pytest.mark.parametrize("text", ["1" * 4000 + "薪", "㉑" * 4000 + "薪", "5-" * 2000, "万" * 4000])
def test_an_endless_text_is_refused_like_any_other(text: str) -> None:
    assert isinstance(read_salary(text), Refused)


@given(low=st.integers(1000, 30_000), more=st.integers(0, 30_000))
def test_what_is_written_out_is_read_back(low: int, more: int) -> None:
    assert read(f"{low}-{low + more}元/月").promise() == (low * YUAN, (low + more) * YUAN)
