"""queue_job: work is stored in the care of an organisation and done while nobody waits."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Job, Record


def test_it_works(world, work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = queue_job(by=world.county_officer, org=world.county, kind="count", given={"most": 3})
        assert job.state == "waiting" and work == []
    job.refresh_from_db()
    assert (job.state, job.result, job.done_permille, job.attempts) == ("done", {"counted": 3}, 1000, 1)
    lines = Record.objects.of(job)
    assert [(one.verb, one.actor) for one in lines] == [
        ("queue_job", world.county_officer), ("begin_job", world.system), ("finish_job", world.system),
    ]  # fmt: skip
    assert {one.county for one in lines} == {world.county}


def test_nothing_is_carried_when_the_verb_did_not_happen(world, work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as carried, pytest.raises(AssertionError):
        queue_job(by=world.county_officer, org=world.county, kind="no such work", given={})
    assert carried == [] and not Job.objects.exists()


def test_whoever_asked_sees_it(world, work):
    job = queue_job(by=world.station_staff, org=world.station, kind="count", given={})
    assert job in Job.objects.visible_to(world.station_staff)
    assert job in Job.objects.visible_to(world.county_officer)
    assert job not in Job.objects.visible_to(world.stranger)


def test_a_stranger_cannot(world, work):
    for somebody in (world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            queue_job(by=somebody, org=world.county, kind="count", given={})
