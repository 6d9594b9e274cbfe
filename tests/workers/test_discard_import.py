"""A list that was not applied is given up; its rows stay on record."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, person
from zhitong.kernel.errors import Refusal
from zhitong.workers.actions import apply_import, discard_import
from zhitong.workers.models import ImportRow


def test_it_works(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    assert discard_import(by=world.village_officer, imported=imported).state == "discarded"
    assert ImportRow.objects.filter(imported=imported).count() == 2


def test_a_stranger_cannot(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    with pytest.raises(Refusal) as caught:
        discard_import(by=world.stranger, imported=imported)
    assert caught.value.code == "out_of_reach"


def test_an_applied_list_is_undone_and_not_discarded(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    imported = apply_import(by=world.village_officer, imported=imported)
    assert no(discard_import, by=world.village_officer, imported=imported) == "wrong_state"
