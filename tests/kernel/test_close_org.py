"""close_org: an organisation ends when nothing stands on it any more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.actions import assign_regions, close_account, close_org, end_role, open_org, queue_job
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.jobs import KINDS
from zhitong.kernel.models import Account, Grant, Org
from zhitong.workers.actions import withdraw_worker


@pytest.fixture
def village(world, admin) -> Org:
    return open_org(by=admin, parent=world.town, kind="village", name="空山村")


def test_it_works(village, admin):
    close_org(by=admin, org=village)
    village.refresh_from_db()
    assert village.closed_on == timezone.localdate()
    assert village not in Org.objects.standing()


def test_a_stranger_cannot(world, village):
    for somebody in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            close_org(by=somebody, org=village)


def test_not_twice(village, admin, no):
    close_org(by=admin, org=village)
    assert no(close_org, by=admin, org=village) == "org_closed"


def test_not_above_others(world, admin, no):
    assert no(close_org, by=admin, org=world.town) == "org_has_children"


def test_not_while_somebody_works_there(world, village, admin, no):
    officer = world.account("kong", "空村员", "village_officer", village)
    assert no(close_org, by=admin, org=village) == "org_has_accounts"
    Account.objects.filter(pk=officer.pk).update(org=world.town)
    assert no(close_org, by=admin, org=village) == "org_has_grants"
    end_role(by=admin, grant=officer.grants.get())
    close_org(by=admin, org=village)


def test_not_before_a_role_that_will_begin(world, village, admin, no):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    grant = Grant.objects.create(
        account=world.auditor, role="village_officer", org=village, begins_on=tomorrow
    )
    assert no(close_org, by=admin, org=village) == "org_has_grants"
    end_role(by=admin, grant=grant)
    close_org(by=admin, org=village)


def test_closed_accounts_do_not_count(world, village, admin):
    close_account(by=admin, account=world.account("kong", "空村员", "village_officer", village))
    close_org(by=admin, org=village)


def test_not_while_it_manages_divisions(world, village, admin, no):
    region = world.village.regions.get()
    assign_regions(by=admin, org=village, regions=[region])
    assert no(close_org, by=admin, org=village) == "org_manages_regions"
    assign_regions(by=admin, org=world.village, regions=[region])
    close_org(by=admin, org=village)


def test_not_while_people_are_in_its_care(world, village, admin, no):
    worker = world.worker(village=village)
    assert no(close_org, by=admin, org=village) == "org_has_rows"
    withdraw_worker(by=world.county_officer, worker=worker)
    close_org(by=admin, org=village)


def test_not_while_a_post_is_open(world, admin, no):
    station = open_org(
        by=admin, parent=world.county, kind="station", name="青山驻海州二站", host_city=world.host_city
    )
    demand = world.demand()
    type(demand).objects.filter(pk=demand.pk).update(collected_by=station)
    assert no(close_org, by=admin, org=station) == "org_has_rows"
    type(demand).objects.filter(pk=demand.pk).update(state="closed")
    close_org(by=admin, org=station)


def test_work_that_failed_does_not_hold_it(world, village, admin, monkeypatch, no):
    monkeypatch.setitem(KINDS, "count", lambda job, beat: {})
    job = queue_job(by=world.system, org=village, kind="count", given={})
    assert no(close_org, by=admin, org=village) == "org_has_rows"
    type(job).objects.filter(pk=job.pk).update(state="failed")
    close_org(by=admin, org=village)
