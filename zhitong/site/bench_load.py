"""How fast a register is stored, beside the barest way to store the same rows, in one run."""

from __future__ import annotations

import resource
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from zhitong.kernel.ahead import Apart
from zhitong.kernel.bulk import ByColumn, field_of, first_load, prepared_columns
from zhitong.kernel.models import Account
from zhitong.site.commands.demo import POSTS, WORKERS
from zhitong.site.demo.city import City
from zhitong.site.demo.population import generate_population
from zhitong.site.demo.register import (
    HOUSEHOLD_COLUMNS,
    WORKER_COLUMNS,
    chunks,
    clear_columns,
    find_keys,
    household_rows,
    sealed_columns,
)
from zhitong.site.reference import load_everything
from zhitong.workers.actions import RegisterBatch, load_register
from zhitong.workers.models import Household, Worker


@dataclass(frozen=True)
class Lists:
    """Households and people as a sender has them: nothing sealed, no blind index, no pinyin."""

    households: list[tuple[Any, ...]]
    people: list[dict[str, list[Any]]]

    @property
    def workers(self) -> ByColumn:
        """The rows of the register that are made of the people; each time they are sealed anew."""
        return ByColumn(sealed_columns(columns) for columns in self.people)


def measure(*, scale: float, seed: int) -> dict[str, Any]:
    """Load workers with households through the verb, then the same rows bare; return both with their ratio.

    The verb's time begins with clear text in memory and ends when the rows are committed: it includes sealing,
    blind indexes, pinyin, constraints, indexes and the record line. The bare time is that of executemany (SQLite)
    or COPY (PostgreSQL) with its commit, of rows prepared beforehand, into tables of the same columns and types but
    without key, index or constraint, on the same connection with the same settings; it is the mean of one storing
    before the verb and one after. Where there is a second processor, the verb's rows are prepared by a second
    process while earlier ones are stored.
    """
    call_command("migrate", verbosity=0)
    load_everything(Account.objects.system())
    city = City(workers=int(WORKERS * scale), posts=int(POSTS * scale), seed=seed)
    city.open_places()
    lists = _drawn(city)
    before = _bare(lists)
    began = perf_counter()
    rows = _through_the_verb(city, lists)
    ours = perf_counter() - began
    bare = (before + _bare(lists)) / 2
    return {
        "database": connection.vendor,
        "workers": rows - len(lists.households),
        "households": len(lists.households),
        "rows": rows,
        "seconds": round(ours, 2),
        "rows_per_second": round(rows / ours),
        "bare_seconds": round(bare, 2),
        "bare_rows_per_second": round(rows / bare),
        "ratio": round(ours / bare, 2),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _drawn(city: City) -> Lists:
    people, keys, now = generate_population(city.workers, city.seed), find_keys(), timezone.now()
    return Lists(
        households=list(household_rows(people, keys)),
        people=[clear_columns(people, keys, rows, now) for rows in chunks(len(people))],
    )


def _through_the_verb(city: City, lists: Lists) -> int:
    batch = (
        RegisterBatch()
        .add(Household, HOUSEHOLD_COLUMNS, Apart(lists.households))
        .add(Worker, WORKER_COLUMNS, Apart(lists.workers))
    )
    with first_load(*batch.models):
        return load_register(by=city.system, city=city.bureau, batch=batch)


def _bare(lists: Lists) -> float:
    """Store the same rows in plain tables and return the seconds that storing alone took."""
    tables = (
        (Household, HOUSEHOLD_COLUMNS, lists.households),
        (Worker, WORKER_COLUMNS, lists.workers),
    )
    return sum(_store_bare(model, columns, rows) for model, columns, rows in tables)


def _store_bare(model: Any, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> float:
    table = f"bare_{model._meta.model_name}"
    kinds = ", ".join(f'"{name}" {_kind(model, name)}' for name in columns)
    seconds = 0.0
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE "{table}" ({kinds})')
        with transaction.atomic():
            for values in prepared_columns([field_of(model, name) for name in columns], rows):
                chunk = list(zip(*values, strict=True))
                began = perf_counter()
                _store_chunk(cursor, table, columns, chunk)
                seconds += perf_counter() - began
            began = perf_counter()
        seconds += perf_counter() - began
        cursor.execute(f'DROP TABLE "{table}"')
    return seconds


def _store_chunk(cursor: Any, table: str, columns: Sequence[str], chunk: list[tuple[Any, ...]]) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            for row in chunk:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', chunk)  # noqa: S608


def _kind(model: Any, name: str) -> str:
    """Return the column's type without its constraints."""
    return str(field_of(model, name).rel_db_type(connection))
