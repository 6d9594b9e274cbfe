"""carry_village: the people of a village go along, and each of them can read that they did."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import carry_village

from .doorsteps import colleague, phone


def named(worker):
    """Return the lines of the taking along that name this person."""
    return Record.objects.told_to(worker).filter(verb="carry_village")


def test_it_works(world, worker):
    device = phone(world)
    first = device.seen_at
    assert carry_village(by=world.village_officer, device=device).seen_at > first
    line = Record.objects.get(verb="carry_village")
    assert line.row_count == 1 and set(named(worker)) == {line}


def test_only_the_own_village_goes_along(world, worker):
    elsewhere = world.worker(village=world.far_village)
    carry_village(by=world.village_officer, device=phone(world))
    assert not named(elsewhere)


def test_a_stranger(world):
    with pytest.raises(OutOfReach):
        carry_village(by=world.stranger, device=phone(world))


def test_a_device_is_its_owners(world):
    with pytest.raises(OutOfReach):
        carry_village(by=colleague(world), device=phone(world))
