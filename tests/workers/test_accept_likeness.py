"""accept_likeness: two entries that look alike are one person."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach, Refusal
from zhitong.workers import actions
from zhitong.workers.models import Likeness


def test_it_works(world):
    likeness = world.likeness()
    decision = actions.accept_likeness(by=world.village_officer, likeness=likeness)
    assert decision.kept.id_number is not None and decision.score == likeness.score
    assert Likeness.objects.get().state == "same"


def test_the_officer_chooses_what_is_kept(world):
    likeness = world.likeness()
    decision = actions.accept_likeness(by=world.village_officer, likeness=likeness, keep="second")
    assert decision.kept == likeness.second


def test_a_stranger(world):
    with pytest.raises(OutOfReach):
        actions.accept_likeness(by=world.stranger, likeness=world.likeness())


def test_there_are_two_to_choose_from(world):
    with pytest.raises(Refusal, match="not_a_choice"):
        actions.accept_likeness(by=world.village_officer, likeness=world.likeness(), keep="third")
