"""requeue_job: a stalled job is handed to a worker process again."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import begin_job, requeue_job
from zhitong.kernel.errors import NotAllowed


def test_it_works(world, job, work, django_capture_on_commit_callbacks):
    begin_job(by=world.system, job=job)
    with django_capture_on_commit_callbacks(execute=True):
        requeue_job(by=world.system, job=job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2) and len(work) == 1


def test_a_stranger_cannot(world, job):
    begin_job(by=world.system, job=job)
    with pytest.raises(NotAllowed):
        requeue_job(by=world.county_officer, job=job)


def test_only_what_stalled_is_queued_anew(world, job, no):
    assert no(requeue_job, by=world.system, job=job) == "wrong_state"
