"""Processes of the console that need not load the libraries: each is forked from one that has.

What reads settings is loaded after the fork, so that each process has the environment of its own installation.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "asyncio", "cryptography.fernet", "cryptography.hazmat.primitives.ciphers.aead", "django.core.checks",
    "django.core.management", "django.core.serializers.json", "django.db.models", "django.forms", "django.http",
    "django.template", "django.test", "django.urls", "django.views.generic", "django.contrib.postgres.indexes",
    "django_htmx.middleware", "environ", "huey.contrib.sql_huey", "numpy", "prometheus_client", "psycopg", "pydantic",
    "pypinyin", "python_calamine", "requests", "scipy.sparse", "sqlparse", "structlog", "tomllib", "xlsxwriter",
    "zoneinfo",
)  # fmt: skip
PATIENCE = 300


def main() -> None:
    """Load the libraries, then fork a process for each line that comes in; its exit status goes where it says."""
    for name in LOADED:
        with contextlib.suppress(ImportError):
            import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            return _keep(**json.loads(line))
    return None


def _keep(status: str, **asked: Any) -> None:
    """Fork the process that is asked for, wait for its end, and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        return _become(**asked)
    Path(status).write_text(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])), "utf-8")
    os._exit(0)


def _become(words: list[str], code: str, given: dict[str, str], out: str, err: str) -> None:
    """Run a sub-command of the console, or lines of Python, as a new process would."""
    sys.stdin.close()
    for path, number in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(given)
    time.tzset()
    if code:
        runpy.run_path(code, run_name="__main__")
        return
    sys.argv = ["zhitong", *words]
    runpy.run_module("zhitong.site.console", run_name="__main__", alter_sys=False)


class Loaded:
    """The process from which those of the console are forked, many at once; it is started when it is first asked."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[str] | None = None
        self._turn = threading.Lock()

    def run(self, *words: str, code: str = "", given: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a sub-command, or lines of Python, in an environment, and return its end and what it printed."""
        with tempfile.TemporaryDirectory() as folder:
            out, err, status, lines = (f"{folder}/{name}" for name in ("out", "err", "status", "lines.py"))
            Path(lines).write_text(code, "utf-8")
            os.mkfifo(status)
            told = os.open(status, os.O_RDONLY | os.O_NONBLOCK)
            asked = {"words": words, "code": lines if code else "", "given": given, "out": out, "err": err}
            self._ask(json.dumps({**asked, "status": status}))
            ready, _none, _neither = select.select([told], [], [], PATIENCE)
            assert ready, f"{words} did not end"
            with open(told, encoding="utf-8") as answer:
                ended = int(answer.read())
            return subprocess.CompletedProcess(list(words), ended, *(_text(path) for path in (out, err)))

    def _ask(self, line: str) -> None:
        with self._turn:
            if self._parent is None:
                self._parent = subprocess.Popen(
                    [sys.executable, "-m", "tests.site.loaded"], cwd=ROOT, text=True, stdin=subprocess.PIPE,
                    env=os.environ | {"PYTHONWARNINGS": "error"},
                )  # fmt: skip
                atexit.register(self.end)
            assert self._parent.stdin is not None
            self._parent.stdin.write(line + "\n")
            self._parent.stdin.flush()

    def end(self) -> None:
        """Let it go."""
        if self._parent is not None:
            with self._parent:
                assert self._parent.stdin is not None
                self._parent.stdin.close()


def _text(path: str) -> str:
    return Path(path).read_text("utf-8")


if __name__ == "__main__":
    main()
