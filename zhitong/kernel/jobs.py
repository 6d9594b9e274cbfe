"""Background work that people can see: one ``Job`` row for each piece, carried by huey, swept when it stalls.

A kind of work is a function in an app's ``tasks`` module::

    @job("solve_round")
    def solve_round(job: Job, beat: Beat) -> dict[str, Any]: ...

It may be run again after an interruption, so it must be idempotent. ``beat(permille, message)`` shows progress and
is the sign of life without which the sweeper queues the work anew. A ``Refusal`` ends it with its sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Event, Thread
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .errors import Faster, Refusal
from .models import Account, Job
from .queue import queue

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
PULSE_SECONDS = 20


class Beat(Protocol):
    """Says how far the work is, in thousandths, and in one sentence with its values.

    The sentence waits for its translation (``gettext_lazy``), so that each reader has it in his own language.
    """

    def __call__(self, permille: int, message: str | Promise = "", **values: Any) -> None: ...


Work = Callable[[Job, Beat], dict[str, Any]]
KINDS: dict[str, Work] = {}
TITLES: dict[str, str | Promise] = {}
RESULTS: dict[str, Callable[[Job, Account], str | None]] = {}


def job(
    kind: str, title: str | Promise = "", result: Callable[[Job, Account], str | None] | None = None
) -> Callable[[Work], Work]:
    """Register a function as the work of a kind of job.

    ``title`` is what people call it; ``result(job, reader)`` gives the address of the page on which the outcome is
    seen, or nothing to whom it does not open.
    """

    def register(work: Work) -> Work:
        KINDS[kind] = work
        if title:
            TITLES[kind] = title
        if result is not None:
            RESULTS[kind] = result
        return work

    return register


def run_job(number: int) -> None:
    """Do one job if it still waits; two workers that take the same one do it once."""
    from .actions import begin_job

    system = Account.objects.system()
    found = Job.objects.filter(pk=number, state=Job.State.WAITING).first()
    if found is None:
        return
    try:
        begin_job(by=system, job=found)
    except Refusal:
        return
    ending = _work(found)
    if ending is not None:
        with suppress(Faster):  # it was cancelled after its last sign of life
            ending(by=system, job=found)


def _work(job: Job) -> Callable[..., Job] | None:
    """Do the work and return the verb that ends the job; ``None`` when it is no longer wanted."""
    from .actions import fail_job, finish_job

    try:
        with pulse(job):
            return partial(finish_job, result=KINDS[job.kind](job, partial(beat, job)))
    except Cancelled:
        return None
    except Refusal as refusal:
        return partial(fail_job, message=Job.noted(refusal.sentence, {}))
    except Exception:
        log.exception("job_failed", kind=job.kind, job=job.pk)
        return partial(fail_job, message=Job.noted(_("出现意外错误，已记入日志，请联系平台管理员。"), {}))


class Cancelled(Exception):
    """The person who asked for the work no longer wants it."""


def beat(job: Job, permille: int, message: str | Promise = "", **values: Any) -> None:
    """Store progress; raises ``Cancelled`` when the work is no longer wanted.

    It is no verb, because nothing about the world has changed.
    """
    running = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING)
    alive = running.update(
        done_permille=min(max(permille, 0), 1000), message=Job.noted(message, values), beat_at=timezone.now()
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
        try:
            Job.objects.filter(pk=number, state=Job.State.RUNNING).update(beat_at=timezone.now())
        except DatabaseError:  # the next beat may succeed
            log.warning("job_pulse_missed", job=number)
    connection.close()


def carry(job: Job) -> None:
    """Hand the job to a worker process once the surrounding transaction is stored."""
    number = job.pk
    transaction.on_commit(lambda: _enqueue(number))


def _enqueue(number: int) -> None:
    """Hand it to the queue; what the queue cannot take, since its disk is full, say, the sweeper hands over later."""
    try:
        carry_job(number)
    except Exception:
        log.exception("job_not_queued", job=number)


carry_job: Callable[[int], Any] = queue.task()(run_job)
"""Huey's task: the row says what is to be done."""


def sweep() -> int:
    """Queue anew what stalled or was never carried, and return how many; called by the clock every minute."""
    from .actions import fail_job, requeue_job

    system = Account.objects.system()
    count = 0
    for stalled in Job.objects.stale(settings.JOB_STALE_AFTER):
        with suppress(Faster):  # it gave a sign of life, or ended, meanwhile
            if stalled.attempts >= MOST_ATTEMPTS:
                fail_job(by=system, job=stalled, message=Job.noted(_("多次中断，没有完成。"), {}))
            else:
                requeue_job(by=system, job=stalled)
                count += 1
    waiting = list(Job.objects.left_waiting(settings.JOB_STALE_AFTER).values_list("pk", flat=True))
    # One that only waits its turn is not handed out again every minute.
    Job.objects.filter(pk__in=waiting, state=Job.State.WAITING).update(beat_at=timezone.now())
    for number in waiting:
        _enqueue(number)
    return count
