"""Clocks that run only while offices are open: the instant by which something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from zhitong.kernel.workdays import is_holiday, is_worked_weekend

Span = tuple[dt.time, dt.time]
MOST_DAYS = 1000
"""Days looked ahead before the settings are taken for ones under which no office ever opens."""


@dataclass(frozen=True)
class OfficeHours:
    """When offices are open: spans of a working day, working days of a week (1 Monday … 7 Sunday), exceptions.

    ``closed`` are days on which this office does not open, ``extra`` days off on which it does; for other days the
    holiday notices of the State Council hold where it ``follows_notices`` (see ``kernel/workdays.py``).
    """

    spans: tuple[Span, ...]
    weekdays: frozenset[int]
    closed: frozenset[dt.date] = field(default_factory=frozenset)
    extra: frozenset[dt.date] = field(default_factory=frozenset)
    follows_notices: bool = False

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether offices open on a day."""
        if day in self.extra or day in self.closed:
            return day in self.extra
        if self.follows_notices and (is_holiday(day) or is_worked_weekend(day)):
            return is_worked_weekend(day)
        return day.isoweekday() in self.weekdays

    def after(self, start: dt.datetime, hours: dt.timedelta) -> dt.datetime:
        """Return the instant at which offices will have been open for so long since ``start`` (aware)."""
        left = hours
        for begins, ends in self._open_from(start):
            if ends - begins >= left:
                return begins + left
            left -= ends - begins
        raise ValueError("under these office hours no office ever opens")

    def _open_from(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Yield the spans in which offices are open from an instant on."""
        here = timezone.localtime(start)
        for step in range(MOST_DAYS):
            day = here.date() + dt.timedelta(days=step)
            for opens, closes in self.spans if self.is_working_day(day) else ():
                begins = dt.datetime.combine(day, opens, here.tzinfo)
                ends = dt.datetime.combine(day, closes, here.tzinfo)
                if ends > here:
                    yield max(begins, here), ends


def office_hours() -> OfficeHours:
    """Return the installation's office hours, read from the settings."""
    return OfficeHours(
        tuple(_span(one) for one in settings.OFFICE_HOURS.split()),
        frozenset(int(one) for one in settings.OFFICE_WEEKDAYS),
        frozenset(dt.date.fromisoformat(one) for one in settings.OFFICE_HOLIDAYS),
        frozenset(dt.date.fromisoformat(one) for one in settings.OFFICE_EXTRA_DAYS),
        follows_notices=True,
    )


def answer_due(now: dt.datetime) -> dt.datetime:
    """Return by when a question that comes now is to be answered."""
    return office_hours().after(now, settings.ENQUIRY_ANSWER_AFTER)


def _span(text: str) -> Span:
    opens, closes = text.split("-")
    return dt.time.fromisoformat(opens), dt.time.fromisoformat(closes)
