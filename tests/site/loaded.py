"""Processes of the console that need not load the libraries: each is forked from one that has.

What reads settings is loaded after the fork, so that each process has the environment of its own installation.
"""

from __future__ import annotations

import contextlib
import json
import os
import runpy
import select
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

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
    """Load the libraries, then fork a process for each line that comes in, and answer with its exit status."""
    for name in LOADED:
        with contextlib.suppress(ImportError):
            import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            return _become(**asked)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    return None


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
    """The process from which those of the console are forked; it is started when it is first asked."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[str] | None = None

    def run(self, *words: str, code: str = "", given: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a sub-command, or lines of Python, in an environment, and return its end and what it printed."""
        with tempfile.TemporaryDirectory() as folder:
            out, err, lines = (f"{folder}/{name}" for name in ("out", "err", "lines.py"))
            Path(lines).write_text(code, "utf-8")
            asked = {"words": words, "code": lines if code else "", "given": given, "out": out, "err": err}
            status = self._answer(json.dumps(asked))
            printed, told = (Path(path).read_text("utf-8") for path in (out, err))
        return subprocess.CompletedProcess(list(words), status, printed, told)

    def _answer(self, line: str) -> int:
        if self._parent is None:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.site.loaded"], cwd=ROOT, text=True,
                env=os.environ | {"PYTHONWARNINGS": "error"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self._parent.stdin is not None and self._parent.stdout is not None
        self._parent.stdin.write(line + "\n")
        self._parent.stdin.flush()
        ready, _none, _none_either = select.select([self._parent.stdout], [], [], PATIENCE)
        assert ready, "a process of the console did not end"
        return int(self._parent.stdout.readline())

    def end(self) -> None:
        """Let it go."""
        if self._parent is not None:
            with self._parent:
                assert self._parent.stdin is not None
                self._parent.stdin.close()


if __name__ == "__main__":
    main()
