"""open_orgs: many ends of one kind are opened at once, with one line."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import open_orgs
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record


def test_it_works(world):
    made = open_orgs(
        by=world.system, parent=world.county, kind="employer", names=["甲厂", "乙厂"], is_sample=True
    )
    assert [one.name for one in made] == ["甲厂", "乙厂"]
    stored = Org.objects.get(pk=made[1].pk)
    assert (stored.county, stored.city, stored.town, stored.name_key) == (
        world.county,
        world.city,
        None,
        "yi chang",
    )
    assert stored.is_sample and Record.objects.get(verb="open_orgs").row_count == 2


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            open_orgs(by=somebody, parent=world.county, kind="employer", names=["甲厂"])


def test_a_place_is_opened_one_at_a_time(world):
    with pytest.raises(AssertionError):
        open_orgs(by=world.system, parent=world.county, kind="village", names=["甲村"])
