"""adopt_proposals: a named person turns proposals into offers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_demand
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import adopt_proposals, pass_over_proposals
from zhitong.matching.models import Offer, Proposal
from zhitong.workers.actions import confirm_status

TODAY = timezone.localdate()


def test_it_works(world, solved):
    held = adopt_proposals(by=world.county_officer, round=solved)
    assert held.state == "adopted" and held.summary["adopted"] == 3
    offers = Offer.objects.all()
    assert len(offers) == 3
    for offer in offers:
        assert (offer.state, offer.due_on) == ("sent", TODAY + dt.timedelta(days=3))
        assert offer.sent_by == world.county_officer and offer.village == world.village
        assert offer.proposal.worker == offer.worker and offer.proposal.demand == offer.demand
        assert offer.employer_org == offer.demand.employer_org
        assert offer.proposal.state == "adopted" and offer.proposal.decided_by == world.county_officer
    line = Record.objects.of(solved).get(verb="adopt_proposals")
    assert line.row_count == 3 and line.actor == world.county_officer


def test_a_stranger_cannot(world, solved):
    with pytest.raises(OutOfReach):
        adopt_proposals(by=world.other_county_officer, round=solved)
    with pytest.raises(NotAllowed):
        adopt_proposals(by=world.village_officer, round=solved)
    with pytest.raises(NotAllowed):
        adopt_proposals(by=world.auditor, round=solved)


def test_some_are_adopted_and_the_round_stays_open(world, solved, seeker):
    mine = Proposal.objects.get(worker=seeker)
    held = adopt_proposals(by=world.county_officer, round=solved, proposals=[mine.pk])
    assert held.state == "proposed" and [one.worker for one in Offer.objects.all()] == [seeker]
    held = adopt_proposals(by=world.county_officer, round=solved)
    assert held.state == "adopted" and held.summary["adopted"] == 3


def test_a_couple_goes_together(world, solved):
    husband = Proposal.objects.get(worker=world.couple[0])
    adopt_proposals(by=world.county_officer, round=solved, proposals=[husband.pk])
    assert {one.worker for one in Offer.objects.all()} == set(world.couple)


def test_a_couple_is_passed_over_together_when_one_has_gone(world, solved):
    confirm_status(
        by=world.village_officer,
        worker=world.couple[1],
        status="away",
        source="visit",
        work_region=world.host_city,
    )
    held = adopt_proposals(by=world.county_officer, round=solved)
    assert held.summary["adopted"] == 1 and held.summary["lapsed"] == 2 and held.state == "adopted"
    assert not Offer.objects.filter(worker__in=world.couple).exists()


def test_a_closed_post_is_offered_to_nobody(world, solved):
    close_demand(by=world.county_officer, demand=Proposal.objects.first().demand, reason="filled")
    held = adopt_proposals(by=world.county_officer, round=solved)
    assert held.summary["adopted"] == 0 and held.summary["lapsed"] == 3 and not Offer.objects.exists()


def test_seats_that_are_gone_are_not_offered_again(world, solved):
    demand = Proposal.objects.first().demand
    type(demand).objects.filter(pk=demand.pk).update(seats=2)
    held = adopt_proposals(by=world.county_officer, round=solved)
    assert held.summary["adopted"] + held.summary["lapsed"] == 3
    assert Offer.objects.filter(demand=demand).count() == held.summary["adopted"] <= 2


def test_who_was_offered_a_post_meanwhile_gets_no_second_one(world, solved, seeker):
    world.offer(seeker, world.demand(title="点焊工"))
    held = adopt_proposals(by=world.county_officer, round=solved)
    assert held.summary["lapsed"] == 1 and Offer.objects.filter(worker=seeker).count() == 1


def test_two_officers_adopt_the_same_round(world, solved, no):
    stale = type(solved).objects.get(pk=solved.pk)
    adopt_proposals(by=world.county_officer, round=solved)
    assert no(adopt_proposals, by=world.city_officer, round=stale) == "round_decided"
    assert Offer.objects.count() == 3


def test_two_officers_adopt_the_same_proposal(world, solved, seeker, no):
    mine = [Proposal.objects.get(worker=seeker).pk]
    adopt_proposals(by=world.county_officer, round=solved, proposals=mine)
    assert no(adopt_proposals, by=world.city_officer, round=solved, proposals=mine) == "nothing_undecided"
    assert no(pass_over_proposals, by=world.city_officer, round=solved, proposals=mine) == "nothing_undecided"


def test_numbers_of_another_round_are_nothing(world, solved, no):
    other = world.solved_round(world.town)
    theirs = list(other.proposals.values_list("pk", flat=True))
    assert (
        theirs
        and no(adopt_proposals, by=world.county_officer, round=solved, proposals=theirs)
        == "nothing_undecided"
    )


def test_not_before_there_is_a_result(world, no):
    from zhitong.matching.actions import open_round

    held = open_round(by=world.county_officer, org=world.county)
    assert no(adopt_proposals, by=world.county_officer, round=held) == "round_not_proposed"


def test_each_of_them_finds_the_line(world, solved):
    workers = [one.worker for one in solved.proposals.select_related("worker")]
    adopt_proposals(by=world.county_officer, round=solved)
    assert workers
    for worker in workers:
        assert Record.objects.told_to(worker).filter(verb="adopt_proposals").count() == 1
