"""What people type, read strictly: every kind of value with what goes wrong with it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal

GOOD = "52990119900307401" + values.check_character("52990119900307401")
WITH_X = next(
    number
    for serial in range(999)
    if (number := (first := f"52990119900307{serial:03d}") + values.check_character(first)).endswith("X")
)


def refusal(read, text, **how) -> str:
    with pytest.raises(Refusal) as caught:
        read(text, **how)
    assert str(caught.value.sentence).endswith("。")
    return caught.value.code


def test_the_check_character_is_that_of_the_standard():
    assert values.check_character("11010519491231002") == "X"
    assert values.check_character("44052418800101001") == "4"


@pytest.mark.parametrize(
    "typed", [GOOD, f" {GOOD} ", f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}", "'" + GOOD, WITH_X.lower()]
)
def test_an_identity_number_is_read_as_it_is_written(typed):
    assert values.id_number(typed) in (GOOD, WITH_X)


def test_full_width_digits_are_digits():
    wide = "".join(chr(ord(one) + 0xFEE0) for one in WITH_X)
    assert values.id_number(wide) == WITH_X


def test_digits_of_other_scripts_are_refused():
    foreign = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    assert refusal(values.id_number, GOOD.translate(foreign)) == "id_number_shape"
    assert refusal(values.telephone, "15412345678".translate(foreign)) == "telephone_shape"
    assert refusal(values.money_fen, "4500".translate(foreign)) == "money_shape"
    assert refusal(values.day, "2024-05-06".translate(foreign)) == "day_shape"


def test_an_old_number_is_completed():
    old = GOOD[:6] + GOOD[8:17]
    assert len(old) == 15 and values.id_number(old) == GOOD


def test_a_number_that_a_spreadsheet_rounded_is_named():
    for rounded in (
        "5.2990119900307E+17",
        "5.29901199003074e17",
        "529901199003074000",
        "529901199003074010.0",
    ):
        assert refusal(values.id_number, rounded) == "id_number_rounded"


def test_a_wrong_identity_number_is_refused():
    assert refusal(values.id_number, GOOD[:17] + ("1" if GOOD[17] != "1" else "2")) == "id_number_check"
    assert refusal(values.id_number, GOOD[:12]) == "id_number_shape"
    assert refusal(values.id_number, "身份证号") == "id_number_shape"
    assert refusal(values.id_number, GOOD[:10] + "\u202e" + GOOD[10:]) == "unseen_character"


@pytest.mark.parametrize("born", ["19900231", "20991231", "18001231"])
def test_an_impossible_birth_is_refused(born):
    first = f"529901{born}123"
    assert refusal(values.id_number, first + values.check_character(first)) == "id_number_birth"


def test_birth_and_sex_stand_in_the_number():
    assert values.born_on(GOOD) == dt.date(1990, 3, 7)
    assert values.is_female(GOOD) is False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("154 1234 5678", "15412345678"),
        ("+86 15412345678", "15412345678"),
        ("86-15412345678", "15412345678"),
        ("１５４１２３４５６７８", "15412345678"),
        ("0851-28226565", "085128226565"),
        ("（0851）28226565", "085128226565"),
        ("0851-28226565-8012", "085128226565-8012"),
        ("4008123123", "4008123123"),
    ],
)
def test_telephones(typed, meant):
    assert values.telephone(typed) == meant


@pytest.mark.parametrize(
    "typed", ["12345", "254123456789", "1541234567", "电话", "154123456789", "=15412345678"]
)
def test_what_is_no_telephone_is_refused(typed):
    assert refusal(values.telephone, typed) == "telephone_shape"


def test_a_rounded_telephone_is_named():
    assert refusal(values.telephone, "1.54123E+10") == "telephone_rounded"


def test_a_landline_is_no_mobile():
    assert refusal(values.telephone, "0851-28226565", mobile=True) == "telephone_shape"


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("4500", 450000),
        ("4,500.5", 450050),
        ("4500.00元", 450000),
        ("¥４５００", 450000),
        ("0", 0),
        ("0.01", 1),
    ],
)
def test_money(typed, fen):
    assert values.money_fen(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-1", "money_shape"), ("4.5k", "money_shape"), ("面议", "money_shape"), ("45,00", "money_shape"),
        ("1e5", "money_shape"), ("NaN", "money_shape"), ("1.234", "money_fraction"),
        ("9" * 30, "money_too_much"), ("=1+1", "money_shape"),
    ],
)  # fmt: skip
def test_wrong_money_is_refused(typed, code):
    assert refusal(values.money_fen, typed) == code


@pytest.mark.parametrize(
    "typed", ["2024-05-06", "2024/5/6", "2024.5.6", "2024年5月6日", "20240506", "２０２４-０５-０６"]
)
def test_days(typed):
    assert values.day(typed) == dt.date(2024, 5, 6)


@pytest.mark.parametrize(
    "typed", ["2024-02-30", "5月6日", "24-5-6", "45418", "2024-13-01", "0000-01-01", "明天"]
)
def test_what_is_no_day_is_refused(typed):
    assert refusal(values.day, typed) == "day_shape"


def test_a_name_is_written_as_on_the_card():
    assert values.person_name(" 张 三 ") == "张三"
    assert values.person_name("买买提•吐尔逊") == "买买提·吐尔逊"
    assert values.person_name("John  Smith") == "John Smith"
    assert values.person_name("𠮷田") == "𠮷田"


@pytest.mark.parametrize(
    "typed", ["张三1", "=张三", "张三<b>", "张\u202e三", "张\u200b三", "", "  ", "张\n三", "张三，李四"]
)
def test_what_is_no_name_is_refused(typed):
    assert refusal(values.person_name, typed) in ("name_shape", "unseen_character")


def test_a_line_keeps_its_words_and_loses_its_blanks():
    assert values.line("  遵义市　红花岗区 \t") == "遵义市 红花岗区"
    assert values.line("ｱﾊﾟｰﾄ①") == "ｱﾊﾟｰﾄ①", "free text is never folded"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋"])
def test_a_formula_is_refused(start):
    assert refusal(values.no_formula, f"{start}cmd|' /C calc'!A0") == "formula"
    assert values.no_formula("-5.2") == "-5.2"


@given(st.text())
def test_a_line_is_refused_or_harmless(text):
    try:
        read = values.line(text)
    except Refusal as no:
        assert no.code == "unseen_character"
    else:
        assert read == read.strip() and not values.UNSEEN.search(read) and "\n" not in read


@pytest.mark.parametrize(
    "unseen",
    [
        *map(chr, range(0x202A, 0x202F)),
        *map(chr, range(0x2066, 0x206A)),
        "\x00",
        "\x9b",
        "\ufeff",
        "\ud800",
        "\udfff",
    ],
)
def test_each_unseen_character_is_refused(unseen):
    assert refusal(values.line, f"甲{unseen}乙") == "unseen_character"
    assert refusal(values.paragraph, f"甲{unseen}乙") == "unseen_character"


def test_a_paragraph_keeps_its_lines():
    assert values.paragraph("一\r\n二\r三") == "一\n二\n三"


def test_json_is_read():
    assert values.read_json(b'{"a": ["\xe7\x94\xb2", 1, null]}') == {"a": ["甲", 1, None]}


@pytest.mark.parametrize(
    "text", ["", None, "[", "[" * 50_000, '"\\ud800"', '{"\\udfff": 1}', b"\xff", "9" * 5000]
)
def test_what_is_no_json(text):
    with pytest.raises(ValueError):
        values.read_json(text)


@pytest.mark.parametrize("text", ["", "²", "١", "１", "1.5", "-1", "9" * 16, " 1", None, "x"])
def test_what_is_no_number_of_a_row(text):
    assert values.row_number(text) is None


def test_the_number_of_a_row():
    assert (values.row_number("017"), values.row_number(42), values.row_number("9" * 15)) == (
        17,
        42,
        10**15 - 1,
    )
