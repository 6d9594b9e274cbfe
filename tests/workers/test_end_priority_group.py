"""end_priority_group: a rule goes out of force."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import end_priority_group
from zhitong.workers.models import PriorityGroup

DAY = dt.date(2025, 1, 1)


def test_it_works(world):
    group = end_priority_group(by=world.city_officer, group=world.priority_group, ends_on=DAY)
    assert not PriorityGroup.objects.in_force().exists()
    assert PriorityGroup.objects.in_force(DAY - dt.timedelta(days=1)).get() == group
    assert Record.objects.of(group).get(verb="end_priority_group").moves[0]["to"] == "2025-01-01"


def test_a_stranger_cannot(world):
    for officer in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            end_priority_group(by=officer, group=world.priority_group, ends_on=DAY)


def test_not_before_it_began(world, no):
    given = {"by": world.city_officer, "group": world.priority_group, "ends_on": dt.date(2021, 1, 1)}
    assert no(end_priority_group, **given) == "group_dates"


def test_not_twice(world, no):
    given = {"by": world.city_officer, "group": world.priority_group, "ends_on": DAY}
    end_priority_group(**given)
    assert no(end_priority_group, **given) == "group_ended_already"
