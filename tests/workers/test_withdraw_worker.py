"""withdraw_worker: a person leaves the register."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.kernel.news import hears
from zhitong.workers.actions import withdraw_worker
from zhitong.workers.events import WorkerWithdrawn
from zhitong.workers.models import Worker


def test_it_works(world, worker):
    withdraw_worker(by=world.village_officer, worker=worker, reason="moved_away")
    worker.refresh_from_db()
    assert worker.state == "withdrawn" and worker not in Worker.objects.seeking()
    line = Record.objects.of(worker).get(verb="withdraw_worker")
    assert line.given["reason"] == "moved_away" and line.moves[0]["to"] == "withdrawn"


def test_a_person_may_leave_by_himself(himself, worker):
    assert withdraw_worker(by=himself, worker=worker).state == "withdrawn"


def test_later_apps_hear_of_it(world, worker, django_capture_on_commit_callbacks):
    heard = []
    hears(WorkerWithdrawn)(heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_worker(by=world.village_officer, worker=worker)
    assert heard == [WorkerWithdrawn(worker.pk, "own_wish")]


def test_a_stranger_cannot(world, worker):
    with pytest.raises(OutOfReach):
        withdraw_worker(by=world.stranger, worker=worker)


def test_only_for_a_listed_reason(world, worker, no):
    assert no(withdraw_worker, by=world.village_officer, worker=worker, reason="whim") == "not_a_choice"


def test_not_twice(world, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(withdraw_worker, by=world.village_officer, worker=worker) == "wrong_state"
