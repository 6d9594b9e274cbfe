"""fail_job: a job ends with the sentence that says why."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import begin_job, fail_job
from zhitong.kernel.errors import NotAllowed


def test_it_works(world, job):
    begin_job(by=world.system, job=job)
    fail_job(by=world.system, job=job, message="名单里没有人。")
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "名单里没有人。") and job.finished_at is not None


def test_a_stranger_cannot(world, job):
    begin_job(by=world.system, job=job)
    with pytest.raises(NotAllowed):
        fail_job(by=world.county_officer, job=job, message="不行。")


def test_only_what_runs_fails(world, job, no):
    assert no(fail_job, by=world.system, job=job, message="不行。") == "wrong_state"
