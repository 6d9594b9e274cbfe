"""Many at once on PostgreSQL: the chain stays whole, nobody waits for each other in a circle, nothing is lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from zhitong.kernel.actions import (
    assign_regions,
    begin_job,
    close_org,
    end_role,
    give_role,
    note_reading,
    open_account,
    open_org,
    rename_org,
)
from zhitong.kernel.chain import breaks
from zhitong.kernel.errors import AlreadyDone, Refusal
from zhitong.kernel.models import Account, Grant, Job, Org, OrgRegion, Record
from zhitong.site.world import World, build

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

THREADS = 8


@pytest.fixture
def world(transactional_db) -> World:
    world = build()
    assert world.administrator and world.county_officer
    return world


def at_once(work: Callable[[int], object], threads: int = THREADS) -> list[object]:
    """Do the work in so many threads that all begin together; give what each returned, or how it was refused."""
    barrier = Barrier(threads)

    def begin(number: int) -> object:
        barrier.wait()
        try:
            return work(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


def test_eight_times_twenty_verbs_leave_an_unbroken_chain(world):
    before = Record.objects.count()
    offices = [world.town.pk, world.other_town.pk]

    def twenty(number: int) -> int:
        chance = random.Random(number)
        admin, done = Account.objects.get(username="admin"), 0
        for turn in range(20):
            town = Org.objects.get(pk=chance.choice(offices))
            try:
                match chance.randrange(4):
                    case 0:
                        open_org(by=admin, parent=town, kind="village", name=f"新村{number}之{turn}")
                    case 1:
                        rename_org(by=admin, org=town, name=f"镇劳务办{number}之{turn}")
                    case 2:
                        assign_regions(by=admin, org=town, regions=list(world.town.regions.all()))
                    case 3:
                        note_reading(by=admin, row=town, purpose="look")
                done += 1
            except Refusal:
                continue
        return done

    done = at_once(twenty)
    assert all(isinstance(one, int) and one > 5 for one in done)
    assert Record.objects.count() - before == sum(done)
    assert list(breaks()) == []
    assert set(Counter(OrgRegion.objects.values_list("region", "org__kind")).values()) == {1}


def test_of_many_that_claim_a_job_one_has_it(world):
    job = Job.objects.create(kind="count", asked_by=world.system)
    taken = at_once(lambda number: begin_job(by=Account.objects.system(), job=Job.objects.get(pk=job.pk)))
    assert sum(isinstance(one, Job) for one in taken) == 1
    assert {one for one in taken if isinstance(one, str)} <= {"someone_was_faster", "wrong_state"}
    assert Job.objects.get().attempts == 1


def test_one_submission_sent_by_many_is_carried_out_once(world):
    def send(number: int) -> object:
        admin, county = Account.objects.get(username="admin"), Org.objects.get(pk=world.county.pk)
        try:
            return open_org(by=admin, parent=county, kind="employer", name="某公司", nonce="abc").pk
        except AlreadyDone as again:
            return int(again.result.rpartition(":")[2])

    assert len(set(at_once(send))) == 1
    assert Org.objects.filter(name="某公司").count() == 1


def test_a_user_name_is_given_once(world):
    def open_one(number: int) -> object:
        admin, town = Account.objects.get(username="admin"), Org.objects.get(pk=world.town.pk)
        return open_account(by=admin, org=town, kind="staff", username="same", name="同名")

    outcomes = Counter(type(one).__name__ for one in at_once(open_one))
    assert outcomes == {"Account": 1, "str": THREADS - 1}


def test_a_role_is_given_once(world):
    officer = world.county_officer

    def give(number: int) -> object:
        admin, town = Account.objects.get(username="admin"), Org.objects.get(pk=world.town.pk)
        return give_role(by=admin, account=officer, role="township_officer", org=town)

    assert Counter(type(one).__name__ for one in at_once(give)) == {"Grant": 1, "str": THREADS - 1}


def test_two_administrators_do_not_end_each_other(world):
    second = world.account("second", "副管理", "administrator", world.city)
    grants = [world.administrator.grants.get().pk, second.grants.get().pk]
    names = ["second", "admin"]

    def end_the_other(number: int) -> object:
        return end_role(
            by=Account.objects.get(username=names[number]), grant=Grant.objects.get(pk=grants[number])
        )

    outcomes = at_once(end_the_other, threads=2)
    assert sum(isinstance(one, Grant) for one in outcomes) == 1
    assert Grant.objects.standing().filter(role="administrator").count() == 1


def test_nothing_opens_below_what_is_being_closed(world):
    for turn in range(5):
        village = open_org(by=world.administrator, parent=world.town, kind="village", name=f"空山村{turn}")

        def close_or_open(number: int, village: int = village.pk) -> object:
            admin, org = Account.objects.get(username="admin"), Org.objects.get(pk=village)
            if number:
                return open_org(by=admin, parent=org, kind="cooperative", name="某合作社")
            return close_org(by=admin, org=org)

        at_once(close_or_open, threads=2)
        village.refresh_from_db()
        assert village.closed_on is None or not village.children.exists()
