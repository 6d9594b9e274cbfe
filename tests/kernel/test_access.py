"""Who reads which rows and who acts at them, through every kind of reach."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhitong.employers.models import Demand
from zhitong.kernel.access import held_by, holds, may, require, require_visible
from zhitong.kernel.actions import close_account, end_role, give_role, open_org
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account, Grant, Org, Record, Region
from zhitong.workers.models import Worker


@pytest.fixture
def person(world) -> Account:
    """A worker with an account of their own."""
    account = Account.objects.create(username="own", name="本人", kind="worker")
    Worker.objects.filter(pk=world.worker().pk).update(account=account)
    return account


def seen(model, actor) -> int:
    return model.objects.visible_to(actor).count()


class TestReading:
    """What each kind of reach shows."""

    def test_a_place_shows_what_stands_in_it(self, world):
        world.worker(), world.worker(village=world.other_village), world.worker(village=world.far_village)
        officers = (
            world.village_officer, world.township_officer, world.county_officer, world.city_officer,
            world.stranger, world.other_county_officer,
        )  # fmt: skip
        assert [seen(Worker, one) for one in officers] == [1, 2, 2, 3, 1, 1]

    def test_an_end_shows_what_is_tied_to_it(self, world):
        demand = world.submitted_demand()
        assert demand in Demand.objects.visible_to(world.employer_clerk)
        assert demand in Demand.objects.visible_to(world.station_staff)
        assert demand not in Demand.objects.visible_to(world.other_employer_clerk)
        assert demand not in Demand.objects.visible_to(world.other_station_staff)

    def test_a_person_sees_their_own(self, world, person):
        world.worker()
        assert [one.account for one in Worker.objects.visible_to(person)] == [person]

    def test_more_may_be_read_than_done(self, world):
        demand = world.demand()
        assert demand in Demand.objects.visible_to(world.stranger)
        assert not may(world.stranger, "close_demand", demand)

    def test_a_public_noun_is_seen_by_whoever_reads_it(self, world, person):
        everything = Org.objects.count()
        assert seen(Org, world.stranger) == seen(Org, person) == everything
        assert seen(Org, AnonymousUser()) == seen(Org, None) == 0

    def test_divisions_are_public(self, world):
        assert Region.objects.visible_to(None).count() == Region.objects.count()

    def test_the_clock_sees_everything(self, world):
        world.worker(), world.worker(village=world.far_village)
        assert seen(Worker, world.system) == 2

    def test_a_role_that_does_not_read_a_noun_sees_none_of_it(self, world, admin):
        world.worker()
        assert seen(Worker, admin) == 0

    def test_somebody_without_roles_sees_nothing(self, world):
        nobody = Account.objects.create(username="nobody", name="无", kind="staff")
        assert held_by(nobody) == () and seen(Worker, nobody) == seen(Org, nobody) == 0

    def test_two_grants_show_both(self, world, admin):
        world.worker(), world.worker(village=world.far_village)
        officer = world.village_officer
        assert seen(Worker, officer) == 1
        give_role(by=admin, account=officer, role="village_officer", org=world.far_village)
        assert seen(Worker, officer) == 2


class TestHolding:
    """What somebody holds today."""

    def hold(self, account: Account) -> list[str]:
        account.forget_held()
        return [one.role.name for one in account.held]

    def test_a_grant_holds_from_its_first_day_until_before_its_last(self, world):
        grant = world.township_officer.grants.get()
        today, day = timezone.localdate(), dt.timedelta(days=1)
        for begins, ends, holds_today in [
            (today, None, True), (today, today + day, True), (today - 9 * day, today, False),
            (today + day, None, False), (today - 9 * day, today - day, False), (today, today, False),
        ]:  # fmt: skip
            Grant.objects.filter(pk=grant.pk).update(begins_on=begins, ends_on=ends)
            assert bool(self.hold(world.township_officer)) == holds_today, (begins, ends)

    def test_a_closed_organisation_gives_nothing(self, world):
        assert self.hold(world.township_officer) == ["township_officer"]
        Org.objects.filter(pk=world.town.pk).update(closed_on=timezone.localdate())
        assert self.hold(world.township_officer) == []

    def test_a_closed_account_holds_nothing(self, world, admin):
        close_account(by=admin, account=world.township_officer)
        assert self.hold(world.township_officer) == []
        Account.objects.filter(pk=world.system.pk).update(is_active=False)
        assert Account.objects.system().held == ()

    def test_a_role_that_is_no_longer_in_the_table_holds_nothing(self, world):
        world.township_officer.grants.update(role="mandarin")
        assert self.hold(world.township_officer) == []

    def test_a_worker_holds_the_workers_role_by_themselves(self, person):
        [one] = person.held
        assert (one.role.name, one.org, one.unbounded) == ("worker", None, False)

    def test_what_is_held_is_read_once(self, world, django_assert_num_queries):
        account = Account.objects.get(pk=world.county_officer.pk)
        with django_assert_num_queries(1):
            assert account.held and account.held


class TestActing:
    """Who may do what, where."""

    def test_within_reach_and_with_the_verb(self, world):
        worker = world.worker()
        assert may(world.village_officer, "correct_worker", worker)
        assert not may(world.auditor, "correct_worker", worker)
        assert not may(world.stranger, "correct_worker", worker)
        assert holds(world.stranger, "correct_worker")

    def test_the_person_themselves(self, world, person):
        other = world.worker()
        assert may(person, "correct_worker", Worker.objects.get(account=person))
        assert not may(person, "correct_worker", other)

    def test_the_grant_that_reaches_is_given_back(self, world, admin):
        officer = world.village_officer
        give_role(by=admin, account=officer, role="village_officer", org=world.far_village)
        far = world.worker(village=world.far_village)
        assert require(officer, "correct_worker", far).org == world.far_village
        assert require(officer, "correct_worker", None).org == world.village

    def test_absent_and_hidden_look_alike(self, world):
        worker = world.worker()
        for act in (lambda: require(world.stranger, "correct_worker", worker),
                    lambda: require_visible(world.stranger, [worker])):  # fmt: skip
            with pytest.raises(OutOfReach) as hidden:
                act()
            assert (hidden.value.status, hidden.value.details) == (404, {})

    def test_seen_but_not_ones_own_to_do(self, world):
        with pytest.raises(NotAllowed) as no:
            require(world.auditor, "correct_worker", world.worker())
        assert no.value.status == 403

    def test_a_division_is_changed_by_whoever_reaches_its_manager(self, world, admin, county_admin):
        region, unmanaged = world.town.regions.get(), world.host_city
        far = world.account("far", "邻县管", "administrator", world.other_county)
        assert may(admin, "rename_region", region) and may(county_admin, "rename_region", region)
        assert not may(far, "rename_region", region) and not may(admin, "rename_region", unmanaged)

    def test_a_role_that_ends_takes_its_verbs(self, world, admin):
        end_role(by=admin, grant=world.township_officer.grants.get())
        with pytest.raises(OutOfReach):
            open_org(by=world.township_officer, parent=world.town, kind="party", name="党组织")


class TestSql:
    """Scope is an equality on one indexed level column."""

    @pytest.mark.parametrize(
        ("officer", "column"),
        [
            ("village_officer", "village_id"), ("township_officer", "town_id"), ("county_officer", "county_id"),
            ("city_officer", "city_id"),
        ],
    )  # fmt: skip
    def test_one_level_column_is_compared(self, world, officer, column):
        actor = getattr(world, officer)
        sql = str(Worker.objects.visible_to(actor).query)
        where = sql.partition(" WHERE ")[2]
        assert re.findall(r'"workers_worker"\."(\w+)" ', where) == [column]
        assert "LIKE" not in where and "JOIN" not in sql and "IN (" not in where

    def test_one_statement_reads_a_page(self, world):
        from django.db import connection

        world.worker()
        actor = Account.objects.get(pk=world.county_officer.pk)
        with CaptureQueriesContext(connection) as asked:
            list(Worker.objects.visible_to(actor).order_by("name_key", "pk")[:50])
        assert len(asked) == 2  # what the actor holds, and the page

    def test_nothing_in_reach_asks_the_database_nothing(self, world, django_assert_num_queries):
        assert world.administrator.held
        with django_assert_num_queries(0):
            assert not list(Worker.objects.visible_to(world.administrator))
            assert not list(Record.objects.visible_to(None))
