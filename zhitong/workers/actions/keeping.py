"""What the register need not keep for ever: rows of old lists, settled statements, questions that are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.people import People

from ..frames.duplicates import portions
from ..models import (
    DoorstepEdit,
    FieldConflict,
    Import,
    ImportRow,
    RowEffect,
    RowFinding,
    StatusQuestion,
    Worker,
)

AT_ONCE = 5_000
"""So many rows of a kind go in one transaction, so that others need not wait for it."""


def refuse_let_go(imported: Import) -> None:
    """Refuse a list of which the rows are kept no longer: it can be read, applied or taken back no more."""
    began = imported.applied_at or imported.staged_at
    if began < timezone.now() - settings.LIST_KEPT:
        sentence = _("这份名单已超过保存期限（%(days)d天），原始内容已清除，不能再办理。")
        raise Refusal("list_let_go", sentence % {"days": settings.LIST_KEPT.days})


@action(at=None, title=_("清理到期的名单原件、上门填写和核实询问"))
def let_old_rows_go(*, by: Account) -> int:
    """Delete what is kept no longer, a portion at a time, and return how many rows went.

    That is: the rows of old lists as they came, with what was found about each and what undoing needed; statements
    of devices that are settled, with what stood when a conflict was decided; and questions by short message that
    were answered or are over. Counts of lists, conflicts as such and the record stay.
    """
    now, people = timezone.now(), People(Worker._meta.label)
    count = sum((
        _let_lists_go(now - settings.LIST_KEPT, people),
        _let_edits_go(now - settings.DOORSTEP_KEPT, people),
        _let_questions_go(now - settings.STATUS_QUESTION_KEPT, people),
    ))  # fmt: skip
    note_rows(count)
    note_people(people)
    return count


def _let_lists_go(before: dt.datetime, people: People) -> int:
    old = Import.objects.alias(began=Coalesce("applied_at", "staged_at")).filter(began__lt=before)
    keys = list(
        ImportRow.objects.filter(imported__in=old).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    )
    for some in portions(keys):
        for of_row in (RowEffect, RowFinding):
            rows = of_row.objects.filter(row__in=some)
            _note(people, rows)
            rows._raw_delete(rows.db)
        found = ImportRow.objects.filter(pk__in=some)
        found._raw_delete(found.db)
    return len(keys)


def _let_edits_go(before: dt.datetime, people: People) -> int:
    decided = FieldConflict.objects.filter(decided_at__lt=before, stood__isnull=False)
    for some in portions(list(decided.values_list("pk", flat=True)[:AT_ONCE])):
        FieldConflict.objects.filter(pk__in=some).update(stood=None)
    settled = DoorstepEdit.objects.filter(settled_at__lt=before)
    return _delete(settled.exclude(conflict__state=FieldConflict.State.OPEN), people)


def _let_questions_go(before: dt.datetime, people: People) -> int:
    over = Q(answered_at__lt=before) | Q(expires_at__lt=before)
    return _delete(StatusQuestion.objects.filter(over), people)


def _delete(rows: QuerySet[Any], people: People) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    model: type[Model] = rows.model
    for some in portions(keys):
        found = model._base_manager.filter(pk__in=some)
        _note(people, found)
        found.delete()
    return len(keys)


def _note(people: People, rows: QuerySet[Any]) -> None:
    """Put whom the rows are about among the people of the line."""
    numbers: Iterable[int | None] = rows.values_list("worker_id", flat=True)
    for number in numbers:
        if number is not None:
            people.add(number)
