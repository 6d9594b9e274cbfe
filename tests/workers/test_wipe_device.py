"""wipe_device: a telephone is refused from now on, and deletes what it carries."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import carry_village, wipe_device

from .doorsteps import phone


@pytest.mark.parametrize("who", ["village_officer", "township_officer", "county_officer"])
def test_it_works(world, no, who):
    device = wipe_device(by=getattr(world, who), device=phone(world))
    assert device.wiped_by == getattr(world, who) and device.wiped_at is not None
    assert no(carry_village, by=world.village_officer, device=device) == "device_wiped"


def test_a_stranger(world):
    with pytest.raises(OutOfReach):
        wipe_device(by=world.other_county_officer, device=phone(world))


def test_once_is_enough(world, no):
    device = wipe_device(by=world.county_officer, device=phone(world))
    assert no(wipe_device, by=world.county_officer, device=device) == "wiped_already"
