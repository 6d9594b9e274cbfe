"""Reading what people and spreadsheets write."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engines.linkage.making import listed, number
from zhitong.engines.linkage import Likeness, Names, Problem, Rows, Writing, rows_of
from zhitong.engines.linkage.days import Birth, compared, day_of
from zhitong.engines.linkage.names import folded, name_key
from zhitong.engines.linkage.nametable import likeness
from zhitong.engines.linkage.reading import place_of, sex_of, telephone_of, telephones_of

HEAD = "52990119900102001"
WHOLE = number(HEAD)


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        (WHOLE, WHOLE, Writing.CHECKED),
        (f" {WHOLE[:6]} {WHOLE[6:14]}-{WHOLE[14:]}", WHOLE, Writing.CHECKED),
        ("５２９９０１１９９００１０２００１" + WHOLE[17], WHOLE, Writing.CHECKED),
        ("'" + WHOLE, WHOLE, Writing.CHECKED),
        (HEAD[:6] + HEAD[8:], WHOLE, Writing.FIFTEEN),
        (HEAD + ("0" if WHOLE[17] != "0" else "1"), None, Writing.WRONG),
        (number("52990119901302001"), None, Writing.WRONG),
        (HEAD[:15] + "000", HEAD[:15] + "000", Writing.ROUNDED),
        ("5.29901E+17", "529901", Writing.ROUNDED),
        ("5.29901199001020E17", "529901199001020", Writing.ROUNDED),
        (HEAD, HEAD, Writing.PIECE),
        ("无", "", Writing.ABSENT),
        ("", "", Writing.ABSENT),
    ],
)
def test_an_identity_number(written: str, text: str | None, kind: Writing) -> None:
    rows = listed({"id_number": written})
    assert rows.id_writing[0] == kind
    assert text is None or rows.id_text[0].decode() == text


def test_a_small_x_is_a_large_one() -> None:
    ending = next(
        one for one in (number(f"529901199001020{n:02}") for n in range(1, 99)) if one.endswith("X")
    )
    rows = listed({"id_number": ending.lower()}, {"id_number": ending})
    assert rows.id_text[0] == rows.id_text[1]
    assert rows.whole.all()


def test_a_number_tells_birth_and_sex() -> None:
    rows = listed({"id_number": WHOLE}, {"id_number": number("52990119850506002")})
    assert rows.id_born_on.tolist() == [19900102, 19850506]
    assert rows.id_sex.tolist() == [1, 2]


def test_a_number_that_contradicts_its_row_is_suspicious() -> None:
    rows = listed(
        {"id_number": WHOLE, "sex": "女"},
        {"id_number": WHOLE, "birth_on": "1993-01-02"},
        {"id_number": WHOLE, "sex": "男", "birth_on": "1989-12-01"},
        {"id_number": WHOLE},
    )
    assert rows.suspicious.tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    "written",
    ["1990-01-02", "1990/1/2", "1990.1.2", "1990年1月2日", "19900102", " １９９０－０１－０２ ",
     "1990-01-02 00:00:00", "32875", "农历1990年正月初二", "一九九〇年一月二日"],
)  # fmt: skip
def test_a_day_however_written(written: str) -> None:
    assert day_of(written) == 19900102


@pytest.mark.parametrize("written", ["", "不详", "1990", "1990-13-01", "19901301", "1990-00-10", "abc"])
def test_what_is_no_day(written: str) -> None:
    assert day_of(written) == 0


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1990年腊月廿三", 19901223),
        ("1990年十月十五", 19901015),
        ("农历1988年冬月三十", 19881130),
        ("1990年二月二十", 19900220),
    ],
)
def test_a_day_in_chinese_figures(written: str, day: int) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (19900102, 19900102, Birth.SAME),
        (19900210, 19900110, Birth.LUNAR),
        (19900719, 19900101, Birth.NEW_YEAR),
        (19900101, 19900101, Birth.NEW_YEAR),
        (19901105, 19900511, Birth.SLIP),
        (19900102, 19980102, Birth.SLIP),
        (19900102, 19890719, Birth.YEAR),
        (19900102, 19750719, Birth.OTHER),
        (0, 19750719, Birth.UNKNOWN),
        (19900230, 19900320, Birth.LUNAR),
    ],
)
def test_births_compared(one: int, other: int, level: Birth) -> None:
    nothing = np.zeros(1, np.int64)
    for first, second in ((one, other), (other, one)):
        found = compared((np.array([first]), nothing), (nothing, np.array([second])))
        assert found.tolist() == [level]


@pytest.mark.parametrize(
    ("written", "digits"),
    [("15412345678", 15412345678), ("+86 154-1234-5678", 15412345678), ("0086 15412345678", 15412345678),
     ("１５４１２３４５６７８", 15412345678), ("15412345678/15400000000", 15412345678),
     ("15412345678.0", 15412345678),
     ("0851-28226565", 9085128226565), ("11111111111", 0), ("无", 0), ("123", 0)],
)  # fmt: skip
def test_a_telephone(written: str, digits: int) -> None:
    assert telephone_of(written) == digits
    assert telephones_of([written, ""]).tolist() == [digits, 0]


def test_sexes_and_places() -> None:
    assert [sex_of(one) for one in ("男", "女性", "M", "２", "不详", "")] == [1, 2, 1, 2, 0, 0]
    assert place_of("520302001201")[1] == place_of("520302001202")[1] != 0
    assert place_of("播州区龙坑街道谢家坝村")[1] == place_of("播州区龙坑街道 共青村")[1] != 0
    assert place_of("17")[1] == 0
    assert place_of(" ") == (0, 0)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("吉克·木呷", "吉克 木呷", Likeness.SAME),
        ("劉興國", "刘兴国", Likeness.SAME),
        ("Abdul Rahman", "ABDUL·RAHMAN", Likeness.SAME),
        ("单雄信", "善雄信", Likeness.SOUND),
        ("曾小明", "增小明", Likeness.SOUND),
        ("王大明", "王大鸣", Likeness.SOUND),
        ("王大明", "王大亮", Likeness.ONE),
        ("王大明", "黄大明", Likeness.ONE),
        ("王大明", "王明", Likeness.LOST),
        ("阿卜杜拉·买买提", "阿卜杜拉", Likeness.LOST),
        ("王大明", "王国强", Likeness.SURNAME),
        ("令狐冲", "令狐大", Likeness.ONE),
        ("令狐冲之", "令狐大山", Likeness.SURNAME),
        ("王芳", "王", Likeness.SURNAME),
        ("王大明", "李秀英", Likeness.OTHER),
        ("𫖮", "𫖮", Likeness.SAME),
    ],
)
def test_names_compared(one: str, other: str, level: Likeness) -> None:
    names = Names.of([one, other])
    for first, second in ((0, 1), (1, 0)):
        assert likeness(names, np.array([first]), np.array([second])).tolist() == [level]


def test_long_names_are_told_apart_beyond_what_is_compared() -> None:
    long = "阿卜杜热西提·阿卜杜热合曼江·买买提"
    names = Names.of([long, long + "甲", long])
    assert names.same[0] == names.same[2] != names.same[1]


def test_folding_a_name_quickly_and_slowly_is_one_thing() -> None:
    texts = ["劉興國", "吉克·木呷", "王　大明", "ＡＢ", "峯", "𠮷", "𫖮"]
    table = Names.of(texts)
    for row, text in enumerate(texts):
        assert "".join(chr(one) for one in table.characters[row] if one) == folded(text)


def test_a_surname_is_read_as_one() -> None:
    assert name_key("单小单") == "shan xiao dan"
    assert name_key("") == ""


def test_missing_columns_are_empty_and_unknown_ones_refused() -> None:
    assert len(rows_of({"name": ["王大明"]})) == 1
    assert len(rows_of({})) == 0
    with pytest.raises(ValueError, match="no column 'age'"):
        rows_of({"age": ["1"]})
    with pytest.raises(ValueError, match="different numbers of rows"):
        rows_of({"name": ["王大明"], "sex": []})


def test_nonsense_is_refused() -> None:
    rows = listed({"name": "王大明"}, {"name": "李秀英"})
    for fixed, sentence in (
        ([[0, 0]], "with itself"),
        ([[0, 2]], "not among"),
        ([[0.5, 1]], "pairs of positions"),
    ):
        with pytest.raises(ValueError, match=sentence):
            Problem(rows, np.array(fixed))
    with pytest.raises(ValueError, match="both confirmed and rejected"):
        Problem(rows, np.array([[0, 1]]), np.array([[1, 0]]))
    columns = {name: getattr(rows, name) for name in Rows.__slots__}
    for name, values, sentence in (
        ("sex", [3, 0], "rows.sex"),
        ("born_on", [19901301, 0], "rows.born_on"),
        ("name", [0, 2], "rows.name"),
        ("telephone", [1], "one entry for each"),
        ("id_writing", [9, 0], "rows.id_writing"),
    ):
        with pytest.raises(ValueError, match=sentence):
            Rows(**{**columns, name: np.array(values)})
