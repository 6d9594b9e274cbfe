"""Loading many rows at once: executemany on SQLite, COPY on PostgreSQL.

Rows come as tuples in the order of ``columns`` (attribute names, keys as ``…_id``), with values as the database
takes them: sealed fields as the bytes of ``privacy.seal``, blind indexes as integers, days as ``date``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .privacy import SealedField

CHUNK = 20_000


def bulk_load(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> int:
    """Store the rows inside the caller's transaction and return how many there were.

    Constraints hold as always; signals, ``save`` and ``auto_now`` do not run. Primary keys may be among the
    columns; the sequence of PostgreSQL is then set behind the highest.
    """
    fields = [_field(model, name) for name in columns]
    load = _copy if connection.vendor == "postgresql" else _execute_many
    count = load(model, fields, _prepared(fields, rows))
    if model._meta.pk is not None and model._meta.pk.attname in columns:
        _reset_sequence(model)
    return count


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    by_name = {one.attname: one for one in model._meta.concrete_fields}
    if name not in by_name:
        raise ValueError(f"{model._meta.label} has no column {name}")
    return by_name[name]


def _prepared(
    fields: Sequence[models.Field[Any, Any]], rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """Give JSON as text and, on SQLite, instants and days as the text that Django reads back."""
    special = {place: _preparer(one) for place, one in enumerate(fields)}
    special = {place: prepare for place, prepare in special.items() if prepare is not None}
    if not special:
        yield from rows
        return
    for row in rows:
        values = list(row)
        for place, prepare in special.items():
            if values[place] is not None:
                values[place] = prepare(values[place])
        yield tuple(values)


def _preparer(one: models.Field[Any, Any]) -> Any:
    if isinstance(one, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(one, SealedField):
        return lambda value: value if isinstance(value, bytes) else one.get_db_prep_value(value, connection)
    if connection.vendor == "sqlite" and isinstance(one, models.DateTimeField):
        return _remembering(connection.ops.adapt_datetimefield_value)
    if connection.vendor == "sqlite" and isinstance(one, models.DateField):
        return _remembering(str)
    return None


def _remembering(prepare: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Days and instants repeat: each is turned into text once in a while, not for every row."""
    return lru_cache(maxsize=50_000)(prepare)


def _execute_many(
    model: type[models.Model], fields: Sequence[models.Field[Any, Any]], rows: Iterator[tuple[Any, ...]]
) -> int:
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names come from the model
    count = 0
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(statement, chunk)
            count += len(chunk)
    return count


def _copy(
    model: type[models.Model], fields: Sequence[models.Field[Any, Any]], rows: Iterator[tuple[Any, ...]]
) -> int:
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN"
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _reset_sequence(model: type[models.Model]) -> None:
    if connection.vendor != "postgresql":
        return
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """Drop the plain secondary indexes of these models, and build them again afterwards.

    For the first load of an empty installation only, inside the caller's transaction, which brings the indexes
    back if the load fails. Unique constraints stay in force throughout.
    """
    assert connection.in_atomic_block, "indexes are dropped inside a transaction only"
    held = [(model, index) for model in tables for index in model._meta.indexes]
    with _schema() as schema:
        for model, index in held:
            schema.remove_index(model, index)
    yield
    with _schema() as schema:
        for model, index in held:
            schema.add_index(model, index)
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@contextmanager
def _schema() -> Iterator[BaseDatabaseSchemaEditor]:
    """Yield a schema editor that works inside the caller's transaction; no table is rewritten.

    PostgreSQL changes no table whose foreign keys wait to be checked, so they are checked first.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
    editor = connection.SchemaEditorClass(connection, collect_sql=False, atomic=False)
    editor.deferred_sql = []
    yield editor
    for statement in editor.deferred_sql:
        editor.execute(statement)
