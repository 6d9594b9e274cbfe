"""hand_back_enquiry: an enquiry goes back onto the desk."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.rights.actions import hand_back_enquiry


def test_it_works(world, taken):
    due = taken.due_at
    held = hand_back_enquiry(by=world.county_officer, enquiry=taken)
    assert (held.state, held.taken_by, held.due_at) == ("open", None, due)


def test_a_stranger_cannot(world, taken):
    with pytest.raises(OutOfReach):
        hand_back_enquiry(by=world.other_county_officer, enquiry=taken)


def test_only_ones_own(world, taken, no):
    assert no(hand_back_enquiry, by=world.city_officer, enquiry=taken) == "taken_by_another"


def test_not_before_it_is_taken(world, enquiry, no):
    assert no(hand_back_enquiry, by=world.county_officer, enquiry=enquiry) == "not_taken"
