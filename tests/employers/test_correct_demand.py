"""correct_demand: what was wrong of a post is put right; an approved one is checked anew."""

from __future__ import annotations

import pytest

from zhitong.employers.actions import approve_demand, close_demand, correct_demand, refuse_demand
from zhitong.employers.models import Demand
from zhitong.kernel.errors import Faster
from zhitong.kernel.models import Record


def test_it_works(world):
    demand = world.submitted_demand()
    correct_demand(by=world.station_staff, demand=demand, facts=world.demand_facts(seats=20), seen=1)
    demand.refresh_from_db()
    assert (demand.seats, demand.state, demand.version) == (20, "submitted", 2)
    line = Record.objects.of(demand).get(verb="correct_demand")
    assert [(one["field"], one["from"], one["to"]) for one in line.moves] == [("seats", 10, 20)]


def test_an_approved_one_goes_back_to_be_checked(world):
    demand = world.demand()
    correct_demand(by=world.employer_clerk, demand=demand, facts=world.demand_facts(wage_low_fen=500_000))
    demand.refresh_from_db()
    assert (demand.state, demand.approved_by, demand.approved_at) == ("submitted", None, None)


def test_the_same_facts_again_change_nothing(world):
    demand = world.demand()
    correct_demand(by=world.employer_clerk, demand=demand, facts=world.demand_facts())
    demand.refresh_from_db()
    assert (demand.state, demand.version) == ("approved", 1)


def test_certificates_alone_are_a_correction_too(world):
    demand = world.demand()
    facts = world.demand_facts(certificates=(world.welding_certificate,))
    correct_demand(by=world.station_staff, demand=demand, facts=facts)
    demand.refresh_from_db()
    assert (demand.state, demand.version) == ("submitted", 2)
    assert list(demand.certificates.all()) == [world.welding_certificate]


def test_a_refused_one_stays_refused_until_it_is_handed_in(world):
    demand = refuse_demand(by=world.county_officer, demand=world.submitted_demand(), reason="工资请写清")
    assert (
        correct_demand(by=world.station_staff, demand=demand, facts=world.demand_facts(seats=3)).state
        == "refused"
    )


def test_a_stranger_cannot(world, no):
    demand, facts = world.submitted_demand(), world.demand_facts(seats=3)
    assert no(correct_demand, by=world.stranger, demand=demand, facts=facts).code == "out_of_reach"
    assert no(correct_demand, by=world.auditor, demand=demand, facts=facts).code == "not_allowed"


def test_who_only_reads_an_open_one_cannot(world, no):
    demand, facts = world.demand(), world.demand_facts(seats=3)
    assert no(correct_demand, by=world.other_station_staff, demand=demand, facts=facts).code == "not_allowed"


def test_a_closed_one_is_not_corrected(world, no):
    demand = close_demand(by=world.station_staff, demand=world.demand(), reason="filled")
    assert (
        no(correct_demand, by=world.station_staff, demand=demand, facts=world.demand_facts()).code
        == "demand_closed"
    )


def test_unlawful_conditions_do_not_come_in_later(world, no):
    demand = world.submitted_demand()
    refusal = no(
        correct_demand, by=world.station_staff, demand=demand, facts=world.demand_facts(details="限男性")
    )
    assert refusal.code == "unlawful_sex_men"


def test_the_slower_of_two_is_told(world):
    demand = world.submitted_demand()
    slower = Demand.objects.get(pk=demand.pk)
    correct_demand(by=world.station_staff, demand=demand, facts=world.demand_facts(seats=3), seen=1)
    with pytest.raises(Faster):
        correct_demand(by=world.county_officer, demand=slower, facts=world.demand_facts(seats=4), seen=1)
    demand.refresh_from_db()
    assert demand.seats == 3


def test_a_post_approved_meanwhile_is_not_corrected_unseen(world):
    demand = world.submitted_demand()
    slower = Demand.objects.get(pk=demand.pk)
    approve_demand(by=world.county_officer, demand=demand)
    with pytest.raises(Faster):
        correct_demand(by=world.station_staff, demand=slower, facts=world.demand_facts(seats=4))
