"""What is looked for and opened is counted by day and bureau, without who."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.models import Account, Org, in_place

from ..models import Answer, Asked
from ..searching import terms_of

MOST_TERM = 30
NUMBER = re.compile(r"[0-9]{5,}|[0-9]{4,}x")
"""Digits that may be somebody's number: they are kept in no count."""


@action(at=None, title=_("计入查找次数"))
def count_search(*, by: Account, place: Org, text: str, found: bool) -> None:
    """Count that a text was looked for today, and whether anything was found; leaves no line and no name."""
    note_rows(0)
    term = " ".join(one for one in terms_of(text) if not NUMBER.search(one))[:MOST_TERM].strip()
    if term:
        _count(place, {"term": term, "answer": None}, {"found": found})


@action(at=None, title=_("计入打开次数"))
def count_opening(*, by: Account, place: Org, answer: Answer) -> None:
    """Count that an answer was opened today; leaves no line and no name."""
    note_rows(0)
    _count(place, {"term": "", "answer": answer}, {})


@action(at=None, title=_("清理过期的提问次数"))
def drop_old_counts(*, by: Account) -> int:
    """Drop the counts whose days are over; return how many."""
    last = timezone.localdate() - settings.ASKED_KEPT
    count, _by_model = Asked.objects.filter(asked_on__lt=last).delete()
    note_rows(count)
    return count


def _count(place: Org, what: dict[str, Any], also: dict[str, Any]) -> None:
    today = Asked.objects.filter(asked_on=timezone.localdate(), counted_at=place, **what)
    if today.update(times=F("times") + 1, **also):
        return
    try:
        with transaction.atomic():
            Asked.objects.create(
                asked_on=timezone.localdate(), counted_at=place, **what, **also, **in_place(place)
            )
    except IntegrityError:
        today.update(times=F("times") + 1, **also)
