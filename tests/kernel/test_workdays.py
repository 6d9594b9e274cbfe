"""Working days follow the holiday notices of the State Council; of years without one that is said."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.workdays import YEARS, after_working_days, is_working_day, supposed_years
from zhitong.rights.hours import office_hours
from zhitong.site.commands.check import unlisted_years


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2026-02-14", True), ("2026-02-16", False), ("2026-02-28", True), ("2026-03-01", False),
        ("2026-10-07", False), ("2026-10-08", True), ("2026-10-10", True), ("2026-01-04", True),
        ("2025-01-26", True), ("2025-02-04", False), ("2024-05-11", True), ("2024-10-12", True),
        ("2024-06-10", False),
    ],
)  # fmt: skip
def test_it_works(text, works):
    assert is_working_day(day(text)) is works and office_hours().is_working_day(day(text)) is works


def test_the_spring_festival_is_passed_over():
    assert after_working_days(day("2026-02-13"), 2) == day("2026-02-24")
    assert after_working_days(day("2026-02-13"), 6) == day("2026-02-28")


@pytest.mark.parametrize("year", sorted(YEARS))
def test_the_table_is_a_possible_one(year):
    """Worked days lie on weekends, and as many working days are off as the law gives days."""
    off, worked = YEARS[year].off, YEARS[year].worked
    assert all(one.year == year for one in off | worked) and not off & worked
    assert all(one.weekday() > 4 for one in worked)
    free = sum(one.weekday() <= 4 for one in off) - len(worked)
    assert free == len(LEGAL[year]) and LEGAL[year] <= off


def legal(year: int, text: str) -> frozenset[dt.date]:
    return frozenset(day(f"{year}-{one}") for one in text.split())


LEGAL = {
    2024: legal(2024, "01-01 02-10 02-11 02-12 04-04 05-01 06-10 09-17 10-01 10-02 10-03"),
    2025: legal(2025, "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06"),
    2026: legal(2026, "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03"),
}
"""The days that everybody has off by the regulation on public holidays (State Council Decree 795 from 2025 on)."""


def test_an_installation_names_its_own(settings):
    settings.HOLIDAYS, settings.WORKED_DAYS = frozenset({"2026-11-24"}), frozenset({"2026-11-28"})
    assert not is_working_day(day("2026-11-24")) and is_working_day(day("2026-11-28"))
    settings.HOLIDAYS = frozenset({"2026-10-10"})
    assert not is_working_day(day("2026-10-10"))


def test_a_year_without_a_notice_is_named(settings):
    assert supposed_years(day("2026-12-20"), day("2027-01-11")) == [2027]
    assert supposed_years(day("2026-11-01"), day("2026-12-31")) == []
    assert is_working_day(day("2027-01-01"))
    settings.HOLIDAYS = frozenset({"2027-01-01"})
    assert supposed_years(day("2026-12-20"), day("2027-01-11")) == []
    assert not is_working_day(day("2027-01-01"))


def test_the_administrator_is_told_in_december():
    assert unlisted_years(day("2026-11-22")) == [] and unlisted_years(day("2026-12-05")) == [2027]
