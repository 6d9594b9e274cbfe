"""finish_job: the outcome of a job that ran."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import begin_job, finish_job
from zhitong.kernel.errors import NotAllowed


def test_it_works(world, job):
    begin_job(by=world.system, job=job)
    finish_job(by=world.system, job=job, result={"counted": 3})
    job.refresh_from_db()
    assert (job.state, job.result, job.done_permille) == ("done", {"counted": 3}, 1000)


def test_a_stranger_cannot(world, job):
    begin_job(by=world.system, job=job)
    with pytest.raises(NotAllowed):
        finish_job(by=world.county_officer, job=job, result={})


def test_only_what_runs_is_finished(world, job, no):
    assert no(finish_job, by=world.system, job=job, result={}) == "wrong_state"
