"""Keeping tallies: the triggers that write them, and counting anew.

On SQLite a trigger acts for each row; on PostgreSQL once for each statement, on the rows that it changed, grouped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from .models.tally import Tally, tallies_of

PORTION = 500


def keep(tally: type[Tally]) -> None:
    """Let the database write the tally from now on, and count the rows that stand already."""
    with transaction.atomic(), connection.cursor() as cursor:
        _drop(cursor, tally)
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {_table(_counted(tally))} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM {_table(tally)}")  # noqa: S608 - names come from the models
        _count(cursor, tally)
        for statement in _written_by(tally):
            cursor.execute(statement)


def _count(cursor: Any, tally: type[Tally]) -> None:
    """Store the number of rows by their values; SQLite would sort a million rows for it, at twice the time."""
    if connection.vendor == "postgresql":
        numbers = f"{_names(tally)}, count(*) FROM {_table(_counted(tally))}"
        cursor.execute(_insert(tally, numbers, grouped=True))
        return
    cursor.execute(f"SELECT {_names(tally)} FROM {_table(_counted(tally))}")  # noqa: S608
    counted = Counter(iter(cursor.fetchone, None))
    marks = ", ".join(["%s"] * (len(_by(tally)) + 1))
    into = f"INSERT INTO {_table(tally)} ({_names(tally)}, many) VALUES ({marks})"  # noqa: S608
    cursor.executemany(into, [(*shared, many) for shared, many in counted.items()])


def drop(tally: type[Tally]) -> None:
    """Let the tally stand aside while its table is loaded or altered; ``keep`` counts anew afterwards."""
    with connection.cursor() as cursor:
        _drop(cursor, tally)


def is_kept(tally: type[Tally]) -> bool:
    """Tell whether all triggers of the tally stand."""
    with connection.cursor() as cursor:
        return {_trigger(tally, event) for event in _EVENTS} <= _standing(cursor, tally)


def fold(tally: type[Tally]) -> int:
    """Sum up rows that share their values; return how many rows fewer there are. Any number may do so at once."""
    with transaction.atomic():
        rows = tally._base_manager.select_for_update().order_by("pk").values_list("pk", *_by(tally), "many")
        found, sums = [], Counter[tuple[Any, ...]]()
        for number, *shared, many in rows:
            found.append(number)
            sums[tuple(shared)] += many
        sums = Counter({shared: many for shared, many in sums.items() if many})
        if len(sums) == len(found):
            return 0
        for at in range(0, len(found), PORTION):
            tally._base_manager.filter(pk__in=found[at : at + PORTION]).delete()
        tally._base_manager.bulk_create(
            (tally(**dict(zip(_by(tally), shared, strict=True)), many=many) for shared, many in sums.items()),
            batch_size=PORTION,
        )
    return len(found) - len(sums)


def disagreements(tally: type[Tally]) -> Iterator[str]:
    """Yield the values of which the tally says another number than the rows, with both."""
    counted = _counted(tally)._base_manager.order_by().values_list(*_by(tally)).annotate(n=models.Count("*"))
    kept = tally._base_manager.order_by().values_list(*_by(tally)).annotate(n=models.Sum("many"))
    real = {tuple(shared): n for *shared, n in counted}
    said = {tuple(shared): n for *shared, n in kept if n}
    for shared in sorted(real.keys() | said.keys(), key=str):
        if real.get(shared, 0) != said.get(shared, 0):
            yield f"{tally._meta.label} {shared}: {said.get(shared, 0)} ≠ {real.get(shared, 0)}"


def before_migrating(plan: Iterable[Any] = (), **others: Any) -> None:
    """Take the triggers away before tables are altered: altering one fails where a trigger names another."""
    if plan:
        for tally in _there():
            drop(tally)


def after_migrating(plan: Iterable[Any] | None = None, **others: Any) -> None:
    """Keep all tallies again, after migrations and after a flush, which comes without a plan."""
    for tally in _there():
        if plan or plan is None or not is_kept(tally):
            keep(tally)


def _there() -> list[type[Tally]]:
    """Return the tallies whose tables have the columns that both need; migrating backwards leaves some without."""
    return [
        one for one in tallies_of() if _has(one, {"many", *_by(one)}) and _has(_counted(one), set(_by(one)))
    ]


def _has(model: type[models.Model], names: set[str]) -> bool:
    with connection.cursor() as cursor:
        if model._meta.db_table not in connection.introspection.table_names(cursor):
            return False
        described = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return names <= {one.name for one in described}


def _counted(tally: type[Tally]) -> type[models.Model]:
    return apps.get_model(tally.Counted.of)


def _by(tally: type[Tally]) -> tuple[str, ...]:
    return tuple(tally.Counted.by)


def _table(model: type[models.Model]) -> str:
    return str(connection.ops.quote_name(model._meta.db_table))


def _names(tally: type[Tally], of: str = "") -> str:
    return ", ".join(f"{of}{connection.ops.quote_name(name)}" for name in _by(tally))


def _insert(tally: type[Tally], what: str, *, grouped: bool = False, having: str = "") -> str:
    by = f" GROUP BY {_names(tally)}{having}" if grouped else ""
    return f"INSERT INTO {_table(tally)} ({_names(tally)}, many) SELECT {what}{by}"


_EVENTS = {"in": "INSERT", "out": "DELETE", "over": "UPDATE"}
_SEEN = {
    "in": "NEW TABLE AS fresh",
    "out": "OLD TABLE AS gone",
    "over": "NEW TABLE AS fresh OLD TABLE AS gone",
}


def _trigger(tally: type[Tally], event: str) -> str:
    return f"{tally._meta.db_table}_{event}"


def _standing(cursor: Any, tally: type[Tally]) -> set[str]:
    if connection.vendor == "postgresql":
        table = _counted(tally)._meta.db_table
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in cursor.fetchall()}


def _drop(cursor: Any, tally: type[Tally]) -> None:
    on = f" ON {_table(_counted(tally))}" if connection.vendor == "postgresql" else ""
    for event in _EVENTS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {_trigger(tally, event)}{on}")


def _written_by(tally: type[Tally]) -> Iterator[str]:
    return _on_statements(tally) if connection.vendor == "postgresql" else _on_rows(tally)


def _on_rows(tally: type[Tally]) -> Iterator[str]:
    more, fewer = (
        _insert(tally, f"{_names(tally, 'NEW.')}, 1"),
        _insert(tally, f"{_names(tally, 'OLD.')}, -1"),
    )
    names = [connection.ops.quote_name(name) for name in _by(tally)]
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in names)
    what = {"in": ("", more), "out": ("", fewer), "over": (f" WHEN {differs}", f"{fewer}; {more}")}
    for event, (when, done) in what.items():
        of = f" OF {_names(tally)}" if event == "over" else ""
        yield (
            f"CREATE TRIGGER {_trigger(tally, event)} AFTER {_EVENTS[event]}{of} ON {_table(_counted(tally))}"
            f" FOR EACH ROW{when} BEGIN {done}; END"
        )


def _on_statements(tally: type[Tally]) -> Iterator[str]:
    more, fewer = f"{_names(tally)}, 1 AS many FROM fresh", f"{_names(tally)}, -1 FROM gone"
    both = f"{_names(tally)}, sum(many) FROM (SELECT {more} UNION ALL SELECT {fewer}) AS both_"
    done = {
        "in": _insert(tally, f"{_names(tally)}, count(*) FROM fresh", grouped=True),
        "out": _insert(tally, f"{_names(tally)}, -count(*) FROM gone", grouped=True),
        "over": _insert(tally, both, grouped=True, having=" HAVING sum(many) <> 0"),
    }
    for event, statement in done.items():
        name = _trigger(tally, event)
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {statement}; RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {_EVENTS[event]} ON {_table(_counted(tally))}"
            f" REFERENCING {_SEEN[event]} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
