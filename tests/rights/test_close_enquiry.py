"""close_enquiry: nothing more is expected."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.rights.actions import close_enquiry


def test_it_works(himself, answered):
    assert close_enquiry(by=himself, enquiry=answered).state == "closed"


def test_who_needs_it_no_longer(himself, enquiry):
    assert close_enquiry(by=himself, enquiry=enquiry).state == "closed"


def test_a_stranger_cannot(world, answered):
    with pytest.raises(OutOfReach):
        close_enquiry(by=world.other_county_officer, enquiry=answered)


def test_not_while_somebody_works_on_it(himself, taken, no):
    assert no(close_enquiry, by=himself, enquiry=taken) == "wrong_state"
