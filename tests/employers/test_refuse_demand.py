"""refuse_demand: a post is sent back with the reason."""

from __future__ import annotations

import pytest

from zhitong.employers.actions import refuse_demand


def test_it_works(world):
    demand = world.submitted_demand()
    refuse_demand(by=world.county_officer, demand=demand, reason="工资请按月写清楚")
    demand.refresh_from_db()
    assert (demand.state, demand.refusal) == ("refused", "工资请按月写清楚")


def test_a_stranger_cannot(world, no):
    demand = world.submitted_demand()
    assert no(refuse_demand, by=world.stranger, demand=demand, reason="不想").code == "out_of_reach"
    assert no(refuse_demand, by=world.station_staff, demand=demand, reason="不想").code == "not_allowed"


@pytest.mark.parametrize(("reason", "code"), [("", "too_short"), ("x" * 201, "too_long"), ("@a", "formula")])
def test_a_reason_is_needed(world, no, reason, code):
    refusal = no(refuse_demand, by=world.county_officer, demand=world.submitted_demand(), reason=reason)
    assert (refusal.code, refusal.field) == (code, "reason")


def test_an_open_one_is_closed_and_not_refused(world, no):
    assert (
        no(refuse_demand, by=world.county_officer, demand=world.demand(), reason="太晚").code == "wrong_state"
    )
