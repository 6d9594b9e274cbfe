"""Refused rows go back to their sender, and that leaves a line."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, person
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Record
from zhitong.workers.actions import take_refused_rows

BAD = ["陆错号", "529901199005010099", "", "", "", "", ""]


def test_it_works(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world), BAD])
    take_refused_rows(by=world.village_officer, imported=imported)
    assert Record.objects.get(verb="take_refused_rows").row_count == 1


def test_a_stranger_cannot(world):
    imported = checked(world.village_officer, world.village, [HEAD, BAD])
    with pytest.raises(Refusal) as caught:
        take_refused_rows(by=world.stranger, imported=imported)
    assert caught.value.code == "out_of_reach"


def test_nothing_refused_is_said(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    assert no(take_refused_rows, by=world.village_officer, imported=imported) == "nothing_refused"
