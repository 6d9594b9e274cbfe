"""What belongs to a person: rows of the kept entry, and those of the entries that were merged into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import models
from django.db.models.expressions import Combinable

from zhitong.matching.frames.reading import Table, read
from zhitong.workers.models import Worker

FEW = 5_000
"""So many entries are asked for by name at once."""


def of(scope: Mapping[str, Any]) -> dict[str, Any]:
    """Return lookups of ``Worker`` as they are asked from a row that belongs to one."""
    return {f"worker__{name}": value for name, value in scope.items()}


class Parts:
    """The entries that were merged into workers of ``scope``, wherever they stand themselves; mostly few."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        merged = Worker.objects.filter(state=Worker.State.MERGED, merged_into__isnull=False)
        within = {f"merged_into__{name}": value for name, value in scope.items()}
        found = read(merged.filter(**within).order_by("pk"), "pk", "merged_into_id")
        self.scope, self.entry, self.person = scope, found[:, 0], found[:, 1]

    def read(self, rows: models.QuerySet[Any], *columns: str | Combinable) -> Table:
        """Return rows that belong to people of the scope, behind the person's key; his own before his parts'."""
        own = read(rows.filter(**of(self.scope)), "worker_id", *columns)
        return np.concatenate([own, *self._of_parts(rows, columns)])

    def _of_parts(self, rows: models.QuerySet[Any], columns: tuple[str | Combinable, ...]) -> list[Table]:
        found = []
        for start in range(0, len(self.entry), FEW):
            some = self.entry[start : start + FEW].tolist()
            table = read(rows.filter(worker__in=some), "worker_id", *columns)
            table[:, 0] = self.person[np.searchsorted(self.entry, table[:, 0])]
            found.append(table)
        return found
