"""A database with all its tables and nothing more in them, migrated once and copied wherever a test needs one.

Migrating takes seconds, copying none. What was migrated stays for the next run, until something that shapes a
database changes: in ``var/migrated`` on SQLite, on PostgreSQL beside the tests' own databases on their server.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

import django

from tests.house.source import PACKAGE, ROOT

FOLDER = ROOT / "var" / "migrated"
SHAPES = ("*/migrations/*.py", "*/models/*.py", "*/models.py", "kernel/*.py")
"""What decides how a migrated database looks: the kernel's modules too, for they hear when migrations end."""


def migrated_file() -> Path:
    """Return the migrated SQLite database; it is there to be copied."""
    with _turn():
        path = FOLDER / f"{_state()}.sqlite3"
        if not path.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            begun = path.with_suffix(".begun")
            begun.unlink(missing_ok=True)
            _migrate(f"sqlite:///{quote(str(begun))}")
            begun.rename(path)
    return path


def migrated_name(server: str) -> str:
    """Return the name of the migrated database on a PostgreSQL server; it is there as a template."""
    import psycopg

    name = f"zhitong_migrated_{_state()}"
    base, _slash, _database = server.partition("?")[0].rpartition("/")
    with _turn(), psycopg.connect(server, autocommit=True) as keeper:
        if keeper.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            keeper.execute(f"DROP DATABASE IF EXISTS {name}_begun")
            keeper.execute(f"CREATE DATABASE {name}_begun TEMPLATE template0")
            _migrate(f"{base}/{name}_begun")
            keeper.execute(f"ALTER DATABASE {name}_begun RENAME TO {name}")
    return name


@contextmanager
def _turn() -> Iterator[None]:
    """Let one process at a time look and migrate."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@cache
def _state() -> str:
    digest = hashlib.sha256(django.get_version().encode())
    for path in sorted({path for shape in SHAPES for path in PACKAGE.glob(shape)}):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(address: str) -> None:
    given = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "zhitong.site.settings_test"}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--no-input"]
    done = subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
