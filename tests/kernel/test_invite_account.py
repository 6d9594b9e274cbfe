"""invite_account: an account that its owner completes by a link."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import invite_account
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record


def test_it_works(world, admin):
    account = invite_account(by=admin, org=world.town, role="township_officer", name="新同事")
    assert not account.has_usable_password() and account.kind == "staff"
    assert [(one.role.name, one.org) for one in account.held] == [("township_officer", world.town)]
    verbs = set(Record.objects.filter(actor=admin).values_list("verb", flat=True))
    assert {"invite_account", "open_account", "give_role"} <= verbs


def test_the_kind_of_account_follows_from_the_role(world, admin):
    account = invite_account(by=admin, org=world.county, role="partner", name="对接程序")
    assert account.kind == "partner"


def test_a_stranger_cannot(world, county_admin):
    with pytest.raises(NotAllowed):
        invite_account(by=world.stranger, org=world.town, role="township_officer", name="新同事")
    with pytest.raises(NotAllowed):
        invite_account(by=county_admin, org=world.other_county, role="county_officer", name="新同事")


def test_a_role_is_granted_at_its_own_kind(world, admin, no):
    given = {"by": admin, "org": world.town, "name": "新同事"}
    assert no(invite_account, role="city_officer", **given) == "role_not_granted_here"
    assert no(invite_account, role="king", **given) == "role_not_granted_here"
    assert not Account.objects.filter(name="新同事").exists()
