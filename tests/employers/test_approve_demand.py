"""approve_demand: an office opens a post for matching."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import approve_demand, refuse_demand, submit_demand
from zhitong.employers.models import Demand
from zhitong.kernel.errors import Faster
from zhitong.kernel.models import Record


def test_it_works(world):
    demand = world.submitted_demand()
    approve_demand(by=world.county_officer, demand=demand)
    demand.refresh_from_db()
    assert (demand.state, demand.approved_by) == ("approved", world.county_officer)
    assert demand.approved_at is not None and demand.refreshed_on == timezone.localdate()
    line = Record.objects.of(demand).get(verb="approve_demand")
    assert line.moves == [
        {"row": f"employers.Demand:{demand.pk}", "field": "state", "from": "submitted", "to": "approved"}
    ]


def test_an_open_post_is_seen_by_all_but_other_employers(world):
    demand = world.demand()
    for reader in (world.other_station_staff, world.stranger, world.village_officer):
        assert demand in Demand.objects.visible_to(reader)
    assert demand not in Demand.objects.visible_to(world.other_employer_clerk)


def test_a_stranger_cannot(world, no):
    demand = world.submitted_demand()
    assert no(approve_demand, by=world.stranger, demand=demand).code == "out_of_reach"
    assert no(approve_demand, by=world.other_county_officer, demand=demand).code == "out_of_reach"


def test_who_collected_it_cannot(world, no):
    demand = world.submitted_demand()
    for somebody in (world.station_staff, world.employer_clerk, world.township_officer):
        assert no(approve_demand, by=somebody, demand=demand).code in ("not_allowed", "out_of_reach")


def test_its_employer_must_have_been_checked(world, waiting, no):
    given = {"by": world.station_staff, "org": world.station, "employer": waiting}
    demand = submit_demand(**given, facts=world.demand_facts())
    assert no(approve_demand, by=world.county_officer, demand=demand).code == "employer_not_approved"


@pytest.mark.unwatched
def test_its_validity_must_not_be_over(world, no):
    demand = world.submitted_demand()
    Demand.objects.filter(pk=demand.pk).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    demand.refresh_from_db()
    assert no(approve_demand, by=world.county_officer, demand=demand).code == "validity_past"


def test_a_refused_one_is_handed_in_first(world, no):
    demand = refuse_demand(by=world.county_officer, demand=world.submitted_demand(), reason="工资请写清")
    assert no(approve_demand, by=world.county_officer, demand=demand).code == "wrong_state"


def test_of_two_who_decide_the_slower_is_told(world):
    demand = world.submitted_demand()
    slower = Demand.objects.get(pk=demand.pk)
    refuse_demand(by=world.county_officer, demand=demand, reason="工资请写清")
    with pytest.raises(Faster):
        approve_demand(by=world.city_officer, demand=slower)
    demand.refresh_from_db()
    assert demand.state == "refused"


def test_not_a_post_that_was_corrected_unseen(world):
    demand = world.submitted_demand()
    stale = Demand.objects.get(pk=demand.pk)
    Demand.objects.filter(pk=demand.pk).update(version=demand.version + 1)
    for seen in (None, stale.version):
        with pytest.raises(Faster):
            approve_demand(by=world.county_officer, demand=stale, seen=seen)
    approve_demand(by=world.county_officer, demand=stale, seen=demand.version + 1)
