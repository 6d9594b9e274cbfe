"""Lists taken away."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..action import action, note_people, note_rows
from ..errors import Refusal
from ..files import clean_name
from ..lists import list_named
from ..models import Account, Export, Job, Org
from ..people import People
from ..privacy import seal, unseal
from .jobs import queue_job

WORK = "write_list"
SEALED_AS = "export"
PACKED = "application/zip"
"""What a spreadsheet is by its first bytes."""


@action(at="org", title=_("导出名单"), keeps=("list_name", "narrowed_by"))
def export_list(
    *, by: Account, org: Org, list_name: str, narrowed_by: str, row_count: int, people: People | None = None
) -> Org:
    """Leave a line that somebody took a list away for an organisation: which, narrowed by what, how many rows.

    Each of the people in it finds this one line.
    """
    note_rows(row_count)
    note_people(people)
    return org


@action(at="org", title=_("申请导出长名单"), keeps=("listing",), about=Job)
def order_list(
    *,
    by: Account,
    org: Org,
    listing: str,
    address: str,
    parent: int | None = None,
    acting_for: Org | None = None,
) -> Job:
    """Have a long list written while nobody waits: the class of its page, and what the page's address asks for.

    What was typed into the filters is sealed, because it may name a person. ``acting_for`` narrows the list to what
    the person reads for that organisation alone.
    """
    if list_named(listing) is None:
        raise Refusal("no_list", _("没有这个名单。"), field="listing")
    given = {
        "listing": listing,
        "address": b64encode(seal(address, SEALED_AS)).decode(),
        "parent": parent,
        "acting_for": None if acting_for is None else acting_for.pk,
        "language": get_language(),
    }
    return queue_job(by=by, org=org, kind=WORK, given=given)


def address_of(job: Job) -> str:
    """Return the address that was sealed in the order of a list."""
    return unseal(b64decode(job.given["address"]), SEALED_AS)


@action(at="job", title=_("保存导出文件"), about=Export)
def keep_export(*, by: Account, job: Job, file: File[Any]) -> Export:
    """Keep the spreadsheet that a job wrote for whoever asked for it, until its days are over."""
    file.seek(0)
    export = Export(
        job=job,
        name=clean_name(file.name or "", PACKED),
        size=file.size,
        digest=hashlib.file_digest(file, "sha256").hexdigest(),
        made_for=job.asked_by,
        expires_at=timezone.now() + settings.EXPORT_KEPT,
    )
    file.seek(0)
    export.file.save(uuid4().hex, file, save=False)
    try:
        export.save()
    except BaseException:
        export.file.delete(save=False)
        raise
    return export


@action(at=None, title=_("清除过期的导出文件"))
def drop_expired_exports(*, by: Account) -> int:
    """Remove the spreadsheets whose days are over, and return how many; their lines in the record stay."""
    expired = list(Export.objects.filter(expires_at__lte=timezone.now()))
    for one in expired:
        storage, name = one.file.storage, str(one.file.name)
        Export.objects.filter(pk=one.pk).delete()
        transaction.on_commit(partial(storage.delete, name))
    note_rows(len(expired))
    return len(expired)
