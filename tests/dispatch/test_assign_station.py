"""assign_station: who receives the worker."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import assign_station, end_placement, report_unreachable
from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record


def test_it_works(world, arrived):
    assign_station(by=world.county_officer, placement=arrived, station=world.other_station)
    arrived.refresh_from_db()
    assert arrived.station == world.other_station
    assert set(arrived.checks.values_list("station", flat=True)) == {world.other_station.pk}
    line = Record.objects.of(arrived).get(verb="assign_station")
    assert line.moves[0]["to"] == f"kernel.Org:{world.other_station.pk}"


def test_a_stranger_cannot(world, placement):
    with pytest.raises(OutOfReach):
        assign_station(by=world.other_county_officer, placement=placement, station=world.other_station)
    with pytest.raises(NotAllowed):
        assign_station(by=world.employer_clerk, placement=placement, station=world.station)


def test_only_a_standing_station(world, placement, no):
    given = {"by": world.county_officer, "placement": placement}
    assert no(assign_station, station=world.department, **given) == "not_a_station"
    world.other_station.closed_on = timezone.localdate()
    world.other_station.save()
    assert no(assign_station, station=world.other_station, **given) == "not_a_station"


def test_only_one_in_the_city_of_the_post(world, placement, no):
    away = open_org(
        by=world.system, parent=world.county, kind="station", name="驻别处站", host_city=world.home_city
    )
    assert no(assign_station, by=world.county_officer, placement=placement, station=away) == "other_city"


def test_not_when_it_is_over(world, arrived, no):
    end_placement(by=world.county_officer, placement=arrived, reason="returned")
    given = {"by": world.county_officer, "placement": arrived, "station": world.other_station}
    assert no(assign_station, **given) == "placement_settled"


def test_who_could_not_be_reached_goes_over_too(world, arrived):
    first = arrived.checks.earliest("due_on")
    type(first).objects.filter(pk=first.pk).update(due_on=timezone.localdate())
    first.refresh_from_db()
    report_unreachable(by=world.station_staff, check=first)
    assign_station(by=world.county_officer, placement=arrived, station=world.other_station)
    assert set(arrived.checks.values_list("station", flat=True)) == {world.other_station.pk}
