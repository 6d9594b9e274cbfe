"""refuse_worker: the employer decides against someone, for a coded reason."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import refuse_worker
from zhitong.matching.models import Offer


def test_it_works(world, agreed):
    refused = refuse_worker(by=world.employer_clerk, offer=agreed, reason="skill")
    assert (refused.state, refused.refuse_reason) == ("refused", "skill")
    assert refused not in Offer.objects.holding()
    assert Record.objects.of(agreed).get(verb="refuse_worker").given == {"reason": "skill"}


def test_a_stranger_cannot(world, agreed):
    with pytest.raises(OutOfReach):
        refuse_worker(by=world.other_employer_clerk, offer=agreed, reason="skill")


def test_a_reason_from_the_list(world, agreed, no):
    assert no(refuse_worker, by=world.employer_clerk, offer=agreed, reason="ugly") == "not_a_choice"


def test_not_before_the_worker_has_said_yes(world, offer, no):
    assert no(refuse_worker, by=world.employer_clerk, offer=offer, reason="filled") == "offer_settled"
