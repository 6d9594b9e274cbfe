"""decide_conflict: what two devices stated differently is decided by a person."""

from __future__ import annotations

import json

import pytest

from zhitong.kernel.erasing import emptied
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import decide_conflict, withdraw_worker
from zhitong.workers.models import DoorstepEdit, FieldConflict

from .doorsteps import colleague, phone, saw, send, stated


@pytest.fixture
def contest(world, worker):
    """Two devices that disagree about a field."""
    mine, hers = phone(world), phone(world, colleague(world), "乙的手机")

    def disagree(field="name", first="陆大河", second="陆大海"):
        seen = saw(worker, field)
        send(mine, worker, stated(worker, field, first, 1, seen=seen))
        send(hers, worker, stated(worker, field, second, 2, seen=seen))
        return FieldConflict.objects.open().get(field=field)

    return disagree


def test_it_works(world, worker, contest):
    conflict = contest()
    other = conflict.edits.get(device__label="乙的手机")
    decided = decide_conflict(by=world.village_officer, conflict=conflict, take=other)
    worker.refresh_from_db()
    assert worker.name == "陆大海" and (decided.state, decided.taken) == ("decided", other)
    decided.refresh_from_db()
    assert json.loads(decided.stood.open()) == "陆大河" and decided.decided_by == world.village_officer
    assert not DoorstepEdit.objects.standing().exists()
    assert Record.objects.concerning(worker).filter(verb="decide_conflict").exists()


def test_keeping_what_is_shown(world, worker, contest):
    decide_conflict(by=world.county_officer, conflict=contest())
    worker.refresh_from_db()
    assert worker.name == "陆大河" and not FieldConflict.objects.open().exists()


def test_a_status_is_taken_with_its_source(world, worker, contest):
    conflict = contest("status", "home:", f"away:{world.host_city.pk}")
    decide_conflict(by=world.village_officer, conflict=conflict, take=conflict.edits.last())
    worker.refresh_from_db()
    assert (worker.status, worker.work_region) == ("away", world.host_city)


def test_a_stranger(world, contest):
    with pytest.raises(OutOfReach):
        decide_conflict(by=world.stranger, conflict=contest())


def test_only_what_was_stated_here_is_taken(world, contest, no):
    conflict, other = contest(), contest("education", "5", "6")
    take = other.edits.first()
    assert no(decide_conflict, by=world.village_officer, conflict=conflict, take=take) == "not_in_conflict"


def test_once(world, contest, no):
    conflict = contest()
    decide_conflict(by=world.village_officer, conflict=conflict)
    assert no(decide_conflict, by=world.village_officer, conflict=conflict) == "wrong_state"


def test_not_after_leaving_the_register(world, worker, contest, no):
    conflict = contest()
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(decide_conflict, by=world.village_officer, conflict=conflict) == "not_on_register"


@pytest.mark.unwatched
def test_the_page_opens_though_the_person_was_deleted(client, world, worker, contest):
    conflict = contest("education", "5", "6")
    DoorstepEdit.objects.update(**emptied(DoorstepEdit))
    client.force_login(world.village_officer)
    assert client.get(f"/workers/conflicts/{conflict.pk}/").status_code == 200
