"""Clocks that run only while offices are open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.rights.hours import OfficeHours, answer_due, office_hours

NINE, NOON, ONE, FIVE = dt.time(9), dt.time(12), dt.time(13), dt.time(17)
WEEK = OfficeHours(((NINE, NOON), (ONE, FIVE)), frozenset(range(1, 6)))


def at(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23 09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 11:00", 2, "2026-11-23 14:00"),
        ("2026-11-23 12:30", 1, "2026-11-23 14:00"),
        ("2026-11-23 09:00", 7, "2026-11-23 17:00"),
        ("2026-11-23 16:30", 14, "2026-11-25 16:30"),
        ("2026-11-27 16:00", 2, "2026-11-30 10:00"),
        ("2026-11-28 03:00", 7, "2026-11-30 17:00"),
        ("2026-11-23 20:00", 0, "2026-11-24 09:00"),
    ],
)
def test_only_open_hours_count(start, hours, due):
    assert WEEK.after(at(start), dt.timedelta(hours=hours)) == at(due)


def test_holidays_and_days_worked_instead():
    closed, extra = dt.date(2026, 11, 24), dt.date(2026, 11, 28)
    hours = OfficeHours(WEEK.spans, WEEK.weekdays, frozenset([closed]), frozenset([extra]))
    assert hours.after(at("2026-11-23 17:00"), dt.timedelta(hours=1)) == at("2026-11-25 10:00")
    assert hours.after(at("2026-11-27 17:00"), dt.timedelta(hours=1)) == at("2026-11-28 10:00")


def test_the_settings_are_read(settings):
    settings.OFFICE_HOURS, settings.OFFICE_WEEKDAYS = "08:00-10:00", "1234567"
    settings.OFFICE_HOLIDAYS, settings.ENQUIRY_ANSWER_AFTER = ["2026-11-24"], dt.timedelta(hours=3)
    assert answer_due(at("2026-11-23 08:00")) == at("2026-11-25 09:00")
    assert office_hours().closed == {dt.date(2026, 11, 24)}


def test_offices_that_never_open_are_an_error():
    with pytest.raises(ValueError, match="no office ever opens"):
        OfficeHours((), frozenset()).after(at("2026-11-23 09:00"), dt.timedelta(hours=1))
