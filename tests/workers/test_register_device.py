"""register_device: one's telephone carries the people of a village."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.workers.actions import register_device
from zhitong.workers.models import Device

from .doorsteps import phone


def test_it_works(world):
    device = phone(world)
    assert (device.account, device.village, device.town) == (
        world.village_officer,
        world.village,
        world.village.town,
    )
    assert device.wiped_at is None and device in Device.objects.visible_to(world.township_officer).in_use()


def test_a_stranger(world):
    with pytest.raises(NotAllowed):
        register_device(by=world.stranger, village=world.village, label="手机")


def test_only_who_visits_carries_a_village(world):
    with pytest.raises(NotAllowed):
        register_device(by=world.auditor, village=world.village, label="手机")


def test_it_has_a_name_and_one_village(world, no):
    assert no(register_device, by=world.village_officer, village=world.village, label=" ") == "label_missing"
    assert no(register_device, by=world.system, village=world.county, label="手机") == "not_a_village"
