"""correct_household: the address at which a household lives."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import Faster, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import correct_household
from zhitong.workers.models import Household


def test_it_works(world):
    household = world.couple[0].household
    correct_household(by=world.village_officer, household=household, address=" 柳树村五组1号 ")
    household.refresh_from_db()
    assert household.address == "柳树村五组1号"
    line = Record.objects.of(household).get(verb="correct_household")
    assert line.village == world.village and "五组" not in f"{line.given}{line.moves}"


def test_a_stranger_cannot(world):
    with pytest.raises(OutOfReach):
        correct_household(by=world.stranger, household=world.couple[0].household, address="x")


@pytest.mark.parametrize(("address", "code"), [("柳" * 201, "too_long"), ("a\x07", "unseen_character")])
def test_bad_addresses_are_refused(world, no, address, code):
    given = {"by": world.village_officer, "household": world.couple[0].household, "address": address}
    assert no(correct_household, **given) == code


def test_the_same_address_is_no_move(world):
    household = world.couple[0].household
    correct_household(by=world.village_officer, household=household, address="五组1号")
    correct_household(by=world.village_officer, household=household, address="五组1号 ")
    first, second = Record.objects.of(household).filter(verb="correct_household").order_by("pk")
    assert first.moves and not second.moves


def test_the_slower_of_two_is_told(world):
    household = world.couple[0].household
    seen = Household.objects.get(pk=household.pk)
    correct_household(by=world.village_officer, household=household, address="五组1号")
    with pytest.raises(Faster):
        correct_household(by=world.village_officer, household=seen, address="六组2号")
    household.refresh_from_db()
    assert household.address == "五组1号"
