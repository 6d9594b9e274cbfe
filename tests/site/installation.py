"""Installations of their own for the tests of the console, each in a folder and a database that go afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zhitong.site.commands.bench import scratch_database

FOREIGN = (
    "DJANGO_SETTINGS_MODULE",
    "ZHITONG_SECRET_KEY",
    "ZHITONG_MASTER_KEY",
    "ZHITONG_SAMPLE",
    "DATABASE_URL",
)


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
        done = self._run(self.command(*words), expect)
        return done.stdout + done.stderr

    def answer(self, *words: object, expect: int = 0) -> str:
        """Run a sub-command and return what it printed for programs to read."""
        return self._run(self.command(*words), expect).stdout

    def _run(self, command: list[str], expect: int) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == expect, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def ask(self, code: str) -> str:
        """Run some lines of Python inside the installation and return what they printed."""
        lines = f"from zhitong.site.console import set_up; set_up()\n{code}"
        return self._run([sys.executable, "-c", lines], 0).stdout.strip()


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """Give an empty installation on the kind of database on which the tests run."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield Installation(home)
        return
    with scratch_database(server, home.name) as address:
        yield Installation(home, address)
