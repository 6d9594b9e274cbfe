"""Files are attached to rows and removed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..action import action, note_move, note_rows
from ..errors import NotAllowed, Refusal
from ..files import clean_name, measured
from ..models import Account, Attachment
from ..models.placed import place_of
from ..people import way_to_person
from ..state import unless_taken

MOST_FILES = 20
"""Files at one row."""


@action(at="row", title=_("上传附件"), about=Attachment)
def attach_file(*, by: Account, row: models.Model, file: File[Any]) -> Attachment:
    """Keep a file with a row, under a storage name that says nothing.

    Refuses files that are empty, too big, of a kind that is not taken or attached to the row already, and more
    than twenty at one row.
    """
    found = measured(file)
    subject = {"subject_type": row._meta.label, "subject_id": row.pk}
    if Attachment.objects.filter(**subject).count() >= MOST_FILES:
        raise Refusal("files_too_many", _("附件太多了，请先删除不需要的。"), field="file")
    attachment = Attachment(
        name=clean_name(file.name or "", found.kind),
        kind=found.kind,
        size=found.size,
        digest=found.digest,
        attached_by=by,
        **subject,
        **place_of(row, getattr(row, "concerns", None)),
    )
    _store(attachment, file)
    note_move(attachment, "digest", None, found.digest)
    return attachment


def _store(attachment: Attachment, file: File[Any]) -> None:
    """Store the bytes, then the row; bytes without a row are taken away again."""
    again = Refusal("file_attached_already", _("这个文件已经上传过了。"), field="file")
    file.seek(0)
    attachment.file.save(uuid4().hex, file, save=False)
    try:
        with unless_taken(again):
            attachment.save()
    except BaseException:
        attachment.file.delete(save=False)
        raise


@action(at="attachment", title=_("删除附件"))
def remove_file(*, by: Account, attachment: Attachment) -> Attachment:
    """Remove a file for good; its digest stays in the record.

    Only who attached it may, or anybody in whose reach it stands once that person's account is closed.
    """
    if attachment.attached_by_id != by.pk and attachment.attached_by.is_active:
        raise NotAllowed("remove_file")
    number, storage, name = attachment.pk, attachment.file.storage, str(attachment.file.name)
    if not Attachment.objects.filter(pk=number).delete()[0]:
        raise Refusal("file_removed_already", _("这个附件已经删除。"))
    note_move(attachment, "digest", attachment.digest, None)
    transaction.on_commit(lambda: storage.delete(name))
    return attachment


@action(at="person", title=_("清除附件"), about=Attachment)
def erase_files(*, by: Account, person: models.Model) -> int:
    """Remove for good every file at a person's row and at the rows about him; it follows from their deletion."""
    found = [one for label, keys in _rows_about(person) for one in _files_at(label, keys)]
    for one in found:
        transaction.on_commit(partial(one.file.storage.delete, str(one.file.name)))
    Attachment.objects.filter(pk__in=[one.pk for one in found]).delete()
    note_rows(len(found))
    return len(found)


def _rows_about(person: models.Model) -> Iterator[tuple[str, list[int]]]:
    """Yield each kind of row about a person with the numbers of the rows."""
    for model in apps.get_models():
        way = way_to_person(model)
        if way is not None and way[0] is type(person):
            rows = model._base_manager.filter(**{"__".join(way[1]) or "pk": person.pk})
            yield model._meta.label, list(rows.values_list("pk", flat=True))


def _files_at(label: str, keys: list[int]) -> Iterator[Attachment]:
    yield from Attachment.objects.filter(subject_type=label, subject_id__in=keys)
