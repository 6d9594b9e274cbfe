"""Which rows of which lists spoke of a person: file, sheet, row, day, what was found and what was done."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account
from zhitong.kernel.web import Panel

from ..models import ImportRow, RowEffect, RowFinding, Worker
from .lines import Line, lines_panel

MOST_ROWS = 50


def rows_panel(actor: Account, worker: Worker) -> Iterable[Panel]:
    """Yield the list rows that named a person or one of his entries, newest first, as far as the reader may see them.

    A reader without a right to lists gets no panel at all.
    """
    lines = [_line(one) for one in _rows(actor, worker)]
    if lines:
        note = _("每一行都按来件原样保存，点开可以查看。")
        yield lines_panel(_("来自哪些名单"), lines, note=note)


def _rows(actor: Account, worker: Worker) -> list[ImportRow]:
    entries = Q(worker=worker) | Q(worker__merged_into=worker)
    keys: set[int] = set()
    for model in (RowFinding, RowEffect):
        found = model.objects.visible_to(actor).filter(entries).order_by("-row")
        keys.update(found.values_list("row_id", flat=True)[:MOST_ROWS])
    rows = ImportRow.objects.visible_to(actor).filter(pk__in=keys)
    return list(
        rows.select_related("imported", "imported__org", "finding", "effect").order_by("-pk")[:MOST_ROWS]
    )


def _line(row: ImportRow) -> Line:
    list_ = row.imported
    sheets = [str(one.get("name", "")) for one in list_.sheets]
    where = _now("%(file)s：%(sheet)s第%(line)d行") % {
        "file": list_.name, "sheet": sheets[row.sheet] + " " if row.sheet < len(sheets) else "", "line": row.number
    }  # fmt: skip
    finding, effect = getattr(row, "finding", None), getattr(row, "effect", None)
    told = [
        _now("%(day)s 由%(org)s报送") % {"day": timezone.localtime(list_.staged_at).date(), "org": list_.org},
        "" if finding is None else finding.get_verdict_display(),
        list_.get_state_display() if effect is None else effect.get_kind_display(),
        "" if effect is None else effect.get_undone_display() if effect.undone else "",
    ]
    url = "" if finding is None else reverse("rowfinding", args=[finding.pk])
    return Line(where, _now("，").join(one for one in told if one), url)
