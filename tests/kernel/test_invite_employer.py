"""invite_employer: a clerk of an employer."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import invite_employer
from zhitong.kernel.errors import NotAllowed


def test_it_works(world):
    account = invite_employer(by=world.city_officer, org=world.employer_org, name="何联系")
    assert account.kind == "employer" and not account.has_usable_password()
    assert [(one.role.name, one.org) for one in account.held] == [("employer_clerk", world.employer_org)]


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        invite_employer(by=world.stranger, org=world.employer_org, name="何联系")
    with pytest.raises(NotAllowed):
        invite_employer(by=world.employer_clerk, org=world.employer_org, name="何联系")


def test_only_employers_have_employers_clerks(world, no):
    assert no(invite_employer, by=world.city_officer, org=world.county, name="何联系") == "not_an_employer"
