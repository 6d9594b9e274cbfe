"""expire_offers: silence has a clock, on whichever side it is."""

from __future__ import annotations

from zhitong.kernel.models import Record
from zhitong.matching.actions import accept_worker, expire_offers


def test_it_works(world, offer, days_ago):
    silent_employer = days_ago(world.agreed_offer(demand=offer.demand), 1)
    last_day = days_ago(world.offer(demand=offer.demand), 0)
    taken = world.accepted_offer(demand=offer.demand)
    days_ago(taken, 9)
    days_ago(offer, 1)
    assert expire_offers(by=world.system) == 2
    for row, state in (
        (offer, "expired"),
        (silent_employer, "expired"),
        (last_day, "sent"),
        (taken, "accepted"),
    ):
        row.refresh_from_db()
        assert row.state == state
    assert Record.objects.get(verb="expire_offers").row_count == 2


def test_the_employer_accepts_when_it_has_expired(world, agreed, days_ago, no):
    stale = days_ago(agreed, 1)
    expire_offers(by=world.system)
    assert no(accept_worker, by=world.employer_clerk, offer=stale) == "offer_settled"


def test_the_employer_accepts_before_the_clock_strikes(world, agreed, days_ago):
    accept_worker(by=world.employer_clerk, offer=agreed)
    days_ago(agreed, 1)
    assert expire_offers(by=world.system) == 0
