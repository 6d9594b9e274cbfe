"""join_household: into a household that there is."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import join_household, withdraw_worker


@pytest.fixture
def join(world, worker):
    def call(**given):
        given = {"by": world.village_officer, "worker": worker, "role": "child", **given}
        return join_household(**{"household": world.couple[0].household, **given})

    return call


def test_it_works(world, join, worker):
    join()
    worker.refresh_from_db()
    assert worker.household == world.couple[0].household and worker.household_role == "child"
    assert join(role="other").household_role == "other"


def test_a_stranger_cannot(world, join):
    with pytest.raises(OutOfReach):
        join(by=world.stranger)


def test_not_twice(join, no):
    join()
    assert no(join) == "in_household_already"


def test_a_second_head(world, join, no):
    assert no(join, role="head") == "one_head_needed"
    assert no(join, role="cousin") == "not_a_choice"
    withdraw_worker(by=world.village_officer, worker=world.couple[0])
    assert join(role="head").household_role == "head"


def test_only_in_the_same_village(world, join, no):
    other = world.worker(village=world.other_village)
    assert no(join, by=world.township_officer, worker=other) == "other_village"


def test_not_after_leaving_the_register(world, join, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(join) == "not_on_register"
