"""Work of the kernel that is done while nobody waits."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .access import held_by
from .actions import keep_export
from .actions.exports import WORK, address_of
from .errors import NotAllowed, Refusal
from .jobs import Beat, job
from .lists import list_named
from .models import Account, Export, Job
from .web import Listing
from .web.export import file_name, note_export, write_list
from .web.paths import visible_row


@job(WORK, _("写出名单"))
def write_long_list(job: Job, beat: Beat) -> dict[str, Any]:
    """Write the list that was ordered, as the person who ordered it may read it now, and keep the file.

    Run again after an interruption it begins anew: the record line and the file are stored together at its end.
    """
    if Export.objects.filter(job=job).exists():
        return {}
    with translation.override(job.given["language"]), tempfile.TemporaryFile(suffix=".xlsx") as target:
        listing = listing_of(job)
        form = listing.unfiltered_form()
        if not form.is_valid() or listing.unknown_parameters():
            raise Refusal("wrong_filter", _("筛选条件已经不能用了，请重新筛选后再导出。"))
        rows = listing.found_rows(form)
        total = max(rows.order_by().values("pk").count(), 1)

        def told(written: int) -> None:
            beat(min(written * 950 // total, 950), _("已写出 %(count)s 行"), count=f"{written:,}")

        beat(1, _("正在读取名单"))
        written = write_list(listing, rows, listing.asked_order(), form, target, told)
        with transaction.atomic():
            note_export(listing, form, *written)
            file = File(target, name=file_name(listing))
            keep_export(by=Account.objects.system(), job=job, file=file)
    return {"rows": written[0]}


def listing_of(job: Job) -> Listing:
    """Return the list that was ordered, in the hands of whoever ordered it; refuses when it is no longer theirs."""
    kind = list_named(job.given["listing"])
    if kind is None or not issubclass(kind, Listing):
        raise Refusal("no_list", _("没有这个名单。"))
    actor = _actor(job)
    request = HttpRequest()
    request.method, request.GET = "GET", QueryDict(address_of(job))
    request.actor = request.user = actor  # type: ignore[attr-defined]
    parent = None
    if kind.parent_model is not None:
        parent = visible_row(kind.parent_model, actor, int(job.given["parent"] or 0))
    listing = kind(request, parent)
    if not listing.may_export() or not listing.may_read():
        raise NotAllowed("export_list")
    return listing


def _actor(job: Job) -> Account:
    """Return who ordered the list, holding what they hold today where they acted."""
    actor: Account = Account.objects.get(pk=job.asked_by_id)
    place = job.given["acting_for"]
    if place is not None:
        actor.__dict__["held"] = tuple(
            one for one in held_by(actor) if one.org is not None and one.org.pk == place
        )
    return actor
