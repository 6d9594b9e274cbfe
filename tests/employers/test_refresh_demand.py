"""refresh_demand: somebody confirms that a post is still open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_demand, refresh_demand
from zhitong.employers.models import Demand
from zhitong.kernel.errors import Faster


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.mark.unwatched
def test_it_works(world):
    demand = world.demand()
    Demand.objects.filter(pk=demand.pk).update(refreshed_on=in_days(-80))
    demand.refresh_from_db()
    refresh_demand(by=world.employer_clerk, demand=demand, valid_until=in_days(120))
    demand.refresh_from_db()
    assert (demand.valid_until, demand.refreshed_on, demand.state) == (in_days(120), in_days(0), "approved")


def test_a_stranger_cannot(world, no):
    demand = world.demand()
    for somebody in (world.stranger, world.other_station_staff, world.other_county_officer):
        assert no(refresh_demand, by=somebody, demand=demand, valid_until=in_days(9)).code == "not_allowed"


@pytest.mark.parametrize(("days", "code"), [(-1, "validity_past"), (181, "validity_too_long")])
def test_the_new_day_must_make_sense(world, no, days, code):
    refusal = no(refresh_demand, by=world.station_staff, demand=world.demand(), valid_until=in_days(days))
    assert (refusal.code, refusal.field) == (code, "valid_until")


def test_only_an_open_one_is_confirmed(world, no):
    demand = world.submitted_demand()
    assert (
        no(refresh_demand, by=world.station_staff, demand=demand, valid_until=in_days(9)).code == "not_open"
    )


def test_one_closed_meanwhile_stays_closed(world):
    demand = world.demand()
    slower = Demand.objects.get(pk=demand.pk)
    close_demand(by=world.employer_clerk, demand=demand, reason="filled")
    with pytest.raises(Faster):
        refresh_demand(by=world.station_staff, demand=slower, valid_until=in_days(9))
