"""A list taken away as a spreadsheet: everything that is asked for, in the order shown, with a record line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.sheets import MOST_ROWS, write_bulk

from .paging import Order
from .verbs import verb_of

if TYPE_CHECKING:
    from .form import FilterForm
    from .listing import Listing

AT_ONCE = 2000


def exported(listing: Listing, rows: QuerySet[Any], order: Order, form: FilterForm) -> HttpResponseBase:
    """Return the workbook of the whole filtered list; the record says who took what, and how many rows."""
    if not listing.may_export():
        raise NotAllowed(verb_of(listing.export_verb).name)
    target = tempfile.TemporaryFile(suffix=".xlsx")
    columns = listing.export_columns or listing.columns
    lines = order.apply(listing.with_keys(rows, columns), backward=False)
    count = write_bulk(
        target, str(listing.heading()), [str(one.label) for one in columns],
        _lines(columns, lines), notes=_notes(listing, form), sheets=_sheets(lines),
    )  # fmt: skip
    org = next(one.org for one in listing.actor.held if one.org is not None)
    listing.export_verb(
        by=listing.actor,
        org=org,
        list_name=listing.model._meta.label,
        narrowed_by=form.in_words(),
        row_count=count,
    )
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=_file_name(listing))


def _sheets(rows: QuerySet[Any]) -> int:
    """Return how many sheets the rows fill; looks only where one sheet ends."""
    bare = rows.select_related(None).values("pk")
    full = 0
    while bare[full * MOST_ROWS : full * MOST_ROWS + 1]:
        full += 1
    return max(full, 1)


def _lines(columns: Any, rows: QuerySet[Any]) -> Iterator[list[Any]]:
    for row in rows.iterator(AT_ONCE):
        yield [one.exported(row) for one in columns]


def _notes(listing: Listing, form: FilterForm) -> list[str]:
    """Return the lines above the header: what it is, by whom, when, and that it is a sample."""
    when = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    told = _("%(title)s，%(who)s 于 %(when)s 导出") % {
        "title": listing.heading(), "who": listing.actor.name, "when": when
    }  # fmt: skip
    narrowed = [_("筛选：%(names)s") % {"names": form.in_words()}] if form.asked() else []
    sample = [_("样例数据，不是真实的人和单位")] if settings.SAMPLE_INSTALLATION else []
    return [*sample, told, *narrowed]


def _file_name(listing: Listing) -> str:
    mark = _("样例-") if settings.SAMPLE_INSTALLATION else ""
    return f"{mark}{listing.heading()}-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
