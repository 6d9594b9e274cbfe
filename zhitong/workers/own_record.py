"""Everything that is kept about one person, in his own hands: each noun that concerns him, and who looked at it.

Which nouns and fields there are is read off the house: every model that is about a person and that he may read, with
every field that it declares. Sealed values come out in clear, because they are his.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.access import NOTHING, readable
from zhitong.kernel.models import Account, Record
from zhitong.kernel.people import way_to_person
from zhitong.kernel.privacy import BlindIndexField, Sealed, privacy_of
from zhitong.kernel.sheets import SheetTable, write_book
from zhitong.kernel.web.detail import told_line

from .actions.entries import entries_of, said_by
from .deriving import columns_of
from .models import Household, Worker

NOT_TOLD = ("id", "version", "is_sample", "name_key", "city")
"""Columns that say nothing of the person."""
INDENT = 2


def tables_of(actor: Account, worker: Worker) -> list[SheetTable]:
    """Return one table for each noun of which there is a row about the person, himself first and who looked last."""
    entries = entries_of(worker)
    kinds = [model for model in apps.get_models() if _is_about_worker(model)]
    kinds.sort(key=lambda model: model is not Worker)
    found = [_table(model, _rows(model, actor, entries)) for model in kinds]
    homes = Household.objects.filter(members__in=entries).distinct().order_by("pk")
    found.append(_table(Household, list(homes)))
    return [*(one for one in found if one.rows), _lines(actor, entries)]


def _is_about_worker(model: type[models.Model]) -> bool:
    way = way_to_person(model)
    return way is not None and way[0] is Worker


def _rows(model: Any, actor: Account, entries: Sequence[Worker]) -> list[Any]:
    """Return the rows of a noun about the person that he may read, of all his entries, the kept one first.

    What hangs on an entry that rests in his is his by the same rule, though no account leads there.
    """
    way = way_to_person(model)
    assert way is not None
    path, may = "__".join(way[1]) or "pk", readable(model, actor)
    his = may & Q(**{path: entries[0].pk})
    if may != NOTHING and getattr(model.Reach, "own", None) == "__".join((*way[1], "account")):
        his |= Q(**{f"{path}__in": [one.pk for one in entries[1:]]})
    rows = list(model._base_manager.filter(his).order_by("pk"))
    return [_as_said(row, entries[0]) for row in rows] if model is Worker else rows


def _as_said(entry: Worker, kept: Worker) -> Worker:
    """Let an entry that rests in another show what it says by itself."""
    if entry.pk != kept.pk:
        for name, value in columns_of(said_by(entry)).items():
            setattr(entry, name, value)
    return entry


def _table(model: Any, rows: list[Any]) -> SheetTable:
    fields = [one for one in model._meta.concrete_fields if _is_told(model, one)]
    lines = [[_said(row, one) for one in fields] for row in rows]
    return SheetTable(str(model._meta.verbose_name), [str(one.verbose_name) for one in fields], lines)


def _is_told(model: Any, field: Any) -> bool:
    own = model is Worker or field.name != "worker"
    return (
        own
        and field.name in privacy_of(model)
        and field.name not in NOT_TOLD
        and not isinstance(field, BlindIndexField)
    )


def _said(row: Any, field: Any) -> str:
    """Return a value in words: choices by their label, rows by their name, sealed values in clear."""
    if isinstance(field, models.ForeignKey):
        return str(getattr(row, field.name) or "")
    value = getattr(row, field.attname)
    if value is None:
        return ""
    if isinstance(value, Sealed):
        value = value.open()
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _lines(actor: Account, entries: Sequence[Worker]) -> SheetTable:
    """Return who did or looked at what, when and why."""
    headings = [_("时间"), _("办理"), _("经办人"), _("所属组织"), _("说明")]
    return SheetTable(_("谁看过、谁办过"), headings, list(_told(actor, entries)))


def _told(actor: Account, entries: Sequence[Worker]) -> Iterator[list[str]]:
    from .views.lines import why

    lines = Record.objects.visible_to(actor).told_to(*entries).select_related("actor", "acting_for")
    for line in lines.iterator(500):
        words = told_line(line)
        when = timezone.localtime(line.at).isoformat(sep=" ", timespec="seconds")
        yield [when, str(words["title"]), str(words["who"]), str(words["org"] or ""), str(why(line))]


def write_record(target: IO[bytes], tables: list[SheetTable], kind: str) -> None:
    """Write the tables as a workbook (``xlsx``) or as JSON (``json``: a list of entries by heading for each noun)."""
    if kind == "xlsx":
        write_book(target, tables)
        return
    whole = {one.title: [dict(zip(one.headings, row, strict=True)) for row in one.rows] for one in tables}
    target.write(json.dumps(whole, ensure_ascii=False, indent=INDENT).encode())
