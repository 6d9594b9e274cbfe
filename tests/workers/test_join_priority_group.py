"""join_priority_group: who falls under a rule."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import end_priority_group, join_priority_group, withdraw_worker


@pytest.fixture
def join(world, worker):
    def call(**given):
        return join_priority_group(
            **{"by": world.village_officer, "worker": worker, "group": world.priority_group, **given}
        )

    return call


def test_it_works(world, join, worker):
    join(since_on=dt.date(2022, 6, 1))
    found = worker.priorities.get()
    assert (found.group, found.since_on) == (world.priority_group, dt.date(2022, 6, 1))
    assert Record.objects.of(found).get().concerns_id == worker.pk


def test_a_stranger_cannot(world, join):
    with pytest.raises(OutOfReach):
        join(by=world.stranger)


def test_not_twice(join, no):
    join()
    assert no(join) == "member_already"


def test_not_under_a_rule_out_of_force(world, join, no):
    end_priority_group(by=world.city_officer, group=world.priority_group, ends_on=dt.date(2025, 1, 1))
    assert no(join) == "group_not_in_force"


def test_not_from_a_day_to_come(join, no):
    assert no(join, since_on=timezone.localdate() + dt.timedelta(days=1)) == "day_in_future"


def test_not_after_leaving_the_register(world, join, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(join) == "not_on_register"
