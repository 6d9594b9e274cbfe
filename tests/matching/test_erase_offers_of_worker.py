"""erase_offers_of_worker: why somebody said no goes with his data; that he did stays."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import decline_offer, erase_offers_of_worker
from zhitong.matching.models import Consequence, Offer


def test_it_works(world):
    offer = world.offer()
    decline_offer(by=world.village_officer, offer=offer, through="telephone", reason="health")
    other = world.offer(worker=world.seeker(name="别人"))
    decline_offer(by=world.village_officer, offer=other, through="telephone", reason="health")
    assert erase_offers_of_worker(by=world.system, worker=offer.worker) == 2, (
        "the answer and what followed from it"
    )
    assert {one.worker for one in Consequence.objects.all()} == {other.worker}
    offer.refresh_from_db()
    other.refresh_from_db()
    assert (offer.state, offer.decline_reason, other.decline_reason) == (
        Offer.State.DECLINED,
        "other",
        "health",
    )


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        erase_offers_of_worker(by=world.county_officer, worker=world.worker())
