"""move_interview: another time instead of the one picked."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import call_off_interview, move_interview, offer_slot
from zhitong.matching.models import InterviewSlot

BY_TELEPHONE = {"through": "telephone"}


@pytest.fixture
def other(world, slot, slot_facts):
    return offer_slot(by=world.employer_clerk, demand=slot.demand, facts=slot_facts())


def test_it_works(world, interview, other):
    made = move_interview(by=world.village_officer, interview=interview, slot=other, **BY_TELEPHONE)
    interview.refresh_from_db()
    taken = list(InterviewSlot.objects.order_by("pk").values_list("taken", flat=True))
    assert (made.slot, made.state, interview.state, taken) == (other, "booked", "moved", [0, 1])


def test_a_stranger_cannot(world, interview, other):
    with pytest.raises(OutOfReach):
        move_interview(by=world.stranger, interview=interview, slot=other, **BY_TELEPHONE)


def test_not_to_the_same_slot_or_a_full_one(world, interview, other, slot, no):
    given = {"by": world.village_officer, "interview": interview, **BY_TELEPHONE}
    assert no(move_interview, slot=slot, **given) == "same_slot"
    InterviewSlot.objects.filter(pk=other.pk).update(taken=1)
    assert no(move_interview, slot=other, **given) == "slot_full"
    interview.refresh_from_db()
    slot.refresh_from_db()
    assert (interview.state, slot.taken) == ("booked", 1)


def test_not_when_it_is_over(world, interview, other, no):
    call_off_interview(by=world.village_officer, interview=interview, **BY_TELEPHONE)
    given = {"by": world.village_officer, "interview": interview, "slot": other, **BY_TELEPHONE}
    assert no(move_interview, **given) == "interview_settled"


def test_nobody_answers_as_if_he_were_the_other(world, interview, other, no):
    given = {"by": world.village_officer, "interview": interview, "slot": other}
    assert no(move_interview, through="self", **given) == "not_said_how"


def test_not_once_it_has_begun(world, interview, other, begun, no):
    begun(interview)
    given = {"by": world.village_officer, "interview": interview, "slot": other, **BY_TELEPHONE}
    assert no(move_interview, **given) == "begun_already"
