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


def test_a_time_that_is_past_says_so(world, client, slot, interview, begun):
    client.force_login(world.employer_clerk)
    address = f"/matching/slots/{slot.pk}/"
    assert "/cancel_slot/" in client.get(address).content.decode()
    begun(interview)
    page = client.get(address).content.decode()
    assert "/cancel_slot/" not in page and "时间已过" in page
    assert "时间已过" in client.get("/matching/slots/").content.decode()
