"""agree_to_offer: the worker's own yes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_demand
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import agree_to_offer, decline_offer
from zhitong.workers.models import Consent

TODAY = timezone.localdate()


def test_it_works(world, offer, himself):
    agreed = agree_to_offer(by=himself, offer=offer, through="self")
    assert (agreed.state, agreed.answered_through, agreed.answered_by) == ("agreed", "self", himself)
    assert agreed.due_on == TODAY + dt.timedelta(days=3) and agreed.answered_at is not None
    line = Record.objects.of(offer).get(verb="agree_to_offer")
    assert line.given == {"through": "self"} and line.moves[0]["to"] == "agreed"


def test_a_village_officer_says_it_for_him_and_how_he_heard_it(world, offer):
    agreed = agree_to_offer(by=world.village_officer, offer=offer, through="visit")
    assert (agreed.answered_through, agreed.answered_by) == ("visit", world.village_officer)


def test_a_stranger_cannot(world, offer):
    with pytest.raises(OutOfReach):
        agree_to_offer(by=world.stranger, offer=offer, through="visit")
    with pytest.raises(NotAllowed):
        agree_to_offer(by=world.employer_clerk, offer=offer, through="visit")


def test_nobody_answers_as_if_he_were_the_other(world, offer, himself, no):
    assert no(agree_to_offer, by=world.village_officer, offer=offer, through="self") == "not_said_how"
    assert no(agree_to_offer, by=himself, offer=offer, through="visit") == "not_said_how"
    assert no(agree_to_offer, by=world.village_officer, offer=offer, through="list") == "not_said_how"


def test_not_after_the_last_day(world, offer, days_ago, no):
    assert (
        no(agree_to_offer, by=world.village_officer, offer=days_ago(offer, 1), through="visit") == "overdue"
    )
    assert agree_to_offer(by=world.village_officer, offer=days_ago(offer, 0), through="visit")


def test_not_to_a_closed_post(world, offer, no):
    close_demand(by=world.county_officer, demand=offer.demand, reason="filled")
    assert no(agree_to_offer, by=world.village_officer, offer=offer, through="visit") == "demand_closed"


def test_not_without_consent_to_tell_the_employer(world, offer, no):
    Consent.objects.filter(worker=offer.worker, purpose="share").update(withdrawn_at=timezone.now())
    assert no(agree_to_offer, by=world.village_officer, offer=offer, through="visit") == "no_consent_to_share"


def test_the_last_seat_goes_once(world, no):
    demand = world.demand(seats=1)
    first, second = world.offer(demand=demand), world.offer(demand=demand)
    agree_to_offer(by=world.village_officer, offer=first, through="visit")
    assert no(agree_to_offer, by=world.village_officer, offer=second, through="visit") == "seats_full"


def test_one_yes_at_a_time(world, offer, no):
    other = world.offer(offer.worker, world.demand(title="点焊工"))
    agree_to_offer(by=world.village_officer, offer=offer, through="visit")
    assert no(agree_to_offer, by=world.village_officer, offer=other, through="visit") == "yes_elsewhere"
    decline_offer(by=world.village_officer, offer=offer, reason="place", through="visit")
    assert agree_to_offer(by=world.village_officer, offer=other, through="visit").state == "agreed"


def test_he_answers_on_the_phone_while_the_officer_answers_for_him(world, offer, himself, no):
    stale = type(offer).objects.get(pk=offer.pk)
    agree_to_offer(by=himself, offer=offer, through="self")
    assert no(agree_to_offer, by=world.village_officer, offer=stale, through="visit") == "offer_settled"
    stale.refresh_from_db()
    assert stale.answered_by == himself
