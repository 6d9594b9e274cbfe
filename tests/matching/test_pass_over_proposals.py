"""pass_over_proposals: a named person decides against proposals."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import open_round, pass_over_proposals
from zhitong.matching.models import Offer, Proposal


def test_it_works(world, solved):
    held = pass_over_proposals(by=world.county_officer, round=solved)
    assert held.state == "adopted" and held.summary["passed_over"] == 3
    assert set(Proposal.objects.values_list("state", "decided_by")) == {
        ("passed_over", world.county_officer.pk)
    }
    assert not Offer.objects.exists()
    assert Record.objects.of(solved).get(verb="pass_over_proposals").row_count == 3


def test_a_stranger_cannot(world, solved):
    with pytest.raises(OutOfReach):
        pass_over_proposals(by=world.stranger, round=solved)


def test_a_couple_is_passed_over_together(world, solved):
    wife = Proposal.objects.get(worker=world.couple[1])
    held = pass_over_proposals(by=world.county_officer, round=solved, proposals=[wife.pk])
    assert held.state == "proposed"
    assert {one.worker for one in Proposal.objects.filter(state="passed_over")} == set(world.couple)


def test_not_twice(world, solved, no):
    first = [Proposal.objects.filter(group_number=None).first().pk]
    pass_over_proposals(by=world.county_officer, round=solved, proposals=first)
    assert (
        no(pass_over_proposals, by=world.county_officer, round=solved, proposals=first) == "nothing_undecided"
    )
    pass_over_proposals(by=world.county_officer, round=solved)
    assert no(pass_over_proposals, by=world.county_officer, round=solved) == "round_decided"


def test_not_before_there_is_a_result(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    assert no(pass_over_proposals, by=world.county_officer, round=held) == "round_not_proposed"
