"""cancel_round: a round is called off while nothing came of it."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import adopt_proposals, cancel_round, give_up_round, open_round, take_up_round
from zhitong.matching.models import Proposal


def test_it_works(world):
    held = open_round(by=world.county_officer, org=world.county)
    cancel_round(by=world.county_officer, round=held)
    held.refresh_from_db()
    assert held.state == "cancelled" and held.job.state == "cancelled"


def test_a_stranger_cannot(world):
    held = open_round(by=world.county_officer, org=world.county)
    with pytest.raises(OutOfReach):
        cancel_round(by=world.other_county_officer, round=held)


def test_what_was_proposed_is_passed_over(world, solved):
    cancel_round(by=world.county_officer, round=solved)
    assert set(Proposal.objects.values_list("state", "decided_by")) == {
        ("passed_over", world.county_officer.pk)
    }


def test_not_after_somebody_was_offered_a_post(world, solved, no):
    first = solved.proposals.filter(group_number=None).first()
    adopt_proposals(by=world.county_officer, round=solved, proposals=[first.pk])
    assert no(cancel_round, by=world.county_officer, round=solved) == "offers_sent"


def test_not_while_it_is_computed(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    take_up_round(by=world.system, round=held)
    assert no(cancel_round, by=world.county_officer, round=held) == "solving"


def test_a_round_that_failed_can_go(world):
    held = open_round(by=world.county_officer, org=world.county)
    take_up_round(by=world.system, round=held)
    give_up_round(by=world.system, round=held, code="interrupted")
    assert cancel_round(by=world.county_officer, round=held).state == "cancelled"


def test_a_round_whose_job_died_can_go(world):
    held = open_round(by=world.county_officer, org=world.county)
    take_up_round(by=world.system, round=held)
    type(held.job).objects.filter(pk=held.job_id).update(state="failed")
    assert cancel_round(by=world.county_officer, round=held).state == "cancelled"


def test_not_twice(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    cancel_round(by=world.county_officer, round=held)
    assert no(cancel_round, by=world.county_officer, round=held) == "wrong_state"
