"""Processes of an installation that are there at once: each is forked from one that has loaded everything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.site.installation import Installation

ROOT = Path(__file__).resolve().parents[2]
FORK = """
import json, os, sys
from zhitong.site.console import set_up; set_up()
import datetime as dt, time
from tests.workers.lists import HEAD, check, checked, person, stage
from tests.workers.test_check_import import row_of
from zhitong.kernel.models import Account, Org
from zhitong.site.world import build
from zhitong.workers.actions import apply_import, undo_import
from zhitong.workers.models import Consent, Import, ImportRow, RowEffect, RowFinding, Worker
for asked in sys.stdin:
    kind, *given = json.loads(asked)
    if kind == "wait":
        answer = os.waitstatus_to_exitcode(os.waitpid(given[0], 0)[1])
    elif answer := os.fork():
        pass
    else:
        code, path = given
        sys.stdin.close()
        os.dup2(os.open(path, os.O_WRONLY), 1)
        exec(code)
        sys.stdout.flush()
        os._exit(0)
    print(answer, flush=True)
"""


@dataclass
class Process:
    """One that was forked: what it prints, and its end."""

    place: Place
    number: int
    printed: IO[str]
    status: int | None = None

    def kill(self) -> None:
        """End it at once, wherever it is."""
        os.kill(self.number, signal.SIGKILL)

    def end(self) -> str:
        """Wait for its end; return the rest of what it printed."""
        with self.printed:
            rest = self.printed.read()
        self.status = self.place.ask("wait", self.number)
        return rest

    def done(self) -> str:
        """Wait for its good end; return the rest of what it printed."""
        rest = self.end()
        assert self.status == 0
        return rest


class Place:
    """Where processes are forked: it has loaded all code and has no connection to the database."""

    def __init__(self, parent: subprocess.Popen[str], folder: Path) -> None:
        self._parent, self._folder, self._many = parent, folder, 0

    def ask(self, *words: Any) -> int:
        """Ask the parent of all processes."""
        assert self._parent.stdin is not None and self._parent.stdout is not None
        self._parent.stdin.write(json.dumps(words) + "\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())

    def run(self, code: str) -> Process:
        """Start some lines of Python inside the installation, in a process of their own."""
        self._many += 1
        path = self._folder / str(self._many)
        os.mkfifo(path)
        number = self.ask("run", code, str(path))
        return Process(self, number, path.open(encoding="utf-8"))


@contextmanager
def processes(installation: Installation, folder: Path) -> Iterator[Place]:
    """Give the place where processes of an installation are forked; their pipes are in the folder."""
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", FORK], env=installation.environment, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as parent:  # fmt: skip
        yield Place(parent, folder)
