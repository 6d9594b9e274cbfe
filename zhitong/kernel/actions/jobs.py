"""Background jobs: asked for by people, carried by the system's own account."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..action import action
from ..errors import Refusal
from ..models import Account, Job, Org, in_place
from ..state import move


@action(at="org", title=_("申请后台任务"), keeps=("kind",), about=Job)
def queue_job(*, by: Account, org: Org, kind: str, given: dict[str, Any]) -> Job:
    """Store a job in the care of an organisation and hand it to a worker process after commit.

    The work trusts what is given. So nobody queues by himself: a verb with a name and a reach of its own says what
    is to be done, and queues inside itself.
    """
    from ..jobs import KINDS, carry

    if kind not in KINDS:
        raise Refusal("no_kind", _("没有这种后台任务。"), field="kind")
    job = Job.objects.create(kind=kind, given=given, asked_by=by, **in_place(org))
    carry(job)
    return job


@action(at="job", title=_("取消后台任务"))
def cancel_job(*, by: Account, job: Job) -> Job:
    """Cancel a job that waits or runs; work that runs ends at its next sign of life."""
    return move(job, Job.State.CANCELLED, finished_at=timezone.now())


@action(at="job", title=_("开始后台任务"))
def begin_job(*, by: Account, job: Job) -> Job:
    """Claim a waiting job; the second of two that try is refused."""
    return move(job, Job.State.RUNNING, attempts=job.attempts + 1, beat_at=timezone.now())


@action(at="job", title=_("完成后台任务"))
def finish_job(*, by: Account, job: Job, result: dict[str, Any]) -> Job:
    """Store the outcome of a job that ran."""
    return move(job, Job.State.DONE, result=result, done_permille=1000, finished_at=timezone.now())


@action(at="job", title=_("后台任务未成功"))
def fail_job(*, by: Account, job: Job, message: str) -> Job:
    """End a job with the sentence that says why."""
    return move(job, Job.State.FAILED, message=message[:200], finished_at=timezone.now())


@action(at="job", title=_("重新排队"))
def requeue_job(*, by: Account, job: Job) -> Job:
    """Put a stalled job back and hand it to a worker process again."""
    from ..jobs import carry

    moved = move(job, Job.State.WAITING, beat_at=timezone.now())
    carry(moved)
    return moved
