"""Where a row's page is, and the row of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account
from zhitong.kernel.values import row_number

Row = TypeVar("Row", bound=Model)


def page_of(row: Any) -> str | None:
    """Return the address of a row's page: the route that is named like its model, if there is one."""
    if not isinstance(row, Model) or row.pk is None:
        return None
    try:
        return reverse(str(row._meta.model_name), args=[row.pk])
    except NoReverseMatch:
        return None


def visible_row(model: type[Row], actor: Account | None, pk: int, *related: str) -> Row:
    """Return the row that the actor may read; raises ``OutOfReach`` for an absent row and one beyond reach."""
    rows = model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
    row: Row | None = (rows.select_related(*related) if related else rows).filter(pk=pk).first()
    if row is None:
        raise OutOfReach
    return row


def row_of_label(label: str) -> Model | None:
    """Return the row named by ``app.Model:pk``, as nonces and records name it."""
    name, _, pk = label.partition(":")
    number = row_number(pk)
    if number is None:
        return None
    row: Model | None = apps.get_model(name)._base_manager.filter(pk=number).first()
    return row


def page_of_label(name: str, pk: int | None) -> str | None:
    """Return the address of the page of a row named by ``app.Model`` and number, without reading the row."""
    model = _model(name)
    return None if model is None or pk is None else page_of(model(pk=pk))


def rows_of_labels(labels: Iterable[tuple[str, int | None]], actor: Account) -> dict[tuple[str, int], Model]:
    """Return those of the rows named by ``app.Model`` and number that the actor may read: one question a model."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name, pk in labels:
        if pk is not None:
            wanted[name].add(pk)
    found: dict[tuple[str, int], Model] = {}
    for name, keys in wanted.items():
        model = _model(name)
        if model is not None:
            rows = _readable(model, actor).filter(pk__in=keys).select_related(*named_by(model))
            found |= {(name, row.pk): row for row in rows}
    return found


def named_by(model: type[Model]) -> tuple[str, ...]:
    """Return the keys that the names of a model's rows read (``NAMED_BY``), to be fetched along with them."""
    return getattr(model, "NAMED_BY", ())


def _readable(model: type[Model], actor: Account) -> Any:
    """Return the rows of a model that the actor may read; code lists are public."""
    manager: Any = model._default_manager
    return manager.visible_to(actor) if hasattr(manager, "visible_to") else manager.all()


def name_of_label(label: str, actor: Account) -> str:
    """Return the name of the row named by ``app.Model:pk``; where the actor may not read it, noun and number."""
    name, _separator, pk = label.partition(":")
    row = rows_of_labels([(name, int(pk))], actor).get((name, int(pk)))
    return f"{noun_of(name)} {pk}" if row is None else str(row)


def noun_of(name: str) -> str:
    """Return what people call the rows of ``app.Model``."""
    model = _model(name)
    return name if model is None else str(model._meta.verbose_name)


def known_field(label: str, name: str) -> Any:
    """Return the model field of this name of the row named by ``app.Model:pk``, or ``None``."""
    model = _model(label.partition(":")[0])
    fields = () if model is None else model._meta.get_fields()
    return next((one for one in fields if one.name == name), None)


def _model(name: str) -> type[Model] | None:
    try:
        return apps.get_model(name)
    except (LookupError, ValueError):
        return None
