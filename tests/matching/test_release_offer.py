"""release_offer: the seat and the worker are free again when what came of a yes is over."""

from __future__ import annotations

from zhitong.kernel.errors import Faster
from zhitong.matching.actions import release_offer
from zhitong.matching.models import Offer


def test_it_works(world):
    demand = world.demand(seats=1)
    offer = world.accepted_offer(demand=demand)
    assert offer in Offer.objects.holding()
    released = release_offer(by=world.system, offer=offer)
    assert released.released_at is not None and offer not in Offer.objects.holding()
    again = world.offer(offer.worker, demand)
    assert again.state == "sent"


def test_only_what_was_accepted_and_only_once(world, offer, no):
    assert no(release_offer, by=world.system, offer=offer) == Faster().code
    taken = world.accepted_offer()
    release_offer(by=world.system, offer=taken)
    stale = Offer.objects.get(pk=taken.pk)
    assert no(release_offer, by=world.system, offer=stale) == Faster().code
