"""decline_offer: the worker's own no, for a coded reason."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import accept_worker, decline_offer


def test_it_works(world, offer, himself):
    declined = decline_offer(by=himself, offer=offer, reason="wage", through="self")
    assert (declined.state, declined.decline_reason, declined.answered_by) == ("declined", "wage", himself)
    line = Record.objects.of(offer).get(verb="decline_offer")
    assert line.given == {"reason": "•", "through": "self"}


def test_a_stranger_cannot(world, offer):
    with pytest.raises(OutOfReach):
        decline_offer(by=world.stranger, offer=offer, reason="wage", through="visit")


def test_a_yes_can_be_taken_back_until_it_is_accepted(world, agreed, no):
    stale = type(agreed).objects.get(pk=agreed.pk)
    accept_worker(by=world.employer_clerk, offer=agreed)
    given = {"by": world.village_officer, "reason": "family", "through": "visit"}
    assert no(decline_offer, offer=stale, **given) == "offer_settled"
    other = world.agreed_offer(demand=agreed.demand)
    assert decline_offer(offer=other, **given).state == "declined"


def test_a_reason_from_the_list(world, offer, no):
    given = {"by": world.village_officer, "offer": offer, "through": "visit"}
    assert no(decline_offer, reason="because", **given) == "not_a_choice"
    assert no(decline_offer, reason="", **given) == "not_a_choice"


def test_nobody_answers_as_if_he_were_the_other(world, offer, no):
    given = {"by": world.village_officer, "offer": offer, "reason": "wage"}
    assert no(decline_offer, through="self", **given) == "not_said_how"
