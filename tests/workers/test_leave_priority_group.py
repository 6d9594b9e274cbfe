"""leave_priority_group: no longer under a rule."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import join_priority_group, leave_priority_group, withdraw_worker
from zhitong.workers.models import PriorityMembership


@pytest.fixture
def membership(world, worker):
    return join_priority_group(by=world.village_officer, worker=worker, group=world.priority_group)


def test_it_works(world, worker, membership):
    assert leave_priority_group(by=world.village_officer, membership=membership) == worker
    assert worker.priorities.count() == 0


def test_a_stranger_cannot(world, membership):
    with pytest.raises(OutOfReach):
        leave_priority_group(by=world.stranger, membership=membership)


def test_two_at_once(world, let_in, membership, no):
    """The other one deleted the row after this one was let in."""
    PriorityMembership.objects.filter(pk=membership.pk).delete()
    given = {"by": world.village_officer, "membership": membership}
    assert no(leave_priority_group, **given) == "gone_already"


def test_not_after_leaving_the_register(world, worker, membership, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(leave_priority_group, by=world.village_officer, membership=membership) == "not_on_register"
