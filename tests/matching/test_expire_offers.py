"""expire_offers: silence has a clock, on whichever side it is."""

from __future__ import annotations

from types import SimpleNamespace

from zhitong.kernel.models import Record
from zhitong.matching import listeners
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


def test_each_of_them_finds_the_line_and_who_said_yes_is_told(
    world, offer, days_ago, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    service = SimpleNamespace(send=lambda telephone, text: sent.append((telephone, text)))
    monkeypatch.setattr(listeners, "sender", lambda: service)
    willing = days_ago(world.agreed_offer(world.seeker(telephone="15412345678"), offer.demand), 1)
    days_ago(offer, 1)
    with django_capture_on_commit_callbacks(execute=True):
        expire_offers(by=world.system)
    for worker in (offer.worker, willing.worker):
        assert Record.objects.told_to(worker).filter(verb="expire_offers").count() == 1
    [(telephone, text)] = sent
    assert telephone == "15412345678" and willing.demand.title in text
