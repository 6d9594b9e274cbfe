"""link_spouse: two people are married to each other."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import link_spouse, withdraw_worker


@pytest.fixture
def wife(world):
    return world.worker(name="何样例", sex="F")


def test_it_works(world, worker, wife):
    link_spouse(by=world.village_officer, worker=worker, spouse=wife)
    worker.refresh_from_db()
    wife.refresh_from_db()
    assert worker.spouse == wife and wife.spouse == worker


def test_a_stranger_cannot(world, worker, wife):
    with pytest.raises(OutOfReach):
        link_spouse(by=world.stranger, worker=worker, spouse=wife)


def test_the_other_must_be_within_reach_too(world, worker):
    far = world.worker(village=world.far_village, sex="F")
    with pytest.raises(OutOfReach):
        link_spouse(by=world.village_officer, worker=worker, spouse=far)
    assert link_spouse(by=world.city_officer, worker=worker, spouse=far).spouse == far


def test_nobody_marries_himself_or_two(world, worker, wife, no):
    assert no(link_spouse, by=world.village_officer, worker=worker, spouse=worker) == "own_spouse"
    husband, _married = world.couple
    assert no(link_spouse, by=world.village_officer, worker=husband, spouse=wife) == "has_spouse"
    assert no(link_spouse, by=world.village_officer, worker=wife, spouse=husband) == "has_spouse"


def test_both_are_on_the_register(world, worker, wife, no):
    withdraw_worker(by=world.village_officer, worker=wife)
    assert no(link_spouse, by=world.village_officer, worker=worker, spouse=wife) == "not_on_register"
    assert no(link_spouse, by=world.village_officer, worker=wife, spouse=worker) == "not_on_register"
