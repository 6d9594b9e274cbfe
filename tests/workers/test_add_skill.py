"""add_skill: experience in an occupation."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import add_skill, withdraw_worker


@pytest.fixture
def add(world, worker):
    def call(**given):
        given = {"by": world.village_officer, "worker": worker, "occupation": world.welder, **given}
        return add_skill(**given)

    return call


def test_it_works(world, add, worker):
    add(years=8)
    skill = worker.skills.get()
    assert (skill.occupation, skill.years) == (world.welder, 8)
    assert Record.objects.of(skill).get().concerns_id == worker.pk


def test_a_person_may_by_himself(add, himself, worker):
    assert add(by=himself).worker == worker


def test_a_stranger_cannot(world, add):
    with pytest.raises(OutOfReach):
        add(by=world.stranger)


def test_not_twice(add, no):
    add()
    assert no(add) == "skill_known"


@pytest.mark.parametrize("years", [-1, 61, 40])
def test_years_that_cannot_be(add, no, years):
    assert no(add, years=years) == "years_implausible"


def test_occupations_of_the_lowest_level_only(world, add, no):
    assert no(add, occupation=world.welder.parent) == "occupation_too_broad"


def test_not_after_leaving_the_register(world, add, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(add) == "not_on_register"
