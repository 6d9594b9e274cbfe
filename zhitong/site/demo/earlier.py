"""Lets what the demo city does have happened on an earlier day.

Within ``days_ago`` the framework's clock stands behind, so that verbs refuse and write down what they would have
on that day. It moves the clock of the whole process: only for building a city while nobody else works in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

OPENED_AGO = 30
"""Days ago on which the sample accounts were opened, before anything that they did."""


class _AnyInstant(type):
    """Whatever is an instant is one of the clock's own too: templates ask so before they print one."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, dt.datetime)


@contextmanager
def days_ago(days: int, hour: int = 10) -> Iterator[None]:
    """Let everything within happen some days before today, from an hour on; of two the inner one holds."""
    real = vars(timezone)["datetime"]
    vars(timezone).update(datetime=_clock_behind(_since(days, hour)))
    try:
        yield
    finally:
        vars(timezone).update(datetime=real)


def _since(days: int, hour: int) -> dt.timedelta:
    now = dt.datetime.now(timezone.get_current_timezone())
    then = dt.datetime.combine(now.date() - dt.timedelta(days), dt.time(hour), now.tzinfo)
    return now - then


def _clock_behind(by: dt.timedelta) -> type[dt.datetime]:
    class Clock(dt.datetime, metaclass=_AnyInstant):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.now(tz) - by

    return Clock
