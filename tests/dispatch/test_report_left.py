"""report_left: a check is answered with a no, and the placement ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import confirm_still_there, report_left
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record

TODAY = timezone.localdate()


def test_it_works(world, arrived, check):
    day = TODAY - dt.timedelta(days=20)
    report_left(by=world.station_staff, check=check, reason="changed_job", left_on=day)
    check.refresh_from_db()
    arrived.refresh_from_db()
    assert (check.state, check.answered_on) == ("left", TODAY)
    assert (arrived.state, arrived.ended_on, arrived.end_reason) == ("ended", day, "changed_job")
    verbs = set(Record.objects.concerning(arrived.worker).values_list("verb", flat=True))
    assert {"report_left", "end_placement"} <= verbs


def test_the_worker_says_so_himself(himself, check):
    assert report_left(by=himself, check=check, reason="returned").source == "self"


def test_a_stranger_cannot(world, check):
    with pytest.raises(OutOfReach):
        report_left(by=world.stranger, check=check, reason="returned")


def test_a_reason_and_a_day_that_make_sense(world, arrived, check, no):
    given = {"by": world.station_staff, "check": check}
    assert no(report_left, reason="bored", **given) == "not_a_choice"
    before = arrived.arrived_on - dt.timedelta(days=1)
    assert no(report_left, reason="returned", left_on=before, **given) == "before_arrival"
    later = TODAY + dt.timedelta(days=1)
    assert no(report_left, reason="returned", left_on=later, **given) == "day_in_future"
    check.refresh_from_db()
    assert check.state == "due"


def test_not_after_it_was_answered(world, check, no):
    confirm_still_there(by=world.station_staff, check=check)
    assert no(report_left, by=world.station_staff, check=check, reason="returned") == "check_answered"
