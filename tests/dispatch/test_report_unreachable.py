"""report_unreachable: nobody could be reached, which is not the same as having left."""

from __future__ import annotations

import pytest

from zhitong.dispatch.actions import confirm_still_there, report_unreachable
from zhitong.kernel.errors import NotAllowed, OutOfReach


def test_it_works(world, check):
    assert report_unreachable(by=world.station_staff, check=check).state == "unreachable"
    check.placement.refresh_from_db()
    assert check.placement.state == "arrived"


def test_a_stranger_cannot(world, check):
    with pytest.raises(OutOfReach):
        report_unreachable(by=world.other_station_staff, check=check)
    with pytest.raises(NotAllowed):
        report_unreachable(by=world.employer_clerk, check=check)


def test_not_before_it_is_due(world, no):
    check = world.arrived().checks.get(months=1)
    assert no(report_unreachable, by=world.station_staff, check=check) == "not_due"


def test_once(world, check, no):
    report_unreachable(by=world.station_staff, check=check)
    assert no(report_unreachable, by=world.station_staff, check=check) == "unreachable_already"


def test_not_after_it_was_answered(world, check, no):
    confirm_still_there(by=world.station_staff, check=check)
    assert no(report_unreachable, by=world.station_staff, check=check) == "check_answered"
