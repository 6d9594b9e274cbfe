"""What the demo lets happen on an earlier day: the clock stands behind, and goes right again afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from zhitong.site.demo.earlier import days_ago

HOUR = dt.timedelta(hours=1)


def test_it_works() -> None:
    today = timezone.localdate()
    with days_ago(5, hour=9):
        then = timezone.localtime()
        assert then.date() == today - dt.timedelta(5) and then.hour == 9
        assert timezone.localdate() == then.date()
    assert timezone.localdate() == today


def test_the_inner_day_holds_and_then_the_outer_one() -> None:
    with days_ago(9):
        outer = timezone.localdate()
        with days_ago(2):
            assert timezone.localdate() == outer + dt.timedelta(7)
        assert timezone.localdate() == outer


def test_an_error_sets_the_clock_right() -> None:
    with pytest.raises(ValueError), days_ago(9):
        raise ValueError
    assert abs(timezone.now() - dt.datetime.now(dt.UTC)) < HOUR


def test_instants_are_still_printed_in_local_time() -> None:
    moment = dt.datetime(2026, 1, 1, 20, 30, tzinfo=dt.UTC)
    with days_ago(3):
        assert Template("{{ moment|date:'j H:i' }}").render(Context({"moment": moment})) == "2 04:30"
