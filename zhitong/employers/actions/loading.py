"""The first load of a whole city's demand: prepared columns in, one record line out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.bulk import bulk_load
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org

from ..models import Demand, Employer, Target

ORDER: tuple[type[models.Model], ...] = (Employer, Demand, Demand.certificates.through, Target)
PLACED = (Employer, Demand, Target)


class DemandBatch:
    """Rows of employers, posts, the certificates that posts ask for, and targets, as the database takes them.

    By model: column names, and tuples in their order. Keys are given (``id`` of employers and posts is a
    column, so that others can refer to them); the organisations of employers were opened before. Deliberately
    no dataclass: a verb looks for rows inside dataclasses, and here there are many plain values.
    """

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], list[tuple[Sequence[str], Iterable[tuple[Any, ...]]]]] = {}

    def add(
        self, model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
    ) -> DemandBatch:
        """Add rows of one model; may be called several times. Raises ``ValueError`` for a foreign model."""
        if model not in ORDER:
            raise ValueError(f"{model._meta.label} is no part of demand")
        self._tables.setdefault(model, []).append((columns, rows))
        return self

    def load(self) -> int:
        """Store everything in the order in which rows refer to one another; return the number of rows."""
        return sum(
            bulk_load(model, columns, rows)
            for model in ORDER
            for columns, rows in self._tables.get(model, ())
        )


@action(at="city", title=gettext_lazy("载入用工需求"))
def load_demands(*, by: Account, city: Org, batch: DemandBatch) -> int:
    """Store a city's prepared employers, posts and targets at once and return the number of rows; all or nothing.

    Refuses rows that would stand in another city's care.
    """
    before = {model: _highest(model) for model in PLACED}
    count = batch.load()
    for model, highest in before.items():
        if model._base_manager.filter(pk__gt=highest).exclude(city=city).exists():
            raise Refusal("other_city", _("名单里有别的市的行，没有载入任何一行。"))
    note_rows(count)
    return count


def _highest(model: type[models.Model]) -> int:
    return model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
