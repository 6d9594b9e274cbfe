"""Working days: Monday to Friday, but for the holidays that an installation names."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

FRIDAY = 4


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices work on a day."""
    return day.weekday() <= FRIDAY and day.isoformat() not in settings.HOLIDAYS


def after_working_days(day: dt.date, count: int) -> dt.date:
    """Return the last of so many working days that follow a day; the day itself is not counted."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day
