"""Rows read as whole numbers, a million at a time, without an object for each row."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

Table = npt.NDArray[np.int64]
CHUNK = 50_000
NONE = -1


class DayNumber(Func):
    """A date as its proleptic Gregorian ordinal, the number of ``date.toordinal()``."""

    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite keeps days as text; its Julian day of 0001-01-01 is 1721425.5."""
        template = "CAST(julianday(%(expressions)s) - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Subtracting two days gives whole days."""
        return self.as_sql(
            compiler, connection, template="((%(expressions)s) - DATE '0001-01-01' + 1)", **more
        )


def or_none(name: str) -> Coalesce:
    """The column, or -1 where it is empty."""
    return Coalesce(F(name), Value(NONE))


def read(rows: models.QuerySet[Any], *columns: str | Combinable) -> Table:
    """Return the columns of the rows as (rows, columns); every value must be a whole number or a truth value.

    What the database's driver gives is taken as it is: Django's own turning of each value would take twice the time.
    """
    compiler = rows.values_list(*columns).query.get_compiler(rows.db)
    parts = [np.empty((0, len(columns)), np.int64)]
    for chunk in compiler.execute_sql(chunked_fetch=True, chunk_size=CHUNK):
        flat = np.fromiter(chain.from_iterable(chunk), np.int64, len(chunk) * len(columns))
        parts.append(flat.reshape(len(chunk), len(columns)))
    return np.concatenate(parts)


def places_of(keys: Table, wanted: Table) -> Table:
    """Return the positions of ``wanted`` in the sorted ``keys``; -1 for what is not there."""
    if not len(keys):
        return np.full(wanted.shape, NONE, np.int64)
    found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[found] == wanted, found, NONE)


def first_of_each(row: Table, order: Table, width: int) -> tuple[Table, Table]:
    """Rank the entries of each row by ``order``, lowest first, and keep the first ``width``.

    Returns the indexes of the entries kept, and the rank of each.
    """
    sorting = np.lexsort((order, row))
    starts = np.flatnonzero(np.diff(row[sorting], prepend=NONE))
    lengths = np.diff(starts, append=len(row))
    rank = np.arange(len(row)) - np.repeat(starts, lengths)
    kept = rank < width
    return sorting[kept], rank[kept]
