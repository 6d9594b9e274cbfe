"""The record, for those who look after others' doings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..action import VERBS
from ..fields import AccountField, DayField
from ..models import Record
from ..web import Column, FilterForm, Listing
from ..web.detail import told_line
from ..web.listing import Line
from ..web.paging import Page
from ..web.paths import noun_of, page_of, rows_of_labels


def verb_choices() -> list[tuple[str, Any]]:
    """Return every verb by its title."""
    titles = [(one.name, one.title) for one in VERBS.values()]
    return [("", _("全部")), *sorted(titles, key=lambda one: str(one[1]))]


class RecordFilter(FilterForm):
    """What narrows the record."""

    verb = forms.ChoiceField(label=_("动作"), choices=verb_choices)
    actor = AccountField(label=_("经办人"))  # type: ignore[assignment]
    since = DayField(label=_("从哪天起"))
    until = DayField(label=_("到哪天止"))

    def narrow_since(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Lines of this day and later."""
        return rows.filter(at__date__gte=value)

    def narrow_until(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Lines of this day and before."""
        return rows.filter(at__date__lte=value)


def told(line: Any) -> dict[str, Any]:
    """Return a line in words, with the names that its reader may see where a page has looked them up."""
    known: dict[str, Any] = getattr(line, "told", None) or told_line(line)
    return known


def title_of(line: Record) -> Any:
    """Return what was done, in words."""
    return told(line)["title"]


def changes_of(line: Record) -> str:
    """Return what changed, in words."""
    return _("；").join(f"{one['label']}{_('：')}{one['from']} → {one['to']}" for one in told(line)["moves"])


def subject_of(line: Any) -> str:
    """Return the row that a line is about: its kind, and its name where the reader may see it, else its number."""
    if not line.subject_type:
        return ""
    return f"{noun_of(line.subject_type)} {getattr(line, 'found', None) or line.subject_id}"


class RecordList(Listing):
    """The lines of the record, newest first."""

    model = Record
    title = pgettext_lazy("list", "办理记录")
    columns = (
        Column(title_of, _("办理"), main=True),
        Column("at", _("时间"), css="keep"),
        Column(lambda line: line.actor or "", _("经办人")),
        Column("acting_for", _("所属组织")),
        Column(subject_of, _("对象")),
        Column(changes_of, _("变化")),
        Column("row_count", _("行数"), css="number"),
        Column("position", _("序号"), sort="position", css="number"),
    )
    order = "-position"
    filters = RecordFilter
    related = ("actor", "acting_for")
    empty = _("还没有办理记录。")

    def lines(self, page: Page) -> list[Line]:
        """Return the rows with their cells, each told with what the reader may see of the row it is about."""
        about = [(one.subject_type, one.subject_id) for one in page.rows]
        found = rows_of_labels(about, self.actor)
        for one, subject in zip(page.rows, about, strict=True):
            one.found, one.told = found.get(subject), told_line(one, self.actor)
        return super().lines(page)

    def url_of(self, row: Any) -> str | None:
        """A line leads to the row it is about, where the reader may see it."""
        return page_of(getattr(row, "found", None))
