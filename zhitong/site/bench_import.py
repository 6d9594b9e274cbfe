"""How fast village lists are read, and one is checked and matched against the whole register."""

from __future__ import annotations

import io
import os
import random
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from zhitong.kernel.bulk import ByColumn, first_load
from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Account, Org
from zhitong.kernel.sheets import read_tables
from zhitong.kernel.values import check_character
from zhitong.site.commands.demo import POSTS, WORKERS
from zhitong.site.demo.city import City
from zhitong.site.demo.population import Population, generate_population
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
from zhitong.workers.actions import RegisterBatch, apply_import, check_import, load_register, stage_import
from zhitong.workers.importing import Raw, find_head, passed_over, read_row
from zhitong.workers.models import Household, Import, Worker

FILES = 1812
ROWS = 600
NEW_SHARE, CHANGED_SHARE, WRONG_SHARE, SLIP_SHARE = 0.1, 0.2, 0.02, 0.05
"""Rows about new people, with other facts, with a rounded number, and with a digit wrong or no number at all."""
VARIETIES = 24
"""Different files that the reading goes through again and again; each reading opens and parses it anew."""
HEAD = ("姓名", "身份证号", "性别", "手机号", "文化程度", "村", "与户主关系", "就业状态", "务工城市", "工种")
SCHOOLS = ("小学", "初中", "高中", "大专")


def measure(*, scale: float, seed: int) -> dict[str, Any]:
    """Fill a register, then read FILES lists of ROWS rows, and stage, check and apply one; return seconds.

    Reading is from the file's bytes to normalised facts or sentences, in two processes where two processors are.
    Checking is what the job does: rows unsealed and read, looked for among everybody, compared, findings stored.
    """
    call_command("migrate", verbosity=0)
    load_everything(Account.objects.system())
    city = City(workers=int(WORKERS * scale), posts=int(POSTS * scale), seed=seed)
    city.open_places()
    people = generate_population(city.workers, city.seed)
    keys = find_keys()
    _fill(city, people, keys)
    names = dict(villages())
    lists = [_list_of(people, keys, names, random.Random(seed + at)) for at in range(VARIETIES)]
    files = [_workbook(rows) for rows in lists]
    return {
        "database": connection.vendor,
        "scale": scale,
        "workers": Worker.objects.count(),
        "reading": _read_all(files),
        "village_list": _one_list(city, files[0]),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _fill(city: City, people: Population, keys: Any) -> None:
    now = timezone.now()
    workers = ByColumn(sealed_columns(clear_columns(people, keys, rows, now)) for rows in chunks(len(people)))
    batch = (
        RegisterBatch()
        .add(Household, HOUSEHOLD_COLUMNS, household_rows(people, keys))
        .add(Worker, WORKER_COLUMNS, workers)
    )
    with first_load(*batch.models):
        load_register(by=city.system, city=city.bureau, batch=batch)


def _list_of(
    people: Population, keys: Any, names: dict[int, str], chance: random.Random
) -> list[Sequence[Any]]:
    """Return rows about ROWS people who stand beside each other in the register, some of them changed or new."""
    first = chance.randrange(max(len(people) - ROWS, 1))
    columns = clear_columns(people, keys, slice(first, min(first + ROWS, len(people))), timezone.now())
    return [_row(columns, at, names, chance) for at in range(len(columns["name"]))]


def _row(
    columns: dict[str, list[Any]], at: int, names: dict[int, str], chance: random.Random
) -> Sequence[Any]:
    number, drawn = columns["id_number"][at] or "", chance.random()
    school = SCHOOLS[min(max(columns["education"][at] - 1, 0), 3)]
    telephone = columns["telephone"][at] or ""
    if drawn < NEW_SHARE and number:
        number = _other_number(number, chance)
    elif drawn < NEW_SHARE + CHANGED_SHARE:
        school, telephone = chance.choice(SCHOOLS), f"15{chance.randrange(10**9):09d}"
    elif drawn < NEW_SHARE + CHANGED_SHARE + WRONG_SHARE:
        number = number[:-3] + "000"
    elif drawn < NEW_SHARE + CHANGED_SHARE + WRONG_SHARE + SLIP_SHARE:
        number = (
            "" if chance.random() < 0.5 else number[:9] + str((int(number[9:10] or 0) + 4) % 10) + number[10:]
        )
    return (
        columns["name"][at], number, "女" if columns["sex"][at] == "F" else "男", telephone, school,
        names[columns["village_id"][at]], "", "在家", "",
        "焊工",
    )  # fmt: skip


def _other_number(number: str, chance: random.Random) -> str:
    first = f"{number[:14]}{chance.randrange(1000):03d}"
    return first + check_character(first)


def _workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    page = book.add_worksheet("名单")
    page.write_string(0, 0, "外出务工人员花名册")
    for at, cells in enumerate((HEAD, *rows), start=1):
        for column, value in enumerate(cells):
            if value:
                page.write_string(at, column, str(value))
    book.close()
    return target.getvalue()


def _read_all(files: Sequence[bytes]) -> dict[str, Any]:
    processes = min(os.cpu_count() or 1, 2)
    numbers = [at % len(files) for at in range(FILES)]
    began = perf_counter()
    with ProcessPoolExecutor(processes, get_context("fork"), _take, (files,)) as pool:
        counts = list(pool.map(_read_one, numbers, chunksize=20))
    seconds, used = perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "files": FILES, "rows": sum(rows for rows, _refused in counts), "refused": sum(bad for _rows, bad in counts),
        "processes": processes, "seconds": round(seconds, 2),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "rows_per_second": round(sum(r for r, _b in counts) / seconds),
    }  # fmt: skip


