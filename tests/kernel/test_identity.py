"""Names, identity numbers and telephones are read into one form or refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zhitong.kernel.errors import Refusal
from zhitong.kernel.identity import (
    CHECK_CHARACTERS,
    check_character,
    read_id_number,
    read_line,
    read_name,
    read_telephone,
)


def refusal(read, *given) -> str:
    with pytest.raises(Refusal) as caught:
        read(*given)
    return caught.value.code


def test_the_standards_own_examples() -> None:
    """GB 11643-1999, annex: 11010519491231002X and 440524188001010014."""
    first = read_id_number("11010519491231002x")
    assert (first.number, first.birth_on, first.sex) == ("11010519491231002X", dt.date(1949, 12, 31), "F")
    assert check_character("44052418800101001") == "4"


def test_spellings_of_one_number_are_one_number() -> None:
    assert read_id_number(" １１０１０５ 19491231-002Ｘ ").number == "11010519491231002X"
    assert read_telephone("+86 154-0000-0001") == read_telephone("１５４００００　０００１") == "15400000001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_number_form"),
        ("1101051949123100", "id_number_form"),
        ("110105491231002", "id_number_form"),
        ("1.10105194912e+17", "id_number_form"),
        ("110105194912310021", "id_number_check"),
        ("11010519491331002" + check_character("11010519491331002"), "id_number_birth"),
        ("11010520991231002" + check_character("11010520991231002"), "id_number_birth"),
        ("44052418800101001" + "4", "id_number_birth"),
    ],
)
def test_bad_id_numbers_are_refused_by_kind(text: str, code: str) -> None:
    assert refusal(read_id_number, text) == code


@given(some.integers(0, 16), some.integers(1, 9))
def test_any_single_wrong_digit_shows(place: int, shift: int) -> None:
    right = "11010519491231002X"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert refusal(read_id_number, wrong) in ("id_number_check", "id_number_form")
    assert check_character(wrong[:17]) in CHECK_CHARACTERS


@pytest.mark.parametrize("text", ["", "12345678901", "1380013800", "138001380000", "1380013800a", "=1+1"])
def test_bad_telephones_are_refused(text: str) -> None:
    assert refusal(read_telephone, text) == "telephone_form"


@pytest.mark.parametrize("text", ["张三", "阿依古丽·买买提", "欧阳 娜娜", "Jean-Luc O’Neil", "𠮷田"])
def test_names_of_many_kinds_are_read(text: str) -> None:
    assert read_name(f"  {text} ") == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "name_missing"),
        ("张" * 51, "name_too_long"),
        ("张3", "name_form"),
        ("=张三", "name_form"),
        ("张\u202e三", "name_form"),
        ("张\x00三", "name_form"),
        ("··", "name_form"),
    ],
)
def test_bad_names_are_refused_by_kind(text: str, code: str) -> None:
    assert refusal(read_name, text) == code


def test_lines_hold_no_invisible_characters() -> None:
    assert read_line(" 柳树村三组12号 ", "address", 200) == "柳树村三组12号"
    assert refusal(read_line, "柳树\u2066村", "address", 200) == "text_invisible"
    assert refusal(read_line, "柳树\n村", "address", 200) == "text_invisible"
    assert refusal(read_line, "柳" * 201, "address", 200) == "text_too_long"
