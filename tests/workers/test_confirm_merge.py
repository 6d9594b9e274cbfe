"""confirm_merge: an officer says that a merge which the platform made by itself is right."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach, Refusal
from zhitong.workers import actions


@pytest.fixture
def automatic(world):
    """A merge that the platform made by itself."""
    kept, other = world.worker(), world.entry_without_number()
    return actions.merge_workers(by=world.system, kept=kept, other=other, score=1870)


def test_it_works(world, automatic):
    confirmed = actions.confirm_merge(by=world.village_officer, decision=automatic)
    assert (confirmed.kind, confirmed.other, confirmed.decided_by) == (
        "confirm", automatic.other, world.village_officer
    )  # fmt: skip


def test_a_stranger(world, automatic):
    with pytest.raises(OutOfReach):
        actions.confirm_merge(by=world.stranger, decision=automatic)


def test_once_is_enough(world, automatic):
    actions.confirm_merge(by=world.village_officer, decision=automatic)
    with pytest.raises(Refusal, match="confirmed_already"):
        actions.confirm_merge(by=world.village_officer, decision=automatic)


def test_what_a_person_decided_needs_none(world):
    by = world.village_officer
    decision = actions.merge_workers(by=by, kept=world.worker(), other=world.entry_without_number())
    with pytest.raises(Refusal, match="decided_by_a_person"):
        actions.confirm_merge(by=by, decision=decision)


def test_what_was_undone_is_not_confirmed(world, automatic):
    actions.undo_decision(by=world.village_officer, decision=automatic)
    with pytest.raises(Refusal, match="not_a_standing_merge"):
        actions.confirm_merge(by=world.village_officer, decision=automatic)


def test_nor_what_was_undone_meanwhile(world, automatic):
    stale = type(automatic).objects.get(pk=automatic.pk)
    actions.undo_decision(by=world.village_officer, decision=automatic)
    with pytest.raises(Refusal, match="not_a_standing_merge"):
        actions.confirm_merge(by=world.village_officer, decision=stale)
