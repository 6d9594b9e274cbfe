"""Loading many rows at once: many rows a statement on SQLite, COPY on PostgreSQL.

Rows come as tuples in the order of ``columns`` (attribute names, keys as ``…_id``), with values as the database
takes them: sealed fields as the bytes of ``privacy.seal``, blind indexes as integers, days as ``date``.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from types import NoneType
from typing import Any

from django.db import OperationalError, connection, models, transaction

from .ahead import Apart, can_go_ahead, made_ahead
from .copied import Lines, as_lines
from .models.tally import tallies_of
from .privacy import Sealed, SealedField
from .remembered import Remembered
from .tallies import drop, keep

CHUNK = 20_000
ROWS_AT_ONCE = 100
"""So many rows share a statement on SQLite, which looks up the highest number of a table for each statement."""
MOST_PARAMETERS = 30_000
"""Fewer than SQLite takes in one statement."""
MOST_COUNTED = 100_000
SORTED_AT_ONCE = -8000
"""KiB, as SQLite counts its cache when the number is negative."""
IN_FILES = 1
"""Where SQLite sorts: runs go to a file, where memory would be one great run."""

Together = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]
"""Values of several rows at a time, and single rows."""


def bulk_load(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Store the rows inside the caller's transaction and return how many there were.

    Constraints hold as always; signals, ``save`` and ``auto_now`` do not run. Primary keys may be among the
    columns; the sequence of PostgreSQL is then set behind the highest. Raises ``ValueError`` for a column that
    does not exist and for rows of unequal length. Rows that are ``Apart`` are made by a second process meanwhile,
    where one can help; those that are ``Made`` are there already.
    """
    fields = [field_of(model, name) for name in columns]
    apart = isinstance(rows, Apart)
    made = _made_of(fields, rows.rows if isinstance(rows, Apart) else rows)
    load = partial(_execute_many, _at_once(fields)) if connection.vendor == "sqlite" else _copy
    with _without_collecting(), closing(made_ahead(made) if apart and can_go_ahead() else made) as chunks:
        count = load(model, fields, chunks)
    if model._meta.pk is not None and model._meta.pk.attname in columns:
        _reset_sequence(model)
    return count


class Made:
    """Rows made for the database beforehand, so that storing them holds it no longer than it must."""

    def __init__(
        self, model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
    ) -> None:
        with _without_collecting():
            self.chunks = list(_made_of([field_of(model, name) for name in columns], rows))

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        raise TypeError("Rows that are made for the database are stored and not read again.")


def _made_of(fields: Sequence[models.Field[Any, Any]], rows: Iterable[tuple[Any, ...]]) -> Generator[Any]:
    """Yield some thousand rows at a time as the database's driver takes them."""
    if isinstance(rows, Made):
        yield from rows.chunks
    elif connection.vendor == "sqlite":
        yield from _together(prepared_columns(fields, rows), _at_once(fields))
    else:
        yield from as_lines(prepared_columns(fields, rows))


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the collector of cycles from walking over millions of plain values, again and again, in vain."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def field_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """Return the field of a column; raises ``ValueError`` when there is none."""
    by_name = {one.attname: one for one in model._meta.concrete_fields}
    if name not in by_name:
        raise ValueError(f"{model._meta.label} has no column {name}")
    return by_name[name]


class ByColumn:
    """Rows that come as columns of equal length, some thousand rows at a time, and are made of nothing else."""

    def __init__(self, parts: Iterable[Sequence[Iterable[Any]]]) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return (row for columns in self.parts for row in zip(*columns, strict=True))


def prepared_columns(
    fields: Sequence[models.Field[Any, Any]], rows: Iterable[tuple[Any, ...]]
) -> Generator[list[Iterable[Any]]]:
    """Yield the columns of some thousand rows at a time, as the database's driver takes their values.

    JSON is text then, as are, on SQLite, instants and days. Whole columns are turned, which costs a third of
    turning row after row.
    """
    special = [(place, turn) for place, one in enumerate(fields) if (turn := _turning(one)) is not None]
    for columns in _columns(rows):
        for place, turn in special:
            columns[place] = turn(columns[place])
        yield columns


def _columns(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Iterable[Any]]]:
    if isinstance(rows, ByColumn):
        yield from map(list, rows.parts)
        return
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield list(zip(*chunk, strict=True))


def _turning(one: models.Field[Any, Any]) -> Callable[[Iterable[Any]], Iterable[Any]] | None:
    """Return what turns a column of this field into what the database takes; nothing where it stays as it is."""
    if isinstance(one, models.JSONField):
        return partial(map, _as_json)
    if isinstance(one, SealedField):
        return partial(_as_bytes, one)
    if connection.vendor == "sqlite" and isinstance(one, models.DateTimeField):
        return partial(map, Remembered(connection.ops.adapt_datetimefield_value).__getitem__)
    if connection.vendor == "sqlite" and isinstance(one, models.DateField):
        return partial(map, Remembered(str).__getitem__)
    return None


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _as_json(value: Any) -> str | None:
    return None if value is None else _ENCODE(value)


def _as_bytes(field: SealedField, column: Iterable[Any]) -> Iterable[Any]:
    """Seal what is not sealed yet; a column of bytes, as a register's rows bring it, stays as it is."""
    column = list(column)
    if set(map(type, column)) <= {bytes, NoneType}:
        return column
    sealed = (one if isinstance(one, bytes) else field.to_sealed(one) for one in column)
    return [one.data() if isinstance(one, Sealed) else one for one in sealed]


