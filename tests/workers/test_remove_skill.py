"""remove_skill: experience that the worker does not have."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import add_skill, remove_skill, withdraw_worker
from zhitong.workers.models import Skill


@pytest.fixture
def skill(world, worker):
    return add_skill(by=world.village_officer, worker=worker, occupation=world.welder)


def test_it_works(world, worker, skill):
    assert remove_skill(by=world.village_officer, skill=skill) == worker
    assert worker.skills.count() == 0
    assert Record.objects.of(worker).filter(verb="remove_skill").count() == 1


def test_a_stranger_cannot(world, skill):
    with pytest.raises(OutOfReach):
        remove_skill(by=world.stranger, skill=skill)


def test_a_second_click_finds_nothing(world, skill):
    remove_skill(by=world.village_officer, skill=Skill.objects.get(pk=skill.pk))
    with pytest.raises(OutOfReach):
        remove_skill(by=world.village_officer, skill=skill)


def test_two_at_once(world, let_in, skill, no):
    """The other one deleted the row after this one was let in."""
    Skill.objects.filter(pk=skill.pk).delete()
    assert no(remove_skill, by=world.village_officer, skill=skill) == "gone_already"


def test_not_after_leaving_the_register(world, worker, skill, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(remove_skill, by=world.village_officer, skill=skill) == "not_on_register"
