"""How fast a register is stored, beside the barest way to store the same rows, in one run."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from zhitong.kernel.bulk import CHUNK, _field, _prepared, without_indexes
from zhitong.kernel.models import Account
from zhitong.site.commands.demo import POSTS, WORKERS
from zhitong.site.demo.city import City
from zhitong.site.demo.population import Population, generate_population
from zhitong.site.demo.register import PLACE, WORKER_COLUMNS, Keys, _households, _workers, find_keys
from zhitong.site.reference import load_everything
from zhitong.workers.actions import RegisterBatch, load_register
from zhitong.workers.models import Household, Worker

HOUSEHOLD_COLUMNS = ("id", *PLACE, "address", "is_sample")


def measure(*, scale: float, seed: int) -> dict[str, Any]:
    """Load workers with households through the verb, then the same rows bare; return both with their ratio.

    The verb's time includes sealing, indexes, constraints and the record line. The bare time is that of
    executemany (SQLite) or COPY (PostgreSQL) alone, of rows prepared beforehand, into tables without index.
    """
    call_command("migrate", verbosity=0)
    load_everything(Account.objects.system())
    city = City(workers=int(WORKERS * scale), posts=int(POSTS * scale), seed=seed)
    city.open_places()
    people = generate_population(city.workers, seed)
    keys = find_keys()
    bare = _bare(people, keys)
    began = perf_counter()
    rows = _through_the_verb(city, people, keys)
    ours = perf_counter() - began
    return {
        "database": connection.vendor,
        "workers": len(people),
        "households": len(people.households.village),
        "rows": rows,
        "seconds": round(ours, 2),
        "rows_per_second": round(rows / ours),
        "bare_seconds": round(bare, 2),
        "bare_rows_per_second": round(rows / bare),
        "ratio": round(ours / bare, 2),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _through_the_verb(city: City, people: Population, keys: Keys) -> int:
    batch = (
        RegisterBatch()
        .add(Household, HOUSEHOLD_COLUMNS, _households(people, keys))
        .add(Worker, WORKER_COLUMNS, _workers(people, keys))
    )
    with transaction.atomic(), without_indexes(Worker, Household):
        return load_register(by=city.system, city=city.bureau, batch=batch)


def _bare(people: Population, keys: Keys) -> float:
    """Store the same rows in plain tables and return the seconds that storing alone took."""
    seconds = 0.0
    tables = ((Household, HOUSEHOLD_COLUMNS, _households), (Worker, WORKER_COLUMNS, _workers))
    for model, columns, make in tables:
        fields = [_field(model, name) for name in columns]
        rows = _prepared(fields, make(people, keys))
        seconds += _store_bare(f"bare_{model._meta.model_name}", columns, rows)
    return seconds


def _store_bare(table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> float:
    first = next(rows)
    kinds = ", ".join(f'"{name}" {_kind(value)}' for name, value in zip(columns, first, strict=True))
    seconds = 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'CREATE TABLE "{table}" ({kinds})')
        everything = chain([first], rows)
        while chunk := list(islice(everything, CHUNK)):
            began = perf_counter()
            _store_chunk(cursor, table, columns, chunk)
            seconds += perf_counter() - began
        began = perf_counter()
    return seconds + perf_counter() - began


def _store_chunk(cursor: Any, table: str, columns: Sequence[str], chunk: list[tuple[Any, ...]]) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            for row in chunk:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    connection.connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', chunk)  # noqa: S608


def _kind(value: Any) -> str:
    kinds = {int: "bigint", bool: "boolean", str: "text", bytes: "bytea"}
    fallback = "timestamptz" if hasattr(value, "hour") else "date" if hasattr(value, "year") else "text"
    if connection.vendor == "sqlite":
        return ""
    return kinds.get(type(value), fallback) if value is not None else "bigint"
