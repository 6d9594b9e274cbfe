"""leave_household: out of the household."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import leave_household, withdraw_worker


def test_it_works(world):
    husband, wife = world.couple
    left = leave_household(by=world.village_officer, worker=wife)
    assert left.household is None and left.household_role == "other"
    assert husband.household.members.get() == husband


def test_a_stranger_cannot(world):
    with pytest.raises(OutOfReach):
        leave_household(by=world.stranger, worker=world.couple[0])


def test_whoever_is_in_none(world, worker, no):
    assert no(leave_household, by=world.village_officer, worker=worker) == "no_household"


def test_not_after_leaving_the_register(world, no):
    husband, _wife = world.couple
    withdraw_worker(by=world.village_officer, worker=husband)
    assert no(leave_household, by=world.village_officer, worker=husband) == "not_on_register"
