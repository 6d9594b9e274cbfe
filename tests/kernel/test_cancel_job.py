"""cancel_job: work that is no longer wanted ends at its next sign of life."""

from __future__ import annotations

import pytest

from tests.kernel.conftest import asked_for
from zhitong.kernel.actions import begin_job, cancel_job, finish_job
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.jobs import KINDS, run_job


def test_it_works(world, job, work):
    cancel_job(by=world.county_officer, job=job)
    job.refresh_from_db()
    assert job.state == "cancelled" and job.finished_at is not None
    run_job(job.pk)
    assert work == []


def test_a_running_job_ends_at_its_next_sign_of_life(world, job, monkeypatch):
    went_on = []

    def counting(job, beat):
        beat(100)
        cancel_job(by=world.county_officer, job=type(job).objects.get(pk=job.pk))
        beat(200)
        went_on.append(job)

    monkeypatch.setitem(KINDS, "count", counting)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, went_on, job.result) == ("cancelled", [], {})


def test_one_that_gives_no_more_signs_ends_cancelled_all_the_same(world, job, monkeypatch):
    def counting(job, beat):
        cancel_job(by=world.county_officer, job=type(job).objects.get(pk=job.pk))
        return {"counted": 3}

    monkeypatch.setitem(KINDS, "count", counting)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("cancelled", {})


def test_whoever_asked_cancels_it(world, work):
    job = asked_for(world.station_staff, world.station)
    cancel_job(by=world.station_staff, job=job)


def test_a_stranger_cannot(world, job):
    for somebody in (world.stranger, world.station_staff):
        with pytest.raises(OutOfReach):
            cancel_job(by=somebody, job=job)


def test_not_after_the_end(world, job, no):
    begin_job(by=world.system, job=job)
    finish_job(by=world.system, job=job, result={})
    assert no(cancel_job, by=world.county_officer, job=job) == "wrong_state"
