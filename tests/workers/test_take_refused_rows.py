"""Refused rows go back to their sender, and that leaves a line."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, person
from tests.workers.test_check_import import row_of
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Record
from zhitong.workers.actions import take_refused_rows
from zhitong.workers.views.lines import LOOKS, why

BAD = ["陆错号", "529901199005010099", "", "", "", "", ""]


def test_it_works(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world), BAD])
    take_refused_rows(by=world.village_officer, imported=imported)
    assert Record.objects.get(verb="take_refused_rows").row_count == 1


def test_who_was_recognised_finds_the_line(world):
    known, other = world.worker(name="陆大江"), world.worker(name="何小溪")
    wrong = row_of(known, status="外出务工")
    imported = checked(world.village_officer, world.village, [HEAD, wrong, row_of(other), BAD])
    take_refused_rows(by=world.village_officer, imported=imported)
    [line] = Record.objects.told_to(known).filter(verb="take_refused_rows")
    assert why(line) == "名单里退回的行，共 2 行" and line.verb in LOOKS
    assert not Record.objects.told_to(other).filter(verb="take_refused_rows").exists()


def test_a_stranger_cannot(world):
    imported = checked(world.village_officer, world.village, [HEAD, BAD])
    with pytest.raises(Refusal) as caught:
        take_refused_rows(by=world.stranger, imported=imported)
    assert caught.value.code == "out_of_reach"


def test_nothing_refused_is_said(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    assert no(take_refused_rows, by=world.village_officer, imported=imported) == "nothing_refused"
