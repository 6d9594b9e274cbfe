"""Working days: Monday to Friday, but for public holidays, and for the weekends that are worked in their place.

The General Office of the State Council says each autumn how the next year's holidays lie; what it said is the table
``YEARS``. Of a year that is not in it only Monday to Friday is known: its holidays then count as working days and its
worked weekends as days off, unless the settings ``ZHITONG_HOLIDAYS`` and ``ZHITONG_WORKED_DAYS`` name them. A last
day that reaches into such a year is shown as supposed (``supposed_years``); ``zhitong check`` says what is missing.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings

FRIDAY = 4


@dataclass(frozen=True)
class Year:
    """The holidays of a year as its notice orders them: days off, and weekend days that are worked."""

    off: frozenset[dt.date]
    worked: frozenset[dt.date]


def _year(year: int, off: str, worked: str) -> Year:
    return Year(frozenset(_days(year, off)), frozenset(_days(year, worked)))


def _days(year: int, text: str) -> Iterator[dt.date]:
    """Yield the days of ``01-01 02-10/02-17``: single days, and spans with both ends."""
    for part in text.split():
        first, _slash, last = part.partition("/")
        day, end = (dt.date.fromisoformat(f"{year}-{one}") for one in (first, last or first))
        while day <= end:
            yield day
            day += dt.timedelta(days=1)


YEARS: Mapping[int, Year] = {
    2024: _year(
        2024,
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-08/06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: _year(
        2025,
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: _year(
        2026,
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}  # fmt: skip
"""国务院办公厅关于2024年、2025年、2026年部分节假日安排的通知: 国办发明电〔2023〕7号 of 25 October 2023,
〔2024〕12号 of 12 November 2024, 〔2025〕7号 of 4 November 2025."""


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices work on a day; what an installation names itself comes first."""
    if day.isoformat() in settings.HOLIDAYS:
        return False
    if day.isoformat() in settings.WORKED_DAYS or is_worked_weekend(day):
        return True
    return day.weekday() <= FRIDAY and not is_holiday(day)


def is_holiday(day: dt.date) -> bool:
    """Tell whether the notice of the year orders the day off, be it a weekend."""
    return day.year in YEARS and day in YEARS[day.year].off


def is_worked_weekend(day: dt.date) -> bool:
    """Tell whether the notice of the year orders work on this day of a weekend."""
    return day.year in YEARS and day in YEARS[day.year].worked


def after_working_days(day: dt.date, count: int) -> dt.date:
    """Return the last of so many working days that follow a day; the day itself is not counted."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many calendar months later, or the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def supposed_years(first: dt.date, last: dt.date) -> list[int]:
    """Return the years of a span whose holidays nobody has told: there Monday to Friday is supposed."""
    named = {one[:4] for one in (*settings.HOLIDAYS, *settings.WORKED_DAYS)}
    return [year for year in range(first.year, last.year + 1) if year not in YEARS and str(year) not in named]
