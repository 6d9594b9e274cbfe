"""The unified social credit code: GB 32100-2015."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhitong.employers.credit_code import CHARACTERS, check_character, fault_of, normal_credit_code

FIRST = st.tuples(
    st.text(CHARACTERS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CHARACTERS, min_size=9, max_size=9),
).map("".join)


def test_the_worked_example_of_the_standard():
    """Weighted sum 1640, 28 modulo 31, so the check value is 3."""
    assert check_character("91350100M000100Y4") == "3"
    assert fault_of("91350100M000100Y43") == ""
    assert fault_of("91350100M000100Y4Z") == "shape" and fault_of("91350100M000100Y44") == "check"


@given(FIRST, st.integers(0, 16), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_found(first, place, other):
    code = first + check_character(first)
    assert fault_of(code) == ""
    wrong = code[:place] + other + code[place + 1 :]
    assert (fault_of(wrong) == "") == (wrong == code)


def test_codes_are_read_as_people_write_them():
    assert normal_credit_code(" ９１350100-m000100y43 ") == "91350100M000100Y43"
