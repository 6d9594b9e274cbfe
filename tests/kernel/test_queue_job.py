"""queue_job: work is stored in the care of an organisation and done while nobody waits."""

from __future__ import annotations

import pytest

from tests.kernel.conftest import asked_for
from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Job, Record


def test_it_works(world, work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = queue_job(by=world.system, org=world.county, kind="count", given={"most": 3})
        assert job.state == "waiting" and work == []
    job.refresh_from_db()
    assert (job.state, job.result, job.done_permille, job.attempts) == ("done", {"counted": 3}, 1000, 1)
    lines = Record.objects.of(job)
    assert [one.verb for one in lines] == ["queue_job", "begin_job", "finish_job"]
    assert {one.county for one in lines} == {world.county}


def test_a_kind_that_nobody_registered(world, work, no, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as carried:
        assert no(queue_job, by=world.system, org=world.county, kind="no such work", given={}) == "no_kind"
    assert carried == [] and not Job.objects.exists()


def test_whoever_asked_sees_it(world, work):
    job = asked_for(world.station_staff, world.station)
    assert job in Job.objects.visible_to(world.station_staff)
    assert job in Job.objects.visible_to(world.county_officer)
    assert job not in Job.objects.visible_to(world.stranger)


def test_nobody_queues_by_himself(world, work):
    """The work trusts what is given, so that only a verb with a name of its own may say it."""
    for somebody in (world.stranger, world.auditor, world.village_officer, world.city_officer):
        with pytest.raises(NotAllowed):
            queue_job(by=somebody, org=somebody.grants.get().org, kind="count", given={})


def test_no_program_queues_either(client, world, work):
    client.force_login(world.village_officer)
    sent = {"kind": "count", "given": {}}
    url = f"/api/kernel/org/{world.village.pk}/queue_job"
    assert client.post(url, sent, content_type="application/json").status_code == 404
    assert not Job.objects.exists()
