"""call_off_interview: the place is given back; the yes to the post stands."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import call_off_interview


def test_it_works(world, interview, himself):
    off = call_off_interview(by=himself, interview=interview, through="self")
    off.slot.refresh_from_db()
    off.offer.refresh_from_db()
    assert (off.state, off.slot.taken, off.offer.state) == ("cancelled", 0, "agreed")


def test_a_stranger_cannot(world, interview):
    with pytest.raises(OutOfReach):
        call_off_interview(by=world.stranger, interview=interview, through="visit")


def test_only_once_and_by_whom(world, interview, no):
    given = {"by": world.village_officer, "interview": interview}
    assert no(call_off_interview, through="self", **given) == "not_said_how"
    call_off_interview(through="visit", **given)
    assert no(call_off_interview, through="visit", **given) == "interview_settled"


def test_not_once_it_has_begun(world, interview, begun, himself, no):
    begun(interview)
    assert no(call_off_interview, by=himself, interview=interview, through="self") == "begun_already"
    interview.refresh_from_db()
    assert interview.state == "booked"
