"""Changing a row without losing anybody's change: states by claim, facts by version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from .action import note_move
from .errors import Faster, Refusal
from .privacy import BlindIndexField, SealedField, privacy_of

Row = TypeVar("Row", bound=models.Model)


class Versioned(models.Model):
    """A row whose facts people correct; ``version`` grows with each correction."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def move(row: Row, to: str, **also: Any) -> Row:
    """Move the row's ``state``, and set the fields of ``also`` with it.

    Claims the row by a conditional update: raises ``Refusal("wrong_state")`` when the table ``MOVES`` knows no
    such move, ``Faster`` when someone else moved it first.
    """
    before = row.state  # type: ignore[attr-defined]
    if to not in row.MOVES.get(before, ()):  # type: ignore[attr-defined]
        raise Refusal("wrong_state", _("现在的状态不能办这一步。"), state=str(before), to=str(to))
    _claim(row, {"state": before}, {"state": to, **also})
    note_move(row, "state", before, to)
    return row


def change(row: Row, seen: int | None = None, **facts: Any) -> Row:
    """Set facts of a ``Versioned`` row that the actor saw at version ``seen`` (default: as it was read).

    Only what differs is written. Open values enter the record line with before and after, others as changed.
    Raises ``Faster`` when the row has been corrected since.
    """
    seen = row.version if seen is None else seen  # type: ignore[attr-defined]
    facts = {name: _settled(row, name, value) for name, value in facts.items()}
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if not differing:
        return row
    before = {name: getattr(row, name) for name in differing}
    _claim(row, {"version": seen}, {**differing, **_indexes(row, differing), "version": seen + 1})
    levels = privacy_of(type(row))
    for name, value in differing.items():
        shown = (before[name], value) if levels.get(name) == "open" else ("•", "•")
        note_move(row, name, *shown)
    return row


@contextmanager
def unless_taken(refusal: Refusal) -> Iterator[None]:
    """Refuse in these words when the database finds that a row of the kind stands already.

    Of two that do the same at once the second hears it; only what stands inside is undone.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise refusal from None


def _settled(row: models.Model, name: str, value: Any) -> Any:
    """Return sealed fields in the form in which they are read back, so that equal values compare equal."""
    one = row._meta.get_field(name)
    return one.to_sealed(value) if isinstance(one, SealedField) else value


def _claim(row: models.Model, seen: dict[str, Any], values: dict[str, Any]) -> None:
    claimed = type(row)._base_manager.filter(pk=row.pk, **seen).update(**values)
    if claimed == 0:
        raise Faster
    for name, value in values.items():
        setattr(row, name, value)


def _indexes(row: models.Model, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the blind indexes that go with changed sealed fields."""
    found = {}
    for one in row._meta.concrete_fields:
        if isinstance(one, BlindIndexField) and one.of in facts:
            setattr(row, one.of, facts[one.of])
            found[one.attname] = one.pre_save(row, add=False)
    return found
