"""What is left of a person's rows when his data are deleted, and who says that it is too early.

The declared levels of privacy decide: every personal and sensitive field is emptied, and a row that cannot be without
one is removed. Apps further along the journey say here why a person cannot be deleted yet, and name the verb that
empties their own rows; each is asked inside the transaction of the deletion.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.functional import Promise

from .privacy import BlindIndexField, SealedField, privacy_of

NO_DAY = dt.date(1900, 1, 1)
"""Stands where a day must stand and none is known any more."""

Objection = Callable[[Any], Iterable[str | Promise]]
_objections: list[Objection] = []
_erasers: list[Callable[..., Any]] = []


def objects_to_erasing(function: Objection) -> Objection:
    """Register a function that yields, for a person, a sentence for each reason why his data must stay yet."""
    if function not in _objections:
        _objections.append(function)
    return function


def erases(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Register a verb (``by=``, ``worker=``) that empties what an app holds of a person."""
    if verb not in _erasers:
        _erasers.append(verb)
    return verb


def objections(person: models.Model) -> Iterator[str | Promise]:
    """Yield every sentence that says why a person's data must stay yet."""
    for one in _objections:
        yield from one(person)


def erasers() -> tuple[Callable[..., Any], ...]:
    """Return the verbs that empty what the apps hold of a person."""
    return tuple(_erasers)


def emptied(model: type[models.Model]) -> dict[str, Any] | None:
    """Return what the personal and sensitive fields of a model become, or ``None`` where the row must go.

    A row must go when it consists of a personal key that may not be empty: without it nothing is left to say.
    ``erased`` of the declaration names what a field becomes that must say something, such as the reason "other".
    """
    said: dict[str, Any] = getattr(getattr(model, "Privacy", None), "erased", {})
    found: dict[str, Any] = {}
    for name, level in privacy_of(model).items():
        if level == "open":
            continue
        field = model._meta.get_field(name)
        if not isinstance(field, models.Field):
            continue
        if isinstance(field, models.ForeignKey) and not field.null:
            return None
        found[name] = said.get(name, _nothing(field))
    return found


def _nothing(field: Any) -> Any:
    """Return the emptiest value that a field takes."""
    if field.null or isinstance(field, BlindIndexField):
        return None
    if isinstance(field, SealedField):
        return "{}"
    if isinstance(field, models.JSONField):
        return field.get_default()
    if isinstance(field, models.DateField):
        return NO_DAY
    if isinstance(field, models.BooleanField):
        return field.get_default() or False
    return 0 if isinstance(field, models.IntegerField) else ""


def holds_something(row: models.Model) -> bool:
    """Tell whether a personal or sensitive field of a row says anything beyond what it becomes when it is emptied."""
    nothing = emptied(type(row))
    return nothing is None or any(_says(row, name, value) for name, value in nothing.items())


def _says(row: models.Model, name: str, value: Any) -> bool:
    field: Any = row._meta.get_field(name)
    now = getattr(row, field.attname)
    if isinstance(field, SealedField):
        return now is not None and any(one.isalnum() for one in _leaves(json.loads(now.open() or "null")))
    return now not in (value, "", None, _nothing(field))


def _leaves(value: Any) -> Iterator[str]:
    """Yield the texts in a JSON value, without the names of its entries."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif value is not None:
        yield str(value)
