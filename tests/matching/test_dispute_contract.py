"""dispute_contract: the worker says what is wrong, by a code; also later."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import confirm_contract, dispute_contract
from zhitong.matching.models import Contract


def test_it_works(world, contract, himself):
    confirm_contract(by=himself, contract=contract, through="self")
    disputed = dispute_contract(by=himself, contract=contract, point="not_signed", through="self")
    assert (disputed.state, disputed.dispute_point) == ("disputed", "not_signed")
    assert disputed not in Contract.objects.standing()
    assert Record.objects.get(verb="dispute_contract").given == {"point": "•", "through": "self"}


def test_a_stranger_cannot(world, contract):
    with pytest.raises(OutOfReach):
        dispute_contract(by=world.stranger, contract=contract, point="wage", through="visit")


def test_a_point_from_the_list_once(world, contract, no):
    given = {"by": world.village_officer, "contract": contract}
    assert no(dispute_contract, point="all", through="visit", **given) == "not_a_choice"
    assert no(dispute_contract, point="wage", through="self", **given) == "not_said_how"
    assert no(dispute_contract, point="wage", through="visit", seen=9, **given) == "corrected_since"
    dispute_contract(point="wage", through="visit", **given)
    assert no(dispute_contract, point="term", through="visit", **given) == "disputed_already"
    assert contract in Contract.objects.standing()
