"""A list taken away as a spreadsheet: everything that is asked for, in the order shown, with a record line.

A short list is answered at once. A long one becomes a job, which writes the same spreadsheet and keeps it for some
days for the person who asked. Either way the rows are read in portions by key, so that no reading of the database
lasts, and no more rows than one portion are held.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.actions import order_list
from zhitong.kernel.actions.exports import WORK, address_of
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.lists import name_of_list
from zhitong.kernel.models import Job, Org, Placed
from zhitong.kernel.people import People, number_of_person, people_of, way_to_person
from zhitong.kernel.sheets import MOST_ROWS, Part, write_bulk, write_parts

from .guard import ACTING_FOR
from .paging import Order
from .paths import page_of
from .show import number_in_list
from .verbs import verb_of

if TYPE_CHECKING:
    from .form import FilterForm
    from .listing import Listing

AT_ONCE = 5000
"""Rows read in one portion."""

Told = Callable[[int], None]


def exported(listing: Listing, rows: QuerySet[Any], order: Order, form: FilterForm) -> HttpResponseBase:
    """Return the workbook of the whole filtered list, or for a long list the page of the job that writes it."""
    if not listing.may_export():
        raise NotAllowed(verb_of(listing.export_verb).name)
    listing.written_columns  # noqa: B018 - a layout that cannot be written is refused before a job is ordered
    most = settings.EXPORT_AT_ONCE
    if rows.order_by().values("pk")[most : most + 1]:
        return redirect(page_of(_ordered(listing)) or "/")
    target = tempfile.TemporaryFile(suffix=".xlsx")
    note_export(listing, form, *write_list(listing, rows, order, form, target))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name(listing))


def write_list(
    listing: Listing,
    rows: QuerySet[Any],
    order: Order,
    form: FilterForm,
    target: IO[bytes],
    told: Told | None = None,
) -> tuple[int, People | None]:
    """Write the workbook and return the number of rows and the people whom they are about.

    A list that does not fit one sheet is split by county, a sheet for each, where its rows stand in counties.
    ``told`` hears now and then how many rows are written.
    """
    total = rows.order_by().values("pk").count()
    columns = listing.written_columns
    people = people_of(listing.model)
    headings, notes = [str(one.label) for one in columns], _notes(listing, form)
    so_far = _Sum(told)

    def cells(some: QuerySet[Any], most: int) -> Iterator[list[Any]]:
        lines = _with_people(listing.with_keys(some, columns))
        for number, row in enumerate(islice(_in_portions(lines, order, so_far.add), most), 1):
            if people is not None:
                people.add(number_of_person(row))
            yield [number if one.value is number_in_list else one.exported(row) for one in columns]

    counties = _by_county(rows) if total > MOST_ROWS else []
    if counties:
        parts = [Part(name, count, cells(some, count)) for name, count, some in counties]
        return write_parts(target, headings, parts, notes=notes), people
    sheets = max(1, -(-total // MOST_ROWS))
    title, whole = str(listing.heading()), cells(rows, total)
    return write_bulk(target, title, headings, whole, notes=notes, sheets=sheets), people


class _Sum:
    """Adds up the rows of all parts for whoever wants to hear how many are written."""

    def __init__(self, told: Told | None) -> None:
        self.told, self.count = told, 0

    def add(self, more: int) -> None:
        self.count += more
        if self.told is not None:
            self.told(self.count)


def _by_county(rows: QuerySet[Any]) -> list[tuple[str, int, QuerySet[Any]]]:
    """Return name, number of rows and rows of each county, in the order of names; rows in no county come last."""
    if not issubclass(rows.model, Placed):
        return []
    counted = dict(rows.order_by().values_list("county").annotate(Count("pk")))
    names = dict(Org.objects.filter(pk__in=counted).order_by("name_key", "pk").values_list("pk", "name"))
    found = [(name, counted[key], rows.filter(county=key)) for key, name in names.items()]
    if None in counted:
        found.append((_("不分县"), counted[None], rows.filter(county=None)))
    return found


def note_export(listing: Listing, form: FilterForm, count: int, people: People | None) -> None:
    """Leave the record line of a list that was taken away, which everybody in it finds."""
    listing.export_verb(
        by=listing.actor, org=_org(listing), list_name=listing.model._meta.label, narrowed_by=form.in_words(),
        row_count=count, people=people,
    )  # fmt: skip


def _with_people(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with what stands between them and the people whom they are about."""
    way = way_to_person(rows.model)
    between = "__".join(way[1][:-1]) if way is not None else ""
    return rows.select_related(between) if between else rows


def _in_portions(rows: QuerySet[Any], order: Order, told: Told) -> Iterator[Any]:
    """Yield the rows in their order, each portion after the last row of the one before."""
    portion = list(order.apply(rows, backward=False)[:AT_ONCE])
    while portion:
        yield from portion
        told(len(portion))
        rest = rows.filter(order.beyond(order.values(portion[-1]), backward=False))
        portion = list(order.apply(rest, backward=False)[:AT_ONCE]) if len(portion) == AT_ONCE else []


def _org(listing: Listing) -> Org:
    return next(one.org for one in listing.actor.held if one.org is not None)


def _ordered(listing: Listing) -> Job:
    """Return the job that writes the list: a second click finds the one that the first has ordered."""
    name, address = name_of_list(type(listing)), listing.request.GET.urlencode()
    parent = getattr(listing.parent, "pk", None)
    waiting = Job.objects.visible_to(listing.actor).unfinished().filter(kind=WORK, asked_by=listing.actor)
    for job in waiting.order_by("-pk")[:20]:
        if (job.given["listing"], job.given["parent"], address_of(job)) == (name, parent, address):
            found: Job = job
            return found
    place = listing.request.session.get(ACTING_FOR)
    return order_list(
        by=listing.actor, org=_org(listing), listing=name, address=address, parent=parent,
        acting_for=next((one.org for one in listing.actor.held if one.org and one.org.pk == place), None),
    )  # fmt: skip


def _notes(listing: Listing, form: FilterForm) -> list[str]:
    """Return the lines above the header: what it is, by whom, when, and that it is a sample."""
    when = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    told = _("%(title)s，%(who)s 于 %(when)s 导出") % {
        "title": listing.heading(), "who": listing.actor.name, "when": when
    }  # fmt: skip
    narrowed = [_("筛选：%(names)s") % {"names": form.in_words()}] if form.asked() else []
    sample = [_("样例数据，不是真实的人和单位")] if settings.SAMPLE_INSTALLATION else []
    return [*sample, told, *narrowed]


def file_name(listing: Listing) -> str:
    """Return under which name the workbook is saved: what it is, the minute, and that it is a sample."""
    mark = _("样例-") if settings.SAMPLE_INSTALLATION else ""
    return f"{mark}{listing.heading()}-{timezone.localtime():%Y%m%d-%H%M}.xlsx"