FILES_AT_HAND: list[bytes] = []


def _take(files: Sequence[bytes]) -> None:
    FILES_AT_HAND.extend(files)


def _read_one(number: int) -> tuple[int, int]:
    """Read one file from its bytes; return the number of rows and of those refused."""
    today, rows, refused = timezone.localdate(), 0, 0
    for at, table in enumerate(read_tables(io.BytesIO(FILES_AT_HAND[number]))):
        head = find_head(table)
        assert head is not None
        for row in range(head.below, len(table.rows)):
            if not passed_over(head, table.rows[row]):
                entry = read_row(Raw(0, at, row + 1, table.rows[row]), head, {}, today)
                rows, refused = rows + 1, refused + entry.is_refused
    return rows, refused


def _one_list(city: City, data: bytes) -> dict[str, Any]:
    """Hand one list in for the whole city, which looks for its villages by name, and return each step's seconds."""
    times: dict[str, Any] = {}
    bureau = Org.objects.get(pk=city.bureau.pk)
    by = city.system

    def timed(name: str, step: Any) -> Any:
        began = perf_counter()
        found = step()
        times[name] = round(perf_counter() - began, 3)
        return found

    file = SimpleUploadedFile("名单.xlsx", data)
    agreed = ("register", "sensitive")
    imported = timed(
        "stage_seconds",
        lambda: stage_import(by=by, org=bureau, file=file, listed_on=timezone.localdate(), consents=agreed),
    )
    imported = check_import(by=by, imported=imported)
    assert imported.job_id is not None
    timed("check_seconds", lambda: run_job(imported.job_id or 0))
    imported = Import.objects.get(pk=imported.pk)
    timed("apply_seconds", lambda: apply_import(by=by, imported=imported))
    imported.refresh_from_db()
    outcome = {name: count for name, count in imported.outcome.items() if name != "households"}
    rows = sum(count for name, count in imported.counts.items() if name != "asks")
    return {"rows": rows, **times, "counts": imported.counts, "outcome": outcome}


def villages() -> Iterator[tuple[int, str]]:
    """Yield each village with its township's name in front, as lists of a whole city write it."""
    rows = Org.objects.filter(kind=Org.Kind.VILLAGE).values_list(
        "pk", "name", "town__name", "town__short_name"
    )
    for pk, name, town, short in rows:
        yield pk, f"{short or town}{name}"