def _at_once(fields: Sequence[models.Field[Any, Any]]) -> int:
    """Return how many rows share a statement."""
    return min(ROWS_AT_ONCE, MOST_PARAMETERS // len(fields))


def _together(chunks: Iterable[Sequence[Iterable[Any]]], several: int) -> Generator[Together]:
    """Yield the values of so many rows in one tuple each, and the rows that are left of a chunk."""
    for columns in chunks:
        chunk = list(zip(*columns, strict=True))
        whole = len(chunk) - len(chunk) % several
        values = chain.from_iterable(chunk[:whole])
        step = several * len(chunk[0])
        yield [tuple(islice(values, step)) for _each in range(whole // several)], chunk[whole:]


def _execute_many(
    several: int,
    model: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    chunks: Iterator[Together],
) -> int:
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names come from the model
    together = statement + ", ".join([marks] * several)
    count = 0
    with connection.cursor() as cursor:
        for whole, rest in chunks:
            cursor.executemany(together, whole)
            cursor.executemany(statement + marks, rest)
            count += len(whole) * several + len(rest)
    return count


def _copy(
    model: type[models.Model],
    fields: Sequence[models.Field[Any, Any]],
    chunks: Iterator[Lines],
) -> int:
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor:
        # Rows are drawn between copies: whoever makes them may ask the database, which a copy under way forbids.
        for rows, lines in chunks:
            with cursor.copy(statement) as copy:
                copy.write(lines)
            count += rows
    return count


def _reset_sequence(model: type[models.Model]) -> None:
    if connection.vendor != "postgresql":
        return
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


@contextmanager
def first_load(*tables: type[models.Model]) -> Iterator[None]:
    """Fill these tables of an empty installation in one transaction, of which all or nothing is stored.

    Their secondary indexes and tallies stand aside meanwhile, and foreign keys, on PostgreSQL unique constraints
    too. All are built and verified at the end: raises ``IntegrityError`` where one does not hold. PostgreSQL
    changes no table whose keys wait to be checked, so those are checked first.
    """
    with _undisturbed(), transaction.atomic(), connection.cursor() as cursor:
        connection.check_constraints()
        aside = [one for model in tables for one in _standing_aside(cursor, model._meta.db_table)]
        for one in aside:
            cursor.execute(one.dropped)
        for tally in tallies_of(*tables):
            drop(tally)
        yield
        connection.check_constraints()
        with _sorting_quickly():
            for one in reversed(aside):
                cursor.execute(one.built)
        for tally in tallies_of(*tables):
            keep(tally)
        count_values(*tables)


@contextmanager
def _sorting_quickly() -> Iterator[None]:
    """Give those who build indexes the room in which they sort best.

    PostgreSQL takes what it gets. SQLite sorts runs of the size of its cache and merges them: those that fit the
    processor's own cache take half the time of one great run.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        yield
        return
    with _pragma("cache_size", SORTED_AT_ONCE):
        yield


@contextmanager
def _pragma(name: str, value: int) -> Iterator[None]:
    """Set a number by which SQLite works, and set it back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {name} = {before}")


@dataclass(frozen=True)
class _Aside:
    """An index or constraint in the database's own words: how it is dropped and how it is built."""

    dropped: str
    built: str


def _standing_aside(cursor: Any, table: str) -> list[_Aside]:
    """Return what can be dropped of a table, in the order in which it can be; it is built in the other."""
    name = connection.ops.quote_name
    if connection.vendor != "postgresql":
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [table],
        )
        return [_Aside(f"DROP INDEX {name(index)}", sql) for index, sql in cursor.fetchall()]
    cursor.execute(_CONSTRAINTS, [table])
    constraints = [
        _Aside(
            f"ALTER TABLE {name(table)} DROP CONSTRAINT {name(one)}",
            f"ALTER TABLE {name(table)} ADD CONSTRAINT {name(one)} {definition}",
        )
        for one, definition in cursor.fetchall()
    ]
    cursor.execute(_INDEXES, [table])
    return constraints + [_Aside(f"DROP INDEX {name(one)}", built) for one, built in cursor.fetchall()]


_CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint mine
WHERE conrelid = %s::regclass AND (contype = 'f' OR contype = 'u' AND NOT EXISTS (
    SELECT 1 FROM pg_constraint other WHERE other.contype = 'f' AND other.conindid = mine.conindid
)) ORDER BY contype
"""
"""Foreign keys, and unique constraints to which no foreign key refers."""
_INDEXES = """
SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


@contextmanager
def _undisturbed() -> Iterator[None]:
    """On SQLite let foreign keys wait for one check of all rows, and rows go straight into the database file.

    Its log ahead of writing serves those who read meanwhile; where somebody is connected, it stays. Inside a
    transaction this has no effect.
    """
    if connection.vendor != "sqlite" or not connection.disable_constraint_checking():
        yield
        return
    before = _journal("DELETE")
    try:
        with _pragma("temp_store", IN_FILES):
            yield
    finally:
        _journal(before)
        connection.enable_constraint_checking()


def _journal(mode: str) -> str:
    """Set how SQLite keeps its transactions whole, if nobody else is connected; return how it did until now."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (before,) = cursor.fetchone()
        with suppress(OperationalError):
            cursor.execute(f"PRAGMA journal_mode = {mode}")
    return str(before)


def count_values(*tables: type[models.Model]) -> None:
    """Let the database look at the rows of these tables, or of all, so that it chooses the right indexes.

    SQLite stops counting at so many equal values, and takes a value that fills half a table for one that is no
    more frequent than that: with a low limit it reads and sorts the half instead of following the order of an index.
    """
    names = [f" {connection.ops.quote_name(one._meta.db_table)}" for one in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {MOST_COUNTED}")
        for name in names or [""]:
            cursor.execute(f"ANALYZE{name}")
