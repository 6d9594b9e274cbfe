"""retake_offer: a released seat is taken up again by someone who came late."""

from __future__ import annotations

from zhitong.matching.actions import release_offer, retake_offer
from zhitong.matching.models import Offer


def test_it_works(world):
    offer = release_offer(by=world.system, offer=world.accepted_offer())
    assert retake_offer(by=world.system, offer=offer).released_at is None
    assert offer in Offer.objects.holding()


def test_not_after_a_yes_elsewhere(world, no):
    offer = release_offer(by=world.system, offer=world.accepted_offer())
    world.agreed_offer(offer.worker, world.demand(title="点焊工"))
    assert no(retake_offer, by=world.system, offer=offer) == "yes_elsewhere"


def test_not_what_was_never_released(world, no):
    assert no(retake_offer, by=world.system, offer=world.accepted_offer()) == "someone_was_faster"


def test_not_a_seat_that_was_given_to_another(world, no):
    demand = world.demand(seats=1)
    offer = release_offer(by=world.system, offer=world.accepted_offer(demand=demand))
    world.accepted_offer(demand=demand)
    assert no(retake_offer, by=world.system, offer=offer) == "seats_full"
    offer.refresh_from_db()
    assert offer.released_at is not None
