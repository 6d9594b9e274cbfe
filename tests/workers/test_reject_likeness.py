"""reject_likeness: two entries that look alike are two people, and that is remembered."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach, Refusal
from zhitong.workers import actions
from zhitong.workers.models import Likeness


def test_it_works(world):
    likeness = world.likeness()
    decision = actions.reject_likeness(
        by=world.village_officer, likeness=likeness, reason="family", remark="父子"
    )
    likeness.refresh_from_db()
    assert (likeness.state, decision.kind) == ("different", "reject")
    assert (decision.reasons, decision.remark) == (["family"], "父子")
    with pytest.raises(Refusal, match="told_apart_before"):
        actions.merge_workers(by=world.village_officer, kept=likeness.first, other=likeness.second)


def test_a_stranger(world):
    with pytest.raises(OutOfReach):
        actions.reject_likeness(by=world.stranger, likeness=world.likeness())


def test_only_for_a_listed_reason(world, no):
    given = {"by": world.village_officer, "likeness": world.likeness(), "reason": "父子"}
    assert no(actions.reject_likeness, **given) == "not_a_choice"


def test_who_was_merged_is_taken_apart_first(world):
    likeness = world.likeness()
    actions.merge_workers(by=world.village_officer, kept=likeness.first, other=likeness.second)
    with pytest.raises(Refusal, match="merged_already"):
        actions.reject_likeness(by=world.village_officer, likeness=Likeness.objects.get())


def test_twice_is_said(world):
    likeness = world.likeness()
    actions.reject_likeness(by=world.village_officer, likeness=Likeness.objects.get(pk=likeness.pk))
    with pytest.raises(Refusal):
        actions.reject_likeness(by=world.village_officer, likeness=likeness)


def test_undone_it_waits_again(world):
    likeness = world.likeness()
    decision = actions.reject_likeness(by=world.village_officer, likeness=likeness)
    actions.undo_decision(by=world.village_officer, decision=decision)
    likeness.refresh_from_db()
    assert likeness.state == "open"
