"""load_reference: whole tables are stored once, into an empty installation."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import load_reference
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Industry, Occupation, Record

OCCUPATIONS = (Occupation, ("id", "code", "name", "level", "parent_id"), [(1, "6", "生产人员", 1, None)])
INDUSTRIES = (Industry, ("id", "code", "name", "level", "parent_id"), [(1, "C", "制造业", 1, None)])


@pytest.fixture
def system(db) -> Account:
    return Account.objects.system()


def test_it_works(system):
    assert load_reference(by=system, tables=(OCCUPATIONS, INDUSTRIES)) == 2
    assert Occupation.objects.get().name == "生产人员"
    line = Record.objects.get()
    assert (line.verb, line.row_count, line.given) == ("load_reference", 2, {"tables": 2})


def test_what_is_stored_next_follows_the_highest_number(system):
    load_reference(by=system, tables=(OCCUPATIONS,))
    assert Occupation.objects.create(code="7", name="军人", level=1).pk == 2


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.administrator):
        with pytest.raises(NotAllowed):
            load_reference(by=somebody, tables=(OCCUPATIONS,))


def test_only_once(system, no):
    load_reference(by=system, tables=(OCCUPATIONS,))
    assert no(load_reference, by=system, tables=(INDUSTRIES, OCCUPATIONS)) == "reference_loaded_already"
    assert not Industry.objects.exists()
