"""What several devices stated comes to the same, in whatever order and however often it arrives."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from zhitong.workers.merging import Claim, Merged, Origin, merge

START = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 1)
ORIGIN = Origin("a", "v", DAY)
NOTHING = Merged(None, ())


def claim(key: str, seen: str, value: str, minutes: int = 0, days: int | None = None) -> Claim:
    checked_on = None if days is None else DAY + dt.timedelta(days=days)
    return Claim(key, seen, value, START + dt.timedelta(minutes=minutes), checked_on)


@st.composite
def histories(draw: st.DrawFn) -> list[Claim]:
    """Claims of some devices, each of which saw the origin, something older, or the claim of another."""
    claims: list[Claim] = []
    for number in range(draw(st.integers(1, 6))):
        seen = draw(st.sampled_from(["v", "old", *(one.key for one in claims)]))
        days = draw(st.one_of(st.none(), st.integers(0, 3)))
        claims.append(claim(f"k{number}", seen, draw(st.sampled_from("abcd")), draw(st.integers(0, 3)), days))
    return claims


@given(histories(), st.randoms())
def test_order_and_repetition_change_nothing(claims: list[Claim], chance: object) -> None:
    arrived = claims + claims[::2]
    chance.shuffle(arrived)  # type: ignore[attr-defined]
    assert merge(ORIGIN, arrived) == merge(ORIGIN, claims)


@given(histories())
def test_nothing_is_lost(claims: list[Claim]) -> None:
    """Every value that nobody saw before stating another is shown or waits for a decision."""
    found = merge(ORIGIN, claims)
    shown = ORIGIN.value if found.shown is None else found.shown.value
    seen = {one.seen for one in claims}
    said = {one.value for one in claims if one.key not in seen}
    assert said <= {shown, *(one.value for one in found.contested)}
    assert shown not in {one.value for one in found.contested}


@given(histories())
def test_what_saw_something_older_is_never_shown_by_itself(claims: list[Claim]) -> None:
    found = merge(ORIGIN, [one for one in claims if one.seen == "old" and one.value != "a"])
    assert found.shown is None


def test_one_claim_stands() -> None:
    one = claim("k", "v", "b")
    assert merge(ORIGIN, [one]) == Merged(one, ()) and merge(ORIGIN, []) == NOTHING


def test_of_two_the_one_stated_first_is_shown_until_somebody_decides() -> None:
    first, second = claim("x", "v", "b", 1), claim("y", "v", "c", 2)
    assert merge(ORIGIN, [second, first]) == Merged(first, (second,))


def test_of_two_checks_the_later_day_is_shown() -> None:
    first, second = claim("x", "v", "b", 1, 0), claim("y", "v", "c", 2, 1)
    assert merge(ORIGIN, [first, second]) == Merged(second, (first,))


def test_who_saw_a_claim_takes_its_place() -> None:
    first, other, next_ = claim("x", "v", "b", 1), claim("y", "v", "c", 2), claim("z", "x", "d", 3)
    assert merge(ORIGIN, [first, next_]) == Merged(next_, ())
    assert merge(ORIGIN, [first, next_, other]) == Merged(next_, (other,))


def test_back_to_what_was_is_a_claim_like_any_other() -> None:
    there, back = claim("x", "v", "b", 1), claim("y", "x", "a", 2)
    assert merge(ORIGIN, [there, back]) == Merged(back, ())


def test_claims_that_saw_each_other_end_nothing() -> None:
    assert merge(ORIGIN, [claim("x", "y", "b"), claim("y", "x", "c")]) == NOTHING
