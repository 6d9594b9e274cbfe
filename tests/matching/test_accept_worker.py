"""accept_worker: the employer takes on someone who said yes."""

from __future__ import annotations

import pytest

from zhitong.employers.models import Demand
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import accept_worker, decline_offer


def test_it_works(world, agreed):
    accepted = accept_worker(by=world.employer_clerk, offer=agreed)
    assert accepted.state == "accepted" and accepted.employer_answered_at is not None
    line = Record.objects.of(agreed).get(verb="accept_worker")
    assert line.concerns_id == agreed.worker_id


def test_a_stranger_cannot(world, agreed):
    with pytest.raises(OutOfReach):
        accept_worker(by=world.other_employer_clerk, offer=agreed)
    with pytest.raises(NotAllowed):
        accept_worker(by=world.county_officer, offer=agreed)


def test_whatever_else_he_was_offered_is_recalled(world, offer):
    other = world.offer(offer.worker, world.demand(title="点焊工"))
    from zhitong.matching.actions import agree_to_offer

    agree_to_offer(by=world.village_officer, offer=offer, through="visit")
    accept_worker(by=world.employer_clerk, offer=offer)
    other.refresh_from_db()
    assert other.state == "recalled"


def test_not_before_the_worker_has_said_yes(world, offer, no):
    assert no(accept_worker, by=world.employer_clerk, offer=offer) == "offer_settled"


def test_not_after_the_last_day(world, agreed, days_ago, no):
    assert no(accept_worker, by=world.employer_clerk, offer=days_ago(agreed, 1)) == "overdue"


def test_not_more_than_there_are_seats(world, agreed, no):
    second = world.agreed_offer(demand=agreed.demand)
    Demand.objects.filter(pk=agreed.demand_id).update(seats=1)
    accept_worker(by=world.employer_clerk, offer=agreed)
    assert no(accept_worker, by=world.employer_clerk, offer=second) == "seats_full"


def test_he_takes_his_yes_back_at_the_same_time(world, agreed, no):
    stale = type(agreed).objects.get(pk=agreed.pk)
    decline_offer(by=world.village_officer, offer=agreed, reason="family", through="telephone")
    assert no(accept_worker, by=world.employer_clerk, offer=stale) == "offer_settled"
