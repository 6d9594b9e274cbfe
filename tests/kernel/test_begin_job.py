"""begin_job: a worker process claims a job."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import begin_job
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Job


def test_it_works(world, job):
    begin_job(by=world.system, job=job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("running", 1) and job.beat_at is not None


def test_a_stranger_cannot(world, job):
    with pytest.raises(NotAllowed):
        begin_job(by=world.county_officer, job=job)


def test_of_two_that_take_it_one_has_it(world, job, no):
    same = Job.objects.get(pk=job.pk)
    begin_job(by=world.system, job=job)
    assert no(begin_job, by=world.system, job=same) == "someone_was_faster"
    assert no(begin_job, by=world.system, job=job) == "wrong_state"
