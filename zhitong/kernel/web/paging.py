"""Paging by key: the next page begins after the last row shown, so no page is slower than the first.

A cursor holds the order, the direction and the sort values of a row, signed, so that nobody can page by what
they may not sort by. Rows that share their sort values are told apart by their number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal

SALT = "zhitong.page"


@dataclass(frozen=True)
class Order:
    """Model fields by which rows are sorted, all in one direction; the row's number is added at the end."""

    name: str
    fields: tuple[str, ...]
    descending: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The sort fields and the number."""
        return self.fields if self.fields[-1:] in (("pk",), ("id",)) else (*self.fields, "pk")

    def apply(self, rows: QuerySet[Any], backward: bool) -> QuerySet[Any]:
        """Return the rows in this order, or in the reverse of it."""
        sign = "-" if self.descending != backward else ""
        return rows.order_by(*(f"{sign}{one}" for one in self.keys))

    def values(self, row: Model) -> list[Any]:
        """Return the sort values of a row."""
        return [_value(row, one) for one in self.keys]

    def beyond(self, values: Sequence[Any], backward: bool) -> Q:
        """Return the rows that come after (or before) these sort values.

        Written as ``a >= x and (a > x or …)``, so that the index of the first key bounds the search.
        """
        word = "lt" if self.descending != backward else "gt"
        first = Q(**{f"{self.keys[0]}__{word}e": values[0]})
        return first & self._after(list(zip(self.keys, values, strict=True)), word)

    def _after(self, pairs: list[tuple[str, Any]], word: str) -> Q:
        (name, value), rest = pairs[0], pairs[1:]
        beyond = Q(**{f"{name}__{word}": value})
        return beyond if not rest else beyond | (Q(**{name: value}) & self._after(rest, word))


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


@dataclass(frozen=True)
class Page:
    """One page of rows with the cursors of its neighbours."""

    rows: list[Any]
    before: str
    after: str


def page_of_rows(rows: QuerySet[Any], order: Order, cursor: str, size: int) -> Page:
    """Return the page at a cursor (empty: the first); raises ``Refusal("wrong_cursor")`` for a foreign one."""
    backward, values = _read(cursor, order) if cursor else (False, None)
    wanted = rows if values is None else rows.filter(order.beyond(values, backward))
    found = list(order.apply(wanted, backward)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backward:
        found.reverse()
        if not more:
            return page_of_rows(rows, order, "", size)
    before = _write(order, found[0], True) if found and (more if backward else values is not None) else ""
    after = _write(order, found[-1], False) if found and (backward or more) else ""
    return Page(found, before, after)


def _write(order: Order, row: Model, backward: bool) -> str:
    told = [_told(one) for one in order.values(row)]
    return signing.dumps([order.name, order.descending, backward, told], salt=SALT, compress=True)


def _told(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return {"at": value.isoformat()}
    return {"on": value.isoformat()} if isinstance(value, dt.date) else value


def _heard(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return dt.datetime.fromisoformat(value["at"]) if "at" in value else dt.date.fromisoformat(value["on"])


def _read(cursor: str, order: Order) -> tuple[bool, list[Any]]:
    try:
        name, descending, backward, told = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        raise Refusal("wrong_cursor", _("这个翻页地址不完整，请回到第一页。"), field="page") from None
    if (name, descending) != (order.name, order.descending):
        raise Refusal("wrong_cursor", _("这个翻页地址属于另一种排序，请回到第一页。"), field="page")
    return backward, [_heard(one) for one in told]
