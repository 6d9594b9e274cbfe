"""Background work that people can see: one ``Job`` row for each piece, carried by huey, swept when it stalls.

A kind of work is a function in an app's ``tasks`` module::

    @job("solve_round")
    def solve_round(job: Job, beat: Beat) -> dict[str, Any]: ...

It may be run again after an interruption, so it must be idempotent. ``beat(permille, message)`` shows progress and
is the sign of life without which the sweeper queues the work anew. A ``Refusal`` ends it with its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .errors import Refusal
from .models import Account, Job
from .queue import queue

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
PULSE_SECONDS = 20


class Beat(Protocol):
    """Says how far the work is, in thousandths, and in one sentence."""

    def __call__(self, permille: int, message: str = "") -> None: ...


Work = Callable[[Job, Beat], dict[str, Any]]
KINDS: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Register a function as the work of a kind of job."""

    def register(work: Work) -> Work:
        KINDS[kind] = work
        return work

    return register


def run_job(number: int) -> None:
    """Do one job if it still waits; two workers that take the same one do it once."""
    from .actions import begin_job, fail_job, finish_job

    system = Account.objects.system()
    found = Job.objects.filter(pk=number, state=Job.State.WAITING).first()
    if found is None:
        return
    try:
        begin_job(by=system, job=found)
    except Refusal:
        return
    try:
        with pulse(found):
            result = KINDS[found.kind](found, partial(beat, found))
    except Cancelled:
        return
    except Refusal as refusal:
        fail_job(by=system, job=found, message=str(refusal.sentence))
    except Exception:
        log.exception("job_failed", kind=found.kind, job=found.pk)
        fail_job(by=system, job=found, message=_("出现意外错误，已记入日志，请联系平台管理员。"))
    else:
        finish_job(by=system, job=found, result=result)


class Cancelled(Exception):
    """The person who asked for the work no longer wants it."""


def beat(job: Job, permille: int, message: str = "") -> None:
    """Store progress; raises ``Cancelled`` when the work is no longer wanted.

    It is no verb, because nothing about the world has changed.
    """
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    alive = running.update(
        done_permille=min(max(permille, 0), 1000), message=message[:200], beat_at=timezone.now()
    )
    if not alive:
        raise Cancelled


@contextmanager
def pulse(job: Job) -> Iterator[None]:
    """Show that the process lives while a long step gives no sign by itself."""
    if settings.HUEY.get("immediate"):
        yield
        return
    over = Event()
    thread = Thread(target=_pulse, args=(job.pk, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _pulse(number: int, over: Event) -> None:
    while not over.wait(PULSE_SECONDS):
        Job.objects.filter(pk=number, state=Job.State.RUNNING).update(beat_at=timezone.now())
    connection.close()


def carry(job: Job) -> None:
    """Hand the job to a worker process once the surrounding transaction is stored."""
    number = job.pk
    transaction.on_commit(lambda: _enqueue(number))


def _enqueue(number: int) -> None:
    carry_job(number)


@queue.task()
def carry_job(number: int) -> None:
    """Huey's task: the row says what is to be done."""
    run_job(number)


def sweep() -> int:
    """Queue anew what stalled or was never carried, and return how many; called by the clock every minute."""
    from .actions import fail_job, requeue_job

    system = Account.objects.system()
    count = 0
    for stalled in Job.objects.stale(settings.JOB_STALE_AFTER):
        if stalled.attempts >= MOST_ATTEMPTS:
            fail_job(by=system, job=stalled, message=_("多次中断，没有完成。"))
        else:
            requeue_job(by=system, job=stalled)
            count += 1
    long_ago = timezone.now() - settings.JOB_STALE_AFTER
    for waiting in Job.objects.filter(state=Job.State.WAITING, asked_at__lt=long_ago):
        _enqueue(waiting.pk)
    return count
