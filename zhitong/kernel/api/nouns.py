"""Nouns read through the API: a list paged by key, and one row."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import typing
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from .. import access
from ..actions import export_list, note_reading
from ..errors import NotAllowed
from ..models import Account, Org, Record
from ..people import path_to_people, people_among
from ..privacy import Sealed, privacy_of
from .refused import No, refuse_unknown
from .shapes import Body, sign, visible

PAGE = 50
MOST = 500


@dataclasses.dataclass(frozen=True)
class Noun:
    """A noun that may be read through the API: the fields shown, and the fields by which lists are filtered.

    ``note_reading`` leaves a line when one row is read, as opening its page does. Of every other noun that is about
    people each answer leaves one line that names them, as a list taken away does; ``people`` is the path to them
    where no key of the row leads there.
    """

    model: type[models.Model]
    fields: Sequence[str]
    filters: Sequence[str] = ()
    note_reading: bool = False
    people: str = ""

    @property
    def path_to_people(self) -> str:
        """The path from a row to the people whom it is about, or nothing."""
        return self.people or path_to_people(self.model)


def read_routes(router: Router, noun: Noun) -> None:
    """Add the list and the single row of a noun."""
    model, name = noun.model, noun.model._meta.model_name
    row_schema = _row_schema(noun)
    rows_hint: Any = list[row_schema]  # type: ignore[valid-type]
    page_schema = create_model(
        f"{model.__name__}Page", __base__=Schema, rows=(rows_hint, ...), next=(int | None, None)
    )
    wanted = _filter_schema(noun)

    def rows(request: HttpRequest, **given: Any) -> Any:
        refuse_unknown(set(request.GET) - set(wanted.model_fields))
        return _page(noun, request.actor, given["wanted"])  # type: ignore[attr-defined]

    def row(request: HttpRequest, **given: Any) -> Any:
        found = visible(model, request.actor, given["id"])  # type: ignore[attr-defined]
        if noun.note_reading:
            _note_reading(request.actor, found)  # type: ignore[attr-defined]
        else:
            _note_rows(noun, request.actor, [found])  # type: ignore[attr-defined]
        return _shown(noun, found)

    asked = Query(...)  # type: ignore[type-arg]
    sign(rows, f"list_{name}", {"wanted": (wanted, asked)})
    sign(row, f"read_{name}", {"id": (int, inspect.Parameter.empty)})
    noes = {401: No, 403: No, 404: No, 422: No}
    label = str(model._meta.verbose_name)
    router.add_api_operation(f"/{name}", ["GET"], rows, response={200: page_schema, **noes}, summary=label)
    router.add_api_operation(
        f"/{name}/{{int:id}}", ["GET"], row, response={200: row_schema, **noes}, summary=label
    )


def _note_reading(actor: Account, row: models.Model) -> None:
    """Leave a line that somebody read a person's entry; people who read their own leave none."""
    if actor.is_worker or not access.holds(actor, "note_reading"):
        return
    if not Record.objects.visible_to(actor).read_lately(row, actor):
        note_reading(by=actor, row=row, purpose="api")


def _note_rows(noun: Noun, actor: Account, rows: Sequence[models.Model], asked: Sequence[str] = ()) -> None:
    """Leave one line that these rows were read, which everybody finds whom they are about."""
    if not rows or not noun.path_to_people or actor.is_worker:
        return
    names = _("、").join(str(noun.model._meta.get_field(one).verbose_name) for one in asked)  # type: ignore[union-attr]
    export_list(
        by=actor, org=_org(actor), list_name=noun.model._meta.label, narrowed_by=names, row_count=len(rows),
        people=people_among(rows, noun.path_to_people),
    )  # fmt: skip


def _org(actor: Account) -> Org:
    """Return the first organisation for which the actor may take lists away."""
    for one in actor.held:
        if one.org is not None and one.role.may("export_list"):
            return one.org
    raise NotAllowed("export_list")


def _row_schema(noun: Noun) -> type[Schema]:
    fields: dict[str, Any] = {"id": (int, ...)}
    fields |= {name: (Any, None) for name in noun.fields}
    made: type[Schema] = create_model(f"{noun.model.__name__}Row", __base__=Schema, **fields)
    return made


def _filter_schema(noun: Noun) -> type[Body]:
    fields: dict[str, Any] = {"after": (int, 0), "limit": (int, Field(PAGE, ge=1, le=MOST))}
    for name in noun.filters:
        one = noun.model._meta.get_field(name)
        kind = _filter_type(one)
        fields[name] = (kind | None, None)
    made: type[Body] = create_model(f"{noun.model.__name__}Wanted", __base__=Body, **fields)
    return made


def _filter_type(one: Any) -> Any:
    if isinstance(one, models.BooleanField):
        return bool
    if isinstance(one, (models.IntegerField, models.ForeignKey)):
        return int
    if isinstance(one, models.DateField) and not isinstance(one, models.DateTimeField):
        return dt.date
    if one.choices:
        return typing.Literal[tuple(value for value, _label in one.choices)]
    return str


def _page(noun: Noun, actor: Account, wanted: Any) -> dict[str, Any]:
    manager: Any = noun.model._default_manager
    rows = manager.visible_to(actor).filter(pk__gt=wanted.after).order_by("pk")
    asked = {name: getattr(wanted, name) for name in noun.filters if getattr(wanted, name) is not None}
    found = list(rows.filter(**asked).prefetch_related(*_many(noun))[: wanted.limit + 1])
    more = len(found) > wanted.limit
    shown = found[: wanted.limit]
    _note_rows(noun, actor, shown, tuple(asked))
    return {"rows": [_shown(noun, row) for row in shown], "next": shown[-1].pk if more else None}


def _shown(noun: Noun, row: models.Model) -> dict[str, Any]:
    return {"id": row.pk, **{name: _value(row, name) for name in noun.fields}}


def _many(noun: Noun) -> list[str]:
    """Return the fields that lead to many rows, which are read once for the page."""
    fields = {one.name for one in noun.model._meta.many_to_many}
    return [name for name in noun.fields if name in fields]


def _value(row: models.Model, name: str) -> Any:
    one = row._meta.get_field(name)
    if isinstance(one, models.ManyToManyField):
        return [other.pk for other in getattr(row, name).all()]
    told = getattr(row, "TOLD_BY", {}).get(name, name)
    value = getattr(row, one.attname if isinstance(one, models.ForeignKey) else told)
    return str(value) if isinstance(value, Sealed) else value


def undeclared(noun: Noun) -> list[str]:
    """Return the fields of a noun that the API would show although nobody declared them."""
    levels = privacy_of(noun.model)
    return [name for name in noun.fields if name not in levels]
