"""Places in the words of advertisements, by the real table of divisions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.employers.adverts import Place, Places, Refused
from zhitong.site.data import read_rows


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(read_rows("divisions_cn_2024"))


def test_it_works(places: Places) -> None:
    assert places.read("遵义") == Place("520300", None, "遵义市")


@pytest.mark.parametrize(
    ("text", "prefecture", "county"),
    [
        ("上海-浦东新区", "310000", "310115"),
        ("上海·徐汇区", "310000", "310104"),
        ("上海", "310000", None),
        ("北京市", "110000", None),
        ("重庆-渝北区", "500000", "500112"),
        ("东莞市", "441900", None),
        ("遵义-汇川区", "520300", "520303"),
        ("遵义市红花岗", "520300", "520302"),
        ("贵州省遵义市仁怀市", "520300", "520382"),
        ("贵州遵义", "520300", None),
        ("广东省佛山市南海区桂城街道", "440600", "440605"),
        ("广州天河区", "440100", "440106"),
        ("昆山", "320500", "320583"),
        ("义乌市", "330700", "330782"),
        ("浙江-义乌", "330700", "330782"),
        ("苏州·苏州工业园区", "320500", None),
        ("仙桃", "429004", "429004"),
        ("湖北仙桃市", "429004", "429004"),
        ("石河子", "659001", "659001"),
        ("吉林市", "220200", None),
        ("吉林", "220200", None),
        ("驻马店", "411700", None),
        ("恩施", "422800", None),
        ("黔东南", "522600", None),
        ("仁怀县", "520300", "520382"),
        ("遵义县", "520300", None),
        ("仁怀", "520300", "520382"),
        ("云岩区中华路一号", "520100", "520103"),
        ("工作地点：杭州", "330100", None),
        ("（杭州）滨江区", "330100", "330108"),
        ("上 海", "310000", None),
        ("燕郊镇", "131000", "131082"),
        ("遵义新蒲新区", "520300", None),
        ("新蒲新区", "520300", None),
        ("香港", "810000", None),
    ],
)
def test_a_place_becomes_a_prefecture(places: Places, text: str, prefecture: str, county: str | None) -> None:
    place = places.read(text)
    assert isinstance(place, Place), place.sentence
    assert (place.prefecture_code, place.county_code) == (prefecture, county)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "place_missing"),
        (" · ", "place_missing"),
        ("远程办公", "place_remote"),
        ("居家", "place_remote"),
        ("国外", "place_abroad"),
        ("新加坡", "place_abroad"),
        ("全国", "place_nationwide"),
        ("广东省", "place_only_province"),
        ("海南", "place_only_province"),
        ("贵州某地", "place_only_province"),
        ("浙江省遵义市", "place_contradictory"),
        ("鼓楼区", "place_ambiguous"),
        ("朝阳区", "place_ambiguous"),
        ("某某大道8号", "place_unknown"),
        ("Somewhere", "place_unknown"),
    ],
)
def test_what_is_no_single_prefecture_is_refused(places: Places, text: str, code: str) -> None:
    refused = places.read(text)
    assert isinstance(refused, Refused), refused
    assert refused.code == code
    assert refused.sentence


def test_the_province_settles_a_name_that_repeats(places: Places) -> None:
    place = places.read("鼓楼区", province="江苏省")
    assert isinstance(place, Refused)  # Nanjing and Xuzhou both have one
    assert places.read("朝阳区", province="北京市") == Place("110000", "110105", "北京市")


def test_the_candidates_are_named(places: Places) -> None:
    refused = places.read("朝阳区")
    assert isinstance(refused, Refused)
    assert "北京市" in refused.sentence
    assert "长春市" in refused.sentence


def test_every_prefecture_is_found_by_both_its_names(places: Places) -> None:
    missed = [
        (row["name"], name)
        for row in read_rows("divisions_cn_2024")
        if row["level"] == "prefecture"
        for name in (row["name"], row["short_name"])
        if not _is_found(places, name, row["code"])
    ]
    assert missed == [("海南藏族自治州", "海南")]  # the short name of the prefecture is that of a province


def test_every_county_is_found_behind_its_prefecture(places: Places) -> None:
    rows = [
        row for row in read_rows("divisions_cn_2024") if row["level"] == "county" and row["prefecture_code"]
    ]
    missed = [row["full_name"] for row in rows if not _is_county(places, row)]
    assert missed == []


def _is_found(places: Places, name: str, code: str) -> bool:
    place = places.read(name)
    return isinstance(place, Place) and place.prefecture_code == code


def _is_county(places: Places, row: dict[str, str]) -> bool:
    place = places.read(row["full_name"])
    return isinstance(place, Place) and (place.prefecture_code, place.county_code) == (
        row["prefecture_code"],
        row["code"],
    )


def test_an_empty_table_knows_no_place() -> None:
    refused = Places([]).read("上海")
    assert isinstance(refused, Refused)
    assert refused.code == "place_unknown"


_BITS = st.sampled_from(
    [
        "上海",
        "遵义",
        "市",
        "区",
        "省",
        "贵州",
        "海南",
        "吉林",
        "朝阳",
        "-",
        "·",
        "（",
        "县",
        "路",
        "1",
        " ",
        "中国",
        "或",
    ]
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    text=st.one_of(st.text(max_size=60), st.lists(_BITS, max_size=8).map("".join)),
    province=st.text(max_size=10),
)
def test_any_text_is_read_or_refused(places: Places, text: str, province: str) -> None:
    read = places.read(text, province=province)
    if isinstance(read, Refused):
        assert read.sentence
    else:
        assert len(read.prefecture_code) == 6
