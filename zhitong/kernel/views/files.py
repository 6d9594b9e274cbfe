"""Files that people handed in: given back, and the panel that lists those of a row."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise

from .. import access
from ..actions import note_reading
from ..files import as_download
from ..models import Account, Attachment
from ..web import Panel, panel, signed_in
from ..web.paths import page_of_label, visible_row
from ..web.verbs import actor_of


@signed_in
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a file to somebody who may read it, and leave a line that it was read."""
    actor = actor_of(request)
    row = visible_row(Attachment, actor, pk)
    if access.holds(actor, "note_reading"):
        note_reading(by=actor, row=row, purpose="file")
    return as_download(row)


attachment.about = Attachment  # type: ignore[attr-defined]


def files_of(row: Model, actor: Account, title: str | Promise) -> Panel:
    """Return the panel of the files at a row that the reader may see, each with what the reader may do."""
    rows = Attachment.objects.visible_to(actor).filter(subject_type=row._meta.label, subject_id=row.pk)
    lines = [{"file": one, "remove": _remove_url(one, actor)} for one in rows.order_by("pk")]
    return panel(title, "kernel/files.html", files=lines)


def _remove_url(row: Attachment, actor: Account) -> str:
    """Return where the file is removed, or nothing for what somebody else attached whose account is open."""
    theirs = row.attached_by_id != actor.pk and row.attached_by.is_active
    if theirs or not access.may(actor, "remove_file", row):
        return ""
    return reverse("remove_file", args=[row.pk])


def to_subject(row: Attachment, request: HttpRequest) -> str:
    """Go to the page of the row to which the file belongs, or home where it has none."""
    return page_of_label(row.subject_type, row.subject_id) or reverse("home")


def about_subject(request: HttpRequest, row: Attachment) -> dict[str, Any]:
    """Lead back from a verb about a file to the row to which it belongs."""
    return {"back": to_subject(row, request), "crumbs": [], "subtitle": row.name}
