"""readmit_employer: a barred employer may hand in posts again."""

from __future__ import annotations

import pytest

from zhitong.employers.actions import bar_employer, readmit_employer


@pytest.fixture
def barred(world):
    return bar_employer(by=world.county_officer, employer=world.employer, reason="向求职者收取押金")


def test_it_works(world, barred):
    readmit_employer(by=world.county_officer, employer=barred)
    barred.refresh_from_db()
    assert (barred.state, barred.refusal) == ("approved", "")


def test_a_stranger_cannot(world, barred, no):
    assert no(readmit_employer, by=world.other_county_officer, employer=barred).code == "out_of_reach"


def test_one_that_was_not_barred_is_not_readmitted(world, waiting, no):
    assert no(readmit_employer, by=world.county_officer, employer=waiting).code == "wrong_state"
