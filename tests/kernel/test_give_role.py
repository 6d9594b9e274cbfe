"""give_role: an account may do and see more, at one organisation, from a day on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.actions import close_account, close_org, end_role, give_role, open_account, open_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Grant, Record


@pytest.fixture
def newcomer(world, admin) -> Account:
    return open_account(by=admin, org=world.town, kind="staff", username="newcomer", name="新人")


def test_it_works(world, admin, newcomer):
    assert newcomer.held == ()
    grant = give_role(by=admin, account=newcomer, role="township_officer", org=world.town)
    assert [(one.role.name, one.org) for one in newcomer.held] == [("township_officer", world.town)]
    assert str(grant) == f"新人 · 乡镇劳务办经办人 · {world.town}"
    line = Record.objects.of(grant).get()
    assert line.town == world.town and line.given == {
        "account": f"kernel.Account:{newcomer.pk}", "role": "township_officer",
    }  # fmt: skip


def test_a_role_of_tomorrow_holds_nothing_today(world, admin, newcomer):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    give_role(by=admin, account=newcomer, role="township_officer", org=world.town, begins_on=tomorrow)
    assert newcomer.held == ()


def test_a_stranger_cannot(world, newcomer, county_admin):
    for somebody in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            give_role(by=somebody, account=newcomer, role="township_officer", org=world.town)
    with pytest.raises(NotAllowed):
        give_role(by=county_admin, account=newcomer, role="county_officer", org=world.other_county)
    with pytest.raises(NotAllowed):
        give_role(by=county_admin, account=newcomer, role="administrator", org=world.city)


def test_a_role_belongs_to_a_kind_of_organisation(world, admin, newcomer, no):
    given = {"by": admin, "account": newcomer}
    assert no(give_role, role="village_officer", org=world.town, **given) == "role_not_granted_here"
    assert no(give_role, role="worker", org=world.town, **given) == "role_not_granted_here"
    assert no(give_role, role="system", org=world.city, **given) == "role_not_granted_here"
    assert no(give_role, role="king", org=world.city, **given) == "role_not_granted_here"


def test_a_role_belongs_to_a_kind_of_account(world, admin, newcomer, no):
    worker = Account.objects.create(username="w-1", name="劳动者", kind="worker", org=world.town)
    given = {"by": admin, "role": "township_officer", "org": world.town}
    assert no(give_role, account=worker, **given) == "role_not_for_kind"
    given = {"by": admin, "role": "partner", "org": world.county}
    assert no(give_role, account=newcomer, **given) == "role_not_for_kind"


def test_not_to_oneself(world, admin, no):
    assert no(give_role, by=admin, account=admin, role="city_officer", org=world.city) == "not_to_oneself"


def test_not_twice(world, admin, newcomer, no):
    given = {"by": admin, "account": newcomer, "role": "township_officer", "org": world.town}
    grant = give_role(**given)
    assert no(give_role, **given) == "role_held_already"
    end_role(by=admin, grant=grant)
    give_role(**given)


def test_of_two_at_once_the_second_is_told(world, admin, newcomer, no, monkeypatch):
    given = {"by": admin, "account": newcomer, "role": "township_officer", "org": world.town}
    give_role(**given)
    monkeypatch.setattr(type(Grant.objects.all()), "unended", lambda grants: grants.none())
    assert no(give_role, **given) == "role_held_already"


def test_only_from_today_on(world, admin, newcomer, no):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    given = {"by": admin, "account": newcomer, "role": "township_officer", "org": world.town}
    assert no(give_role, begins_on=yesterday, **given) == "role_begins_in_past"


def test_only_to_the_standing(world, admin, newcomer, no):
    village = open_org(by=admin, parent=world.town, kind="village", name="空山村")
    close_org(by=admin, org=village)
    given = {"by": admin, "account": newcomer}
    assert no(give_role, role="village_officer", org=village, **given) == "org_closed"
    close_account(by=admin, account=newcomer)
    assert no(give_role, role="township_officer", org=world.town, **given) == "account_closed"
