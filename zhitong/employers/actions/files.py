"""Files of advertisements that somebody else wrote: read on trial while nobody waits, then stored."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Job, Org

from ..keeping import keep, kept

READ_POSTS = "read_posts"
"""The kind of the job that reads a file of posts."""
MOST_NAME = 100


@action(at="org", title=_("试读岗位文件"), about=Job)
def read_demands(*, by: Account, org: Org, file: File[Any]) -> Job:
    """Have a file of posts read and reported on while nobody waits; nothing of it is stored.

    ``file`` carries the name that its report shows. It is kept for some days, then cleared.
    """
    given = {"name": str(file.name or "")[:MOST_NAME], "file": keep(file), "apply": False}
    return _queued(by, org, given)


@action(at="job", title=_("存入读好的岗位"))
def store_demands(*, by: Account, job: Job) -> Job:
    """Have what is good of a file stored whose report was looked at; the posts then wait for their check."""
    if not can_be_stored(job):
        raise Refusal("nothing_read", _("这个文件还没有读好，或者没有可以入库的行。"), field="job")
    kept(job.given["file"])
    return _queued(by, Org.objects.get(pk=job.given["org"]), {**job.given, "apply": True})


def can_be_stored(job: Job) -> bool:
    """Tell whether a report was made of which something could be stored."""
    read = job.kind == READ_POSTS and job.state == Job.State.DONE
    return read and not job.result["applied"] and job.result["good"] > 0


def _queued(by: Account, org: Org, given: dict[str, Any]) -> Job:
    """Queue the reading of a file, whose report is to be in the language of whoever asks."""
    given = {**given, "org": org.pk, "language": get_language()}
    return queue_job(by=by, org=org, kind=READ_POSTS, given=given)
