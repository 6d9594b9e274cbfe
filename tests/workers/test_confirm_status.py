"""confirm_status: what a check found, when and how."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import confirm_status, withdraw_worker
from zhitong.workers.models import Worker

TODAY = timezone.localdate()
AGO = dt.timedelta(days=3)


@pytest.fixture
def check(world, worker):
    def call(**given):
        officer = {"by": world.village_officer, "source": "telephone"}
        return confirm_status(**{**officer, "worker": worker, "status": "home", **given})

    return call


def test_it_works(world, check, worker):
    check(status="away", work_region=world.host_city)
    worker.refresh_from_db()
    assert (worker.status, worker.work_region, worker.status_source) == ("away", world.host_city, "telephone")
    line = Record.objects.of(worker).get(verb="confirm_status")
    assert line.given["status"] == "away" and line.given["source"] == "telephone"
    assert {"field": "status", "from": "seeking", "to": "away"}.items() <= line.moves[0].items()
    check(status="returned")
    worker.refresh_from_db()
    assert worker.work_region is None and worker in Worker.objects.seeking()


def test_the_day_moves_on_though_nothing_changed(check, worker):
    Worker.objects.filter(pk=worker.pk).update(status_checked_on=TODAY - dt.timedelta(days=90), status="home")
    assert worker in Worker.objects.unchecked_for(60)
    check()
    worker.refresh_from_db()
    assert worker.status_checked_on == TODAY and worker not in Worker.objects.unchecked_for(60)


def test_a_late_check_does_not_replace_a_newer_one(check, worker, no):
    assert no(check, status="training", checked_on=TODAY - AGO) == "newer_check_exists"
    worker.refresh_from_db()
    assert worker.status == "seeking"


def test_a_stranger_cannot(world, check):
    with pytest.raises(OutOfReach):
        check(by=world.stranger)


def test_a_person_says_it_himself_and_nobody_else_does(check, himself, no):
    assert check(by=himself, source="self").status_source == "self"
    assert no(check, by=himself, source="visit") == "source_not_yours"
    assert no(check, source="self") == "source_not_yours"


def test_bad_facts_are_refused(world, check, no):
    assert no(check, status="away") == "work_region_missing"
    assert no(check, status="home", work_region=world.host_city) == "work_region_not_away"
    assert no(check, status="away", work_region=world.host_city.parent) == "not_a_city"
    assert no(check, status="x") == no(check, source="x") == "not_a_choice"
    assert no(check, checked_on=TODAY + AGO) == "day_in_future"


def test_not_after_leaving_the_register(world, check, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(check) == "not_on_register"
