"""end_placement: when and why somebody left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import confirm_still_there, end_placement
from zhitong.dispatch.models import Placement
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.models import Offer

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def test_it_works(world, arrived, check):
    confirm_still_there(by=world.station_staff, check=check)
    ended = end_placement(by=world.county_officer, placement=arrived, reason="returned")
    assert (ended.state, ended.ended_on, ended.end_reason) == ("ended", TODAY, "returned")
    states = list(arrived.checks.order_by("months").values_list("state", flat=True))
    assert states == ["still_there", "left", "left"]
    assert ended.offer not in Offer.objects.holding()
    ended.worker.refresh_from_db()
    assert (ended.worker.status, ended.worker.work_region) == ("returned", None)
    assert Record.objects.of(arrived).get(verb="end_placement").given["reason"] == "returned"


@pytest.mark.parametrize(("reason", "status"), [("changed_job", "away"), ("dismissed", "away_seeking")])
def test_the_register_learns_of_it(world, arrived, reason, status):
    end_placement(by=world.station_staff, placement=arrived, reason=reason)
    arrived.worker.refresh_from_db()
    assert (arrived.worker.status, arrived.worker.work_region) == (status, world.host_city)


def test_a_stranger_cannot(world, arrived):
    with pytest.raises(OutOfReach):
        end_placement(by=world.other_station_staff, placement=arrived, reason="returned")


def test_a_reason_from_the_list(world, arrived, no):
    assert no(end_placement, by=world.station_staff, placement=arrived, reason="bored") == "not_a_choice"


def test_a_day_between_arrival_and_today(world, arrived, no):
    given = {"by": world.station_staff, "placement": arrived, "reason": "returned"}
    assert no(end_placement, ended_on=TODAY + DAY, **given) == "day_in_future"
    assert no(end_placement, ended_on=arrived.arrived_on - DAY, **given) == "before_arrival"


def test_not_before_arrival_and_once(world, placement, no):
    given = {"by": world.station_staff, "reason": "returned"}
    assert no(end_placement, placement=placement, **given) == "placement_settled"
    there = world.arrived()
    stale = Placement.objects.get(pk=there.pk)
    end_placement(placement=there, **given)
    assert no(end_placement, placement=stale, **given) == "placement_settled"
