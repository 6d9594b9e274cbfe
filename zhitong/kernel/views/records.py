"""The record, for those who look after others' doings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..action import VERBS
from ..fields import AccountField, DayField
from ..models import Record
from ..web import Column, FilterForm, Listing
from ..web.detail import told_line
from ..web.paths import noun_of, page_of_label


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


def title_of(line: Record) -> Any:
    """Return what was done, in words."""
    return told_line(line)["title"]


def changes_of(line: Record) -> str:
    """Return what changed, in words."""
    return _("；").join(
        f"{one['label']}{_('：')}{one['from']} → {one['to']}" for one in told_line(line)["moves"]
    )


def subject_of(line: Record) -> str:
    """Return the row that a line is about, by its kind and number."""
    return f"{noun_of(line.subject_type)} {line.subject_id}" if line.subject_type else ""


class RecordList(Listing):
    """The lines of the record, newest first."""

    model = Record
    title = _("办理记录")
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

    def url_of(self, row: Any) -> str | None:
        """A line leads to the row it is about."""
        return page_of_label(row.subject_type, row.subject_id)
