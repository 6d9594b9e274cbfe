"""recall_offer: an officer takes an offer back."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.matching.actions import accept_worker, agree_to_offer, recall_offer


def test_it_works(world, offer):
    assert recall_offer(by=world.county_officer, offer=offer).state == "recalled"


def test_a_stranger_cannot(world, offer):
    with pytest.raises(OutOfReach):
        recall_offer(by=world.stranger, offer=offer)
    with pytest.raises(NotAllowed):
        recall_offer(by=world.employer_clerk, offer=offer)


def test_a_yes_can_be_recalled_until_it_is_accepted(world, agreed, no):
    stale = type(agreed).objects.get(pk=agreed.pk)
    accept_worker(by=world.employer_clerk, offer=agreed)
    assert no(recall_offer, by=world.county_officer, offer=stale) == "offer_settled"


def test_an_answer_comes_too_late_for_it(world, offer, no):
    recall_offer(by=world.county_officer, offer=offer)
    assert no(agree_to_offer, by=world.village_officer, offer=offer, through="visit") == "offer_settled"
