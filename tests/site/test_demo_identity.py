"""Numbers of the demo pass every check and can belong to nobody."""

import numpy as np
import pytest

from zhitong.site.data import read_rows
from zhitong.site.demo.identity import NEVER_A_PREFECTURE, credit_codes, identity_numbers, telephones

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def numbers(unit: list[int], born: list[str], female: list[bool]) -> list[str]:
    made = identity_numbers(np.array(unit), np.array(born, "datetime64[D]"), np.array(female))
    return [number.decode() for number in made.tolist()]


def right_identity_check(number: str) -> bool:
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11] == number[17]


def right_credit_check(code: str) -> bool:
    total = sum(CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    body = sum(int(c, 36) * w for c, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return CREDIT[-total % 31] == code[17] and "0123456789X0"[11 - body % 11] == code[16]


def test_the_checks_of_this_test_know_the_examples_of_the_standards() -> None:
    assert right_identity_check("11010519491231002X")
    assert not right_identity_check("110105194912310020")
    assert right_credit_check("91350100M000100Y43")
    assert not right_credit_check("91350100M000100Y44")


def test_identity_numbers_tell_unit_birth_and_sex() -> None:
    found = numbers([1, 15, 7], ["1988-02-29", "2004-12-01", "1963-01-09"], [False, True, False])
    assert [number[:6] for number in found] == ["529901", "529915", "529907"]
    assert [number[6:14] for number in found] == ["19880229", "20041201", "19630109"]
    assert [int(number[16]) % 2 for number in found] == [1, 0, 1]
    assert all(map(right_identity_check, found))


def test_no_code_ever_issued_shares_the_prefix() -> None:
    ever = {
        row["code"][2:4]
        for table in ("division_code_history_cn", "divisions_cn_2024")
        for row in read_rows(table)
    }
    assert NEVER_A_PREFECTURE not in ever
    assert "03" in ever


def test_people_born_on_one_day_get_different_numbers() -> None:
    found = numbers([3] * 998, ["1990-05-05"] * 998, [i % 2 == 0 for i in range(998)])
    assert len(set(found)) == 998
    assert all(map(right_identity_check, found))
    assert {number[17] for number in found} == set("0123456789X")


def test_more_births_than_serials_are_refused() -> None:
    with pytest.raises(ValueError, match="serials"):
        numbers([3] * 500, ["1990-05-05"] * 500, [True] * 500)


def test_telephones_differ_and_are_of_the_unassigned_range() -> None:
    made = telephones(200_000, 99_999_990).tolist()
    assert len(set(made)) == len(made)
    assert {str(number)[:3] for number in made} == {"154"}
    assert {len(str(number)) for number in made} == {11}


def test_credit_codes_are_right_and_different() -> None:
    made = [
        code.decode() for code in credit_codes(np.array([33, 44, 31] * 400), np.arange(1200) * 7919).tolist()
    ]
    assert len(set(made)) == 1200
    assert all(map(right_credit_check, made))
    assert {code[4:6] for code in made} == {NEVER_A_PREFECTURE}
