"""withdraw_booth: a booth is given up while nobody has asked to talk there."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import withdraw_booth


def test_it_works(world, booth):
    assert withdraw_booth(by=world.employer_clerk, booth=booth).state == "withdrawn"


def test_a_stranger_cannot(world, booth):
    with pytest.raises(NotAllowed):
        withdraw_booth(by=world.other_employer_clerk, booth=booth)


def test_not_when_somebody_asked(world, interest, no):
    assert no(withdraw_booth, by=world.employer_clerk, booth=interest.booth) == "people_asked"


def test_only_once(world, booth, no):
    withdraw_booth(by=world.county_officer, booth=booth)
    assert no(withdraw_booth, by=world.county_officer, booth=booth) == "wrong_state"
