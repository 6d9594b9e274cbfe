"""A list written as an organisation had it before: its headings, its order, our values masked as everywhere.

The headings of an old table are matched to our columns by name; what is not found a person chooses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.kernel import access
from zhitong.kernel.actions.layouts import MOST_COLUMNS, MOST_HEADING
from zhitong.kernel.errors import Refusal
from zhitong.kernel.lists import name_of_list
from zhitong.kernel.models import ListLayout
from zhitong.kernel.sheets import Table, heading_key, read_tables
from zhitong.kernel.sheets.heads import LOOK_FOR_HEADS, MOST_DEEP, depths, heading_parts, spread
from zhitong.kernel.values import row_number

from .paths import page_of
from .show import Column
from .verbs import verb_of

if TYPE_CHECKING:
    from .form import FilterForm
    from .listing import Listing

MOST_BYTES = 20 * 1024 * 1024
LEAST_SHARED = 2
"""Characters that two names share at least, where one is a part of the other."""

Parts = list[tuple[str, ...]]


def asked_layout(listing: Listing) -> Any:
    """Return the layout that the address asks for, or nothing where it asks for none.

    Raises ``Refusal`` for one that is not there, was withdrawn, or belongs to another list.
    """
    asked = listing.request.GET.get("layout", "")
    if not asked:
        return None
    found = listing.layouts().filter(pk=row_number(asked)).first()
    if found is None:
        sentence = _("没有这个名单的这个版式，可能已经撤回，请重新选一个。")
        raise Refusal("no_layout", sentence, field="layout")
    return found


def columns_in(layout: ListLayout, known: Mapping[str, Column]) -> tuple[Column, ...]:
    """Return the columns of a layout, those that we do not keep empty; refuses where one of ours is gone."""
    gone = [heading for heading, key in layout.columns if key and key not in known]
    if gone:
        sentence = _("版式里的“%(name)s”对着的那一列已经没有了，请重新保存这个版式。") % {"name": gone[0]}
        raise Refusal("column_gone", sentence, field="layout")
    return tuple(_under(heading, known.get(key)) for heading, key in layout.columns)


def _under(heading: str, column: Column | None) -> Column:
    if column is None:
        return Column(_nothing, heading, export=_nothing)
    return Column(column.value, heading, export=column.export)


def _nothing(row: Any) -> str:
    return ""


def show_layouts(listing: Listing, form: FilterForm) -> HttpResponseBase:
    """Return the page on which a layout of one's organisation is picked for this list as it is narrowed now."""
    here = listing.url(form, export="layout")
    rows = listing.layouts().select_related("org").order_by("name", "pk")
    choices = [{"layout": one, "page": page_of(one), "url": _export_url(listing, form, one)} for one in rows]
    may_save = access.holds(listing.actor, verb_of(listing.layout_verb).name)
    asked = urlencode({"listing": name_of_list(type(listing)), "back": here})
    context = {
        "title": _("按原来的表格导出"), "choices": choices, "crumbs": [(str(listing.heading()), listing.url(form))],
        "new_url": f"{reverse('list_headings')}?{asked}" if may_save else "", "in_words": form.in_words(),
        "all_url": reverse(f"{listing.layout_model()._meta.model_name}s"),
        "ours_url": listing.url(form, export="xlsx"),
    }  # fmt: skip
    return render(listing.request, "kernel/list_layouts.html", context)


def _export_url(listing: Listing, form: FilterForm, layout: Any) -> str:
    return listing.url(form, export="xlsx", layout=str(layout.pk))


def headings_in(text: str, known: Mapping[str, Column]) -> Parts:
    """Return the headings in what was copied out of a table: tab by tab over a few rows, or one on each line."""
    rows: list[list[Any]] = [line.split("\t") for line in text.splitlines() if line.strip()]
    if rows and all(len(row) == 1 for row in rows):
        rows = [[row[0] for row in rows]]
    return _most_like(
        [Table("", rows)], known, lambda table, first: range(1, min(MOST_DEEP, len(rows) - first) + 1)
    )


def headings_of(file: IO[bytes], known: Mapping[str, Column]) -> Parts:
    """Return the headings of the table in a file; raises ``Refusal`` for what no table can be read from."""
    return _most_like(read_tables(file, most_bytes=MOST_BYTES), known, depths)


def _most_like(
    tables: Sequence[Table], known: Mapping[str, Column], deep_at: Callable[[Table, int], range]
) -> Parts:
    """Return the headings that bear most of our names, among equals the fullest, among these the first."""
    best: Parts = []
    most = (0, 0)
    for parts in _candidates(tables, deep_at):
        last = [one[-1] if one else "" for one in parts]
        score = (sum(1 for key in matched(last, known) if key), sum(1 for one in last if one))
        if score > most:
            best, most = parts, score
    while best and not best[-1]:
        best.pop()
    return best


def _candidates(tables: Sequence[Table], deep_at: Callable[[Table, int], range]) -> Iterator[Parts]:
    for table in tables:
        merges = spread(table)
        for first in range(min(len(table.rows), LOOK_FOR_HEADS)):
            for deep in deep_at(table, first):
                yield heading_parts(table, merges, first, deep)[:MOST_COLUMNS]


def joined(parts: Parts) -> list[str]:
    """Return the headings with all that stands above each of them, as lists that come in are read."""
    return ["/".join(one)[:MOST_HEADING] for one in parts]


def plain(parts: Parts) -> list[str]:
    """Return the headings as they stand next to the rows, with what is above only where two would be the same."""
    last = Counter(one[-1] for one in parts if one)
    return [(one[-1] if last[one[-1]] == 1 else "/".join(one))[:MOST_HEADING] if one else "" for one in parts]


def matched(headings: Sequence[str], known: Mapping[str, Column]) -> list[str]:
    """Return for each heading the key of our column of that name, or nothing; none of ours is given twice.

    A name that is equal goes before one that is a part of the other.
    """
    free = {key: _names_of(one) for key, one in known.items()}
    found = [""] * len(headings)
    for like in (_equal, _part):
        for at, heading in enumerate(map(heading_key, headings)):
            fits = [key for key, ours in free.items() if not found[at] and like(heading, ours)]
            if len(fits) == 1 or (fits and like is _equal):
                found[at] = fits[0]
                del free[fits[0]]
    return found


def _names_of(column: Column) -> set[str]:
    return {heading_key(column.chinese), heading_key(column.label)} - {""}


def _equal(heading: str, ours: set[str]) -> bool:
    return heading in ours


def _part(heading: str, ours: set[str]) -> bool:
    return any(
        min(len(heading), len(one)) >= LEAST_SHARED and (heading in one or one in heading) for one in ours
    )
