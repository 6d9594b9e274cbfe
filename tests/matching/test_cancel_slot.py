"""cancel_slot: an employer calls a time off; whoever had picked it is told."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.matching.actions import cancel_slot


def test_it_works(world, slot, interview):
    cancelled = cancel_slot(by=world.employer_clerk, slot=slot)
    interview.refresh_from_db()
    assert (cancelled.state, interview.state) == ("cancelled", "cancelled")
    line = Record.objects.get(verb="cancel_slot")
    assert line in Record.objects.told_to(interview.worker)


def test_a_stranger_cannot(world, slot):
    with pytest.raises(OutOfReach):
        cancel_slot(by=world.other_employer_clerk, slot=slot)


def test_only_once(world, slot, no):
    cancel_slot(by=world.employer_clerk, slot=slot)
    assert no(cancel_slot, by=world.employer_clerk, slot=slot) == "wrong_state"
