"""take_up_round: the job begins, and begins again after an interruption."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import cancel_round, open_round, take_up_round


def test_it_works(world):
    held = open_round(by=world.county_officer, org=world.county)
    assert take_up_round(by=world.system, round=held).state == "solving"
    assert take_up_round(by=world.system, round=held).state == "solving"


def test_only_the_clock_does_it(world):
    held = open_round(by=world.county_officer, org=world.county)
    with pytest.raises(NotAllowed):
        take_up_round(by=world.county_officer, round=held)


def test_not_after_it_was_cancelled(world, no):
    held = open_round(by=world.county_officer, org=world.county)
    cancel_round(by=world.county_officer, round=held)
    assert no(take_up_round, by=world.system, round=held) == "wrong_state"
