"""Installations of their own for the tests of the console, each in a folder and a database that go afterwards."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.migrated import migrated_file, migrated_name
from tests.site.loaded import Loaded
from zhitong.site.commands.bench import scratch_database

FOREIGN = (
    "DJANGO_SETTINGS_MODULE",
    "ZHITONG_SECRET_KEY",
    "ZHITONG_MASTER_KEY",
    "ZHITONG_SAMPLE",
    "DATABASE_URL",
)
LOADED = Loaded()


@dataclass(frozen=True)
class Installation:
    """A folder, and the address of its database where it is not the SQLite file in the folder."""

    home: Path
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What its processes find in their environment."""
        rest = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        named = {"DATABASE_URL": self.database} if self.database else {}
        return {**rest, **named, "ZHITONG_HOME": str(self.home), "PYTHONWARNINGS": "error"}

    def command(self, *words: object) -> list[str]:
        """Return the command line of a sub-command."""
        return [sys.executable, "-m", "zhitong.site.console", *map(str, words)]

    def zhitong(self, *words: object, expect: int = 0) -> str:
        """Run a sub-command and return all that it printed; fails when it ends otherwise than expected."""
        done = self._run(*map(str, words), expect=expect)
        return done.stdout + done.stderr

    def answer(self, *words: object, expect: int = 0) -> str:
        """Run a sub-command and return what it printed for programs to read."""
        return self._run(*map(str, words), expect=expect).stdout

    def ask(self, code: str) -> str:
        """Run some lines of Python inside the installation and return what they printed."""
        lines = f"from zhitong.site.console import set_up; set_up()\n{code}"
        return self._run(code=lines, expect=0).stdout.strip()

    def _run(self, *words: str, expect: int, code: str = "") -> subprocess.CompletedProcess[str]:
        done = LOADED.run(*words, code=code, given=self.environment)
        assert done.returncode == expect, f"{words}{code}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """Give an empty installation on the kind of database on which the tests run."""
    with _on_database(home, "template0") as made:
        yield made


@contextmanager
def with_tables(home: Path) -> Iterator[Installation]:
    """Give an installation whose database was migrated and holds nothing more; the folder may be there already."""
    server = _server()
    if not server:
        home.mkdir(exist_ok=True)
        with _turn(home), suppress(FileExistsError), (home / "zhitong.sqlite3").open("xb") as target:
            target.write(migrated_file().read_bytes())
    with _on_database(home, migrated_name(server) if server else "") as made:
        yield made


@contextmanager
def copy_of(other: Installation, home: Path) -> Iterator[Installation]:
    """Give an installation with all that another holds; none of the other's processes may be running."""
    shutil.copytree(other.home, home, ignore=shutil.ignore_patterns("*.sqlite3*"))
    for path in other.home.glob("*.sqlite3"):
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(home / path.name)) as copy:
            source.backup(copy)
        (home / path.name).chmod(0o600)
    with _on_database(home, other.database.partition("?")[0].rpartition("/")[2]) as made:
        yield made


@contextmanager
def prepared_once(made: Installation, *how: str) -> Iterator[Installation]:
    """Give the installation as ``zhitong run`` prepares it; the processes that share its folder prepare it once."""
    mark = made.home.with_name(f"{made.home.name}.prepared")
    with _turn(made.home):
        if not mark.exists():
            made.zhitong("run", "--prepare-only", *how)
            mark.touch()
    yield made


@contextmanager
def _turn(home: Path) -> Iterator[None]:
    """Let one of the processes that share a folder go on at a time."""
    with home.with_name(f"{home.name}.turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _server() -> str:
    """Return the address of the server of PostgreSQL, where the tests run on one."""
    server = os.environ.get("DATABASE_URL", "")
    return server if server.startswith("postgres") else ""


@contextmanager
def _on_database(home: Path, template: str) -> Iterator[Installation]:
    """Give the installation in a folder: with the database in the folder, or with a new one on the server."""
    server = _server()
    if not server:
        yield Installation(home)
        return
    with scratch_database(server, str(home), template) as address:
        yield Installation(home, address)
