"""What posts usually pay: quartiles from employers, and the fences beyond which pay is far off."""

from __future__ import annotations

import pytest

from tests.employers.test_adverts_bait import advert
from zhitong.employers.adverts import Sign, Usual, bait_signs, usual_of

USUAL = Usual(low=450_000, middle=500_000, high=550_000, employers=20)


def test_it_works() -> None:
    found = usual_of([fen * 1000 for fen in range(400, 420)])
    assert found == Usual(low=405_000, middle=410_000, high=415_000, employers=20)
    assert str(found) == "4050-4150"


def test_few_employers_say_nothing() -> None:
    assert usual_of([500_000] * 9) is None
    assert usual_of([500_000] * 10) is not None


def test_where_all_agree_pay_may_still_differ() -> None:
    least, most = Usual(500_000, 500_000, 500_000, 30).fences
    assert (least, most) == (250_000, 750_000)


def test_a_wide_spread_moves_the_fences() -> None:
    least, most = Usual(400_000, 600_000, 800_000, 30).fences
    assert (least, most) == (50_000, 6_400_000)


@pytest.mark.parametrize(
    ("salary", "expected"),
    [
        ("5000-6000", []),
        ("9500-11000", []),
        ("10500-12000", ["wage_above_usual"]),
        ("2000-2400", ["wage_below_usual"]),
        ("2000-3000", []),
    ],
)
def test_pay_is_held_against_the_usual(salary: str, expected: list[str]) -> None:
    assert [
        sign.code for sign in bait_signs(advert(salary=salary, details="车间包装"), usual=USUAL)
    ] == expected


def test_the_sentence_names_the_usual_pay() -> None:
    [sign] = bait_signs(advert(salary="15000-16000", details="包装成品"), usual=USUAL)
    assert sign == Sign("wage_above_usual", "15000-16000", "4500-5500")
    assert "4500-5500元" in sign.sentence


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ("月过万！", ["income_promised", "promise_without_duties"]),
        ("月过万，负责成品检验、贴标和装箱", ["income_promised"]),
    ],
)
def test_a_promise_without_duties(details: str, expected: list[str]) -> None:
    assert [sign.code for sign in bait_signs(advert(details=details))] == expected
