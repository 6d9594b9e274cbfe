"""How values are shown: choices by their label, fen in yuan, sealed values masked, nothing as a dash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Choices, Model
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.fields import yuan

NOTHING = "—"
UNNAMED = "<lambda>"
Text = str | Promise


def reach_for(row: Any, path: str) -> tuple[Any, Any, Any]:
    """Return the value at a dotted path, its model field where it has one, and the object that holds it."""
    *before, last = path.split(".")
    for name in before:
        row = getattr(row, name, None)
        if row is None:
            return None, None, None
    value = getattr(row, last, None)
    known = fields_of(type(row)).get(last) if isinstance(row, Model) else None
    return (value() if callable(value) and not isinstance(value, type) else value), known, row


@cache
def fields_of(model: type[Model]) -> dict[str, Any]:
    """Return a model's fields by name."""
    return {one.name: one for one in model._meta.get_fields()}


def label_at(row: Any, path: str) -> Text:
    """Return the label of the model field at a dotted path."""
    found = reach_for(row, path)[1]
    return getattr(found, "verbose_name", None) or path


def shown(row: Any, path: str) -> str:
    """Return the value at a dotted path as people read it."""
    value, known, _holder = reach_for(row, path)
    return worded(value, known, path)


def worded(value: Any, known: Any, path: str) -> str:
    """Return a value of a model field as people read it."""
    if value not in (None, "") and known is not None and (labels := labels_of(known)):
        return str(labels.get(value, value))
    if path.endswith("_fen") and isinstance(value, int):
        return yuan(value)
    return said(value)


@cache
def labels_of(known: Any) -> dict[Any, Text]:
    """Return a field's choices by value; empty for a field without."""
    return dict(getattr(known, "flatchoices", None) or ())


def said(value: Any) -> str:
    """Return any value as people read it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return _("、").join(said(one) for one in value) or NOTHING
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


@dataclass(frozen=True)
class Column:
    """A column: what it shows (a dotted path or ``row → value``), its label, and how it sorts.

    ``sort`` names one or several model fields that are never null; ``sort_name`` is the name in the address
    (default: the first of them). ``badge`` maps raw values to colours. ``main`` heads the card on a phone and
    links to the row's page. ``export`` replaces the value in exports. ``known_as`` is the key under which layouts
    keep the column, where neither a path nor the name of a function says it.
    """

    value: str | Callable[[Any], Any]
    label: Text
    sort: str | tuple[str, ...] | None = None
    sort_name: str = ""
    width: str = ""
    css: str = ""
    badge: Mapping[str, str] | None = field(default=None, hash=False)
    main: bool = False
    export: Callable[[Any], Any] | None = None
    known_as: str = ""

    @property
    def sort_fields(self) -> tuple[str, ...]:
        """The model fields by which it sorts."""
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort or ())

    @property
    def key(self) -> str:
        """The name by which an address asks for this order; empty when it does not sort."""
        return self.sort_name or (self.sort_fields[0] if self.sort_fields else "")

    @property
    def kept_as(self) -> str:
        """The key under which layouts keep the column: its path, its function's name, or else its Chinese label."""
        if self.known_as or isinstance(self.value, str):
            return self.known_as or str(self.value)
        name = getattr(self.value, "__name__", UNNAMED)
        return self.chinese if name == UNNAMED else name

    @property
    def chinese(self) -> str:
        """The label in the language of its source."""
        with translation.override(settings.LANGUAGE_CODE):
            return str(self.label)

    @property
    def classes(self) -> str:
        """The style classes of its cells; a day or an instant stays on one line."""
        kept = "keep" if isinstance(self.value, str) and self.value.endswith(("_on", "_at")) else ""
        return " ".join(one for one in (self.css, kept, self.width and f"width-{slugify(self.width)}") if one)

    def text(self, row: Any) -> str:
        """Return the cell as people read it."""
        return shown(row, self.value) if isinstance(self.value, str) else said(self.value(row))

    def colour(self, row: Any) -> str:
        """Return the colour of the badge for this row, or nothing."""
        if self.badge is None:
            return ""
        raw = reach_for(row, self.value)[0] if isinstance(self.value, str) else self.value(row)
        return self.badge.get(str(raw), "secondary") if raw not in (None, "") else ""

    def exported(self, row: Any) -> Any:
        """Return the cell for a spreadsheet: whole numbers and days as such, everything else as text."""
        if self.export is not None:
            return self.export(row)
        path = self.value if isinstance(self.value, str) else ""
        raw, known, _holder = reach_for(row, path) if path else (self.value(row), None, None)  # type: ignore[operator]
        if is_plain(raw) and not (known is not None and labels_of(known)):
            return raw / 100 if path.endswith("_fen") else raw
        text = worded(raw, known, path)
        return "" if text == NOTHING else text


def number_in_list(row: Any) -> str:
    """Stand for a row's number among those written on a sheet: whoever writes the rows puts it in."""
    return ""


NUMBER = Column(number_in_list, gettext_lazy("序号（自动编）"))
"""The first column of most old tables."""


def is_plain(value: Any) -> bool:
    """Tell whether a spreadsheet keeps a value as it is: a number or a day."""
    return isinstance(value, (int, float, dt.date)) and not isinstance(value, (bool, dt.datetime))


@dataclass(frozen=True)
class Cell:
    """A column's value in one row, ready for a template."""

    column: Column
    text: str
    colour: str
    url: str | None

    @classmethod
    def of(cls, column: Column, row: Any, url: str | None) -> Cell:
        """Return the cell of a column in a row; only the main column links."""
        return cls(column, column.text(row), column.colour(row), url if column.main else None)
