"""end_role: from a day on a grant holds nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.actions import end_role, give_role
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Grant, Record


@pytest.fixture
def grant(world) -> Grant:
    return world.township_officer.grants.get()


def test_it_works(world, admin, grant):
    end_role(by=admin, grant=grant)
    assert Grant.objects.get(pk=grant.pk).ends_on == timezone.localdate()
    assert grant.account.held == ()
    line = Record.objects.of(grant).get(verb="end_role")
    assert line.town == world.town and [one["field"] for one in line.moves] == ["ends_on"]


def test_it_may_end_later_and_then_earlier(admin, grant):
    today = timezone.localdate()
    end_role(by=admin, grant=grant, ends_on=today + dt.timedelta(days=9))
    assert grant.account.held != ()
    end_role(by=admin, grant=grant)
    assert grant.account.held == ()


def test_a_role_that_has_not_begun_never_begins(world, admin, no):
    begins = timezone.localdate() + dt.timedelta(days=5)
    given = {"account": world.township_officer, "role": "auditor", "org": world.county, "begins_on": begins}
    grant = give_role(by=admin, **given)
    end_role(by=admin, grant=grant)
    assert grant.ends_on == begins
    assert not Grant.objects.standing(begins).filter(pk=grant.pk).exists()
    assert no(end_role, by=admin, grant=grant) == "role_ended_already"


def test_a_stranger_cannot(world, grant):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    with pytest.raises(OutOfReach):
        end_role(by=far, grant=grant)
    with pytest.raises(NotAllowed):
        end_role(by=world.county_officer, grant=grant)


def test_not_twice(admin, grant, no):
    end_role(by=admin, grant=grant)
    assert no(end_role, by=admin, grant=grant) == "role_ended_already"


def test_of_two_at_once_the_second_is_told(admin, grant, no):
    same = Grant.objects.get(pk=grant.pk)
    end_role(by=admin, grant=grant)
    assert no(end_role, by=admin, grant=same) == "someone_was_faster"


def test_only_from_today_on(admin, grant, no):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert no(end_role, by=admin, grant=grant, ends_on=yesterday) == "role_ends_in_past"


def test_the_last_administrator_stays(world, admin, county_admin, no):
    last = admin.grants.get()
    assert no(end_role, by=admin, grant=last) == "last_keeper"
    end_role(by=admin, grant=county_admin.grants.get())
    world.account("second", "副管理", "administrator", world.city)
    end_role(by=admin, grant=last)
