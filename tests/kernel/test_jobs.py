"""Background work: done once, ended with a sentence, taken up again when it stalls."""

from __future__ import annotations

import datetime as dt
import errno
from time import sleep

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from zhitong.kernel import jobs
from zhitong.kernel.actions import begin_job
from zhitong.kernel.errors import Refusal
from zhitong.kernel.jobs import KINDS, MOST_ATTEMPTS, beat, run_job, sweep
from zhitong.kernel.models import Job


def later(job: Job, **columns: object) -> None:
    Job.objects.filter(pk=job.pk).update(**columns)


@pytest.fixture
def long_ago(settings):
    return timezone.now() - settings.JOB_STALE_AFTER - dt.timedelta(seconds=1)


def test_two_that_take_the_same_job_do_it_once(job, work):
    run_job(job.pk)
    run_job(job.pk)
    assert len(work) == 1


def test_the_second_of_two_sees_nothing_to_do(job, work, monkeypatch):
    """The other process claims the job between our look and our claim."""
    from zhitong.kernel import actions

    def claimed_by_another(*, by, job):
        begin_job(by=by, job=Job.objects.get(pk=job.pk))
        return begin_job(by=by, job=job)

    monkeypatch.setattr(actions, "begin_job", claimed_by_another)
    run_job(job.pk)
    assert work == []


def test_a_refusal_ends_it_with_its_sentence(job, monkeypatch):
    def refuse(job, beat):
        raise Refusal("nobody", "名单里没有人。")

    monkeypatch.setitem(KINDS, "count", refuse)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "名单里没有人。")


def test_an_accident_ends_it_without_detail(job, monkeypatch, capsys):
    def stumble(job, beat):
        raise RuntimeError("secret 529901199001010011")

    monkeypatch.setitem(KINDS, "count", stumble)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "failed" and "secret" not in job.message and job.message.endswith("。")


def test_a_kind_that_no_longer_exists_fails(job, monkeypatch):
    monkeypatch.delitem(KINDS, "count")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"


def test_progress_is_seen(world, job):
    begin_job(by=world.system, job=job)
    beat(job, 1700, "x" * 300)
    job.refresh_from_db()
    assert (job.done_permille, job.message) == (1000, "x" * 200)


def test_what_stalls_is_taken_up_again(world, job, work, long_ago, django_capture_on_commit_callbacks):
    begin_job(by=world.system, job=job)
    later(job, beat_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, len(work)) == ("done", 2, 1)


def test_what_lives_is_left_alone(world, job):
    begin_job(by=world.system, job=job)
    assert sweep() == 0
    job.refresh_from_db()
    assert job.state == "running"


def test_after_the_third_time_it_has_failed(world, job, long_ago):
    begin_job(by=world.system, job=job)
    later(job, beat_at=long_ago, attempts=MOST_ATTEMPTS)
    assert sweep() == 0
    job.refresh_from_db()
    assert job.state == "failed" and job.message.endswith("。")


def test_what_was_never_carried_is_carried(job, work, long_ago):
    later(job, asked_at=long_ago)
    sweep()
    job.refresh_from_db()
    assert job.state == "done"


def test_what_the_queue_could_not_take_is_carried_later(job, work, long_ago, monkeypatch, capsys):
    def stumble(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(jobs, "carry_job", stumble)
        jobs._enqueue(job.pk)
    assert work == [] and "job_not_queued" in capsys.readouterr().out
    later(job, asked_at=long_ago)
    sweep()
    assert len(work) == 1


def test_one_that_ended_meanwhile_does_not_stop_the_sweep(world, job, long_ago, monkeypatch):
    begin_job(by=world.system, job=job)
    later(job, beat_at=long_ago)
    stalled = list(Job.objects.filter(pk=job.pk))
    later(job, state="done")
    monkeypatch.setattr(type(Job.objects.all()), "stale", lambda jobs, after: stalled)
    assert sweep() == 0


@pytest.mark.django_db(transaction=True)
def test_a_long_step_still_shows_that_it_lives(settings, monkeypatch):
    from zhitong.kernel import jobs
    from zhitong.kernel.models import Account

    settings.HUEY = {**settings.HUEY, "immediate": False}
    monkeypatch.setattr(jobs, "PULSE_SECONDS", 0.01)
    system = Account.objects.system()
    job = Job.objects.create(kind="count", asked_by=system, state="running")
    with jobs.pulse(job):
        for _try in range(500):
            sleep(0.01)
            job.refresh_from_db()
            if job.beat_at is not None:
                break
    assert job.beat_at is not None


def test_a_note_is_read_in_the_readers_language(job):
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    sentence = gettext_lazy("正在为%(people)d人匹配%(posts)d种岗位")
    with override("en"):
        beat(job, 200, sentence, people=12, posts=3)
    job.refresh_from_db()
    assert job.said == "正在为12人匹配3种岗位"
    with override("en"):
        assert "12" in job.said and "人" not in job.said
    beat(job, 300, "一句" * 150)
    job.refresh_from_db()
    assert len(job.said) == 200


def test_the_api_gives_the_note_as_it_is_read(client, world, job):
    later(job, state=Job.State.RUNNING)
    beat(job, 200, gettext_lazy("正在为%(people)d人匹配%(posts)d种岗位"), people=12, posts=3)
    client.force_login(world.county_officer)
    assert client.get(f"/api/kernel/job/{job.pk}").json()["message"] == "正在为12人匹配3种岗位"


def test_what_waits_its_turn_is_handed_out_once_in_a_while(job, work, long_ago, monkeypatch):
    from zhitong.kernel import jobs

    handed_out = []
    monkeypatch.setattr(jobs, "_enqueue", handed_out.append)
    later(job, asked_at=long_ago)
    for _minute in range(3):
        sweep()
    assert handed_out == [job.pk]
    later(job, beat_at=long_ago)
    sweep()
    assert handed_out == [job.pk] * 2


@pytest.mark.parametrize(
    "error", [Refusal("closed", gettext_lazy("这个组织已经撤销，不能再办。")), ValueError("secret")]
)
def test_why_it_failed_is_kept_for_readers_of_every_language(job, monkeypatch, capsys, error):
    def stumble(job, beat):
        raise error

    monkeypatch.setitem(KINDS, "count", stumble)
    with override("en"):
        run_job(job.pk)
    job.refresh_from_db()
    assert job.message.endswith("。") and job.said == job.message
    with override("en"):
        assert job.said and not job.said.endswith("。")
    capsys.readouterr()
