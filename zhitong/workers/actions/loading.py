"""The first load of a whole register: prepared columns in, one record line out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org

from ..models import (
    PLACES,
    Certificate,
    Consent,
    Household,
    Intention,
    PriorityMembership,
    Skill,
    StatedEthnicity,
    Worker,
)

ORDER: tuple[type[models.Model], ...] = (
    Household, Worker, Skill, Certificate, PriorityMembership, Intention, Consent, StatedEthnicity
)  # fmt: skip
PLACED = (Household, Worker)


class RegisterBatch:
    """Rows of a register as the database takes them, by model: column names, and tuples in their order.

    Keys are given (``id`` of households and workers is a column, so that others can refer to them). Sealed
    values are bytes of ``privacy.seal``, blind indexes integers. Deliberately no dataclass: a verb looks for
    rows inside dataclasses, and here there are millions of plain values.
    """

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], list[tuple[Sequence[str], Iterable[tuple[Any, ...]]]]] = {}

    def add(
        self, model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
    ) -> RegisterBatch:
        """Add rows of one model; may be called several times. Raises ``ValueError`` for a foreign model."""
        if model not in ORDER:
            raise ValueError(f"{model._meta.label} is no part of the register")
        if model in PLACED and not set(PLACES) <= set(columns):
            raise ValueError(f"{model._meta.label} needs the columns {', '.join(sorted(PLACES))}")
        self._tables.setdefault(model, []).append((columns, rows))
        return self

    @property
    def models(self) -> tuple[type[models.Model], ...]:
        """The models of which it holds rows, in the order in which rows refer to one another."""
        return tuple(model for model in ORDER if model in self._tables)

    def load(self) -> int:
        """Store everything in the order in which rows refer to one another; return the number of rows."""
        return sum(
            bulk_load(model, columns, rows)
            for model in ORDER
            for columns, rows in self._tables.get(model, ())
        )


@action(at="city", title=_("载入登记册"))
def load_register(*, by: Account, city: Org, batch: RegisterBatch) -> int:
    """Store a prepared register of a city at once and return the number of rows; all of it or nothing.

    Refuses rows that would stand in another city's care.
    """
    before = _highest()
    count = batch.load()
    for model, highest in before.items():
        if model._base_manager.filter(pk__gt=highest).exclude(city=city).exists():
            raise Refusal("other_city", _("名单里有别的市的人，没有载入任何一行。"))
    note_rows(count)
    return count


def _highest() -> dict[type[models.Model], int]:
    return {
        model: model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        for model in PLACED
    }
