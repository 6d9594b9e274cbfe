"""place_accepted_offers: what was lost on the way is found."""

from __future__ import annotations

from zhitong.dispatch.actions import place_accepted_offers, placing
from zhitong.dispatch.models import Placement
from zhitong.kernel.models import Record
from zhitong.matching.actions import release_offer


def test_it_works(world):
    world.placement()
    lost = [world.accepted_offer(), world.accepted_offer()]
    world.agreed_offer()
    release_offer(by=world.system, offer=world.accepted_offer())
    assert place_accepted_offers(by=world.system) == 2
    assert set(Placement.objects.filter(offer__in=lost).values_list("state")) == {("awaited",)}
    assert Placement.objects.count() == 3
    assert Record.objects.get(verb="place_accepted_offers").row_count == 2
    assert place_accepted_offers(by=world.system) == 0


def test_one_that_cannot_be_placed_stops_nobody(world):
    first = world.placement()
    release_offer(by=world.system, offer=first.offer)
    stuck = world.accepted_offer(first.worker, world.demand(title="点焊工"))
    lost = world.accepted_offer()
    assert place_accepted_offers(by=world.system) == 1
    assert (
        Placement.objects.filter(offer=lost).exists() and not Placement.objects.filter(offer=stuck).exists()
    )


def test_those_who_cannot_be_placed_take_nobodys_place(world, monkeypatch):
    monkeypatch.setattr(placing, "AT_ONCE", 1)
    first = world.placement()
    release_offer(by=world.system, offer=first.offer)
    world.accepted_offer(first.worker, world.demand(title="点焊工"))
    lost = world.accepted_offer()
    assert place_accepted_offers(by=world.system) == 1
    assert Placement.objects.filter(offer=lost).exists()
