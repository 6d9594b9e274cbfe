"""unlink_spouse: two people are no longer married."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import unlink_spouse


def test_it_works(world):
    husband, wife = world.couple
    unlink_spouse(by=world.village_officer, worker=wife)
    husband.refresh_from_db()
    wife.refresh_from_db()
    assert husband.spouse is None and wife.spouse is None
    for one in (husband, wife):
        one.intention.refresh_from_db()
        assert one.intention.goes_with == "alone" and one.intention.version == 2


def test_a_stranger_cannot(world):
    with pytest.raises(OutOfReach):
        unlink_spouse(by=world.stranger, worker=world.couple[0])


def test_whoever_has_none(world, worker, no):
    assert no(unlink_spouse, by=world.village_officer, worker=worker) == "no_spouse"


def test_a_second_click(world, no):
    husband, wife = world.couple
    unlink_spouse(by=world.village_officer, worker=husband)
    assert no(unlink_spouse, by=world.village_officer, worker=wife) == "no_spouse"
