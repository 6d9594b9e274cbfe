"""The imaginary county as it stands: built once in a process, its rows laid down again for each later test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from copy import copy, deepcopy
from dataclasses import replace
from itertools import count
from typing import Any

from django.apps import apps
from django.db import connection, models

from zhitong.kernel.models import Account, Tally
from zhitong.site.world import World, build

Rows = dict[type[models.Model], list[Any]]
USUAL = (
    "city_officer", "county_officer", "township_officer", "village_officer", "station_staff", "stranger",
    "administrator",
)  # fmt: skip
"""The accounts that most tests ask for: the county opens them before the first test, as it would in it."""


class Standing:
    """Remembers which rows building the county brought, as the database driver gives them."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._accounts: dict[str, Account] = {}
        self._rows: Rows = {}

    def world(self) -> World:
        """Return the county, for a test whose transaction is rolled back; no two tests share an object of it."""
        if self._world is None:
            before, built = _everything(), build()
            usual = [getattr(built, name).pk for name in USUAL]
            self._accounts = {one.username: one for one in Account.objects.filter(pk__in=usual)}
            self._world = deepcopy(replace(built, _made={}))
            self._rows = {model: rows for model, rows in _beyond(before) if rows}
        else:
            for model, rows in self._rows.items():
                _lay_down(model, rows)
        opened: dict[str, Any] = {name: copy(account) for name, account in self._accounts.items()}
        return replace(deepcopy(self._world), _made=opened, _serials=count(1))


def _everything() -> Rows:
    return {
        model: _rows(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not issubclass(model, Tally)
    }


def _beyond(before: Rows) -> Iterator[tuple[type[models.Model], list[Any]]]:
    for model, rows in before.items():
        known = set(rows)
        yield model, [row for row in _rows(model) if row not in known]


def _rows(model: type[models.Model]) -> list[Any]:
    with _driver() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_table(model)} TO STDOUT") as copy:
                return [bytes(part) for part in copy]
        return list(cursor.execute(f"SELECT {_columns(model)} FROM {_quoted(model)}"))


def _lay_down(model: type[models.Model], rows: Iterable[Any]) -> None:
    """Store the rows; one that building changed stands in the table already and is replaced."""
    if connection.vendor == "postgresql":
        _copy_over(model, rows)
        return
    marks = ", ".join("?" for _field in model._meta.local_concrete_fields)
    with _driver() as cursor:
        cursor.executemany(f"INSERT OR REPLACE INTO {_table(model)} VALUES ({marks})", rows)


def _copy_over(model: type[models.Model], rows: Iterable[Any]) -> None:
    table, key = _quoted(model), connection.ops.quote_name(model._meta.pk.column)
    with _driver() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE standing ON COMMIT DROP AS SELECT * FROM {table} LIMIT 0")
        with cursor.copy(f"COPY standing ({_columns(model)}) FROM STDIN") as copy:
            for row in rows:
                copy.write(row)
        cursor.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM standing)")
        cursor.execute(f"INSERT INTO {table} SELECT * FROM standing")
        cursor.execute("DROP TABLE standing")


def _driver() -> Any:
    """Return a cursor of the driver itself: the rows were a verb's when they were first written."""
    connection.ensure_connection()
    return closing(connection.connection.cursor())


def _quoted(model: type[models.Model]) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))


def _columns(model: type[models.Model]) -> str:
    return ", ".join(connection.ops.quote_name(one.column) for one in model._meta.local_concrete_fields)


def _table(model: type[models.Model]) -> str:
    return f"{_quoted(model)} ({_columns(model)})"
