"""Looks at the SQL under the whole suite: a table is written only while a verb of its own app runs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.apps import apps
from django.db import connections

from zhitong.kernel.action import doing, doing_in

from .source import PACKAGE, ROOT

WRITE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|COPY)\s+"?(\w+)"?', re.IGNORECASE)
OWN_WAY = {
    "kernel_record", "kernel_recordhead", "kernel_recordpeople", "kernel_nonce",  # the verb's machinery
    "kernel_job",  # signs of life
    "kernel_token",  # when it was last used
}  # fmt: skip
MACHINERY = tuple(str(PACKAGE / "kernel" / name) for name in ("action.py", "chain.py", "state.py", "bulk.py"))

TALLIES = str(PACKAGE / "kernel" / "tallies.py")
"""Writes tallies alone, which say nothing that the rows do not say."""


@contextmanager
def breaches() -> Iterator[list[str]]:
    """Collect a sentence for each write of ours that no verb of the table's app stands behind."""
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written = WRITE.match(sql)
        if written and (app := _app_of(written.group(1))) and not doing_in(app):
            author = _author()
            if author is not None:
                now = doing()
                during = f"while {now.verb.name} runs" if now else "outside a verb"
                found.append(
                    f"{author} writes {written.group(1)} {during}: only a verb of zhitong.{app} may, "
                    "because it asks permission and leaves a line in the record."
                )
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all(initialized_only=True):
            stack.enter_context(connection.execute_wrapper(look))
        yield found


def _app_of(table: str) -> str | None:
    label, _line, _rest = table.partition("_")
    if table in OWN_WAY or label not in apps.app_configs:
        return None
    config = apps.get_app_config(label)
    return label if config.name.startswith("zhitong.") else None


def _author() -> str | None:
    """Return the place in the package that asked for the write, or ``None`` when a test, the imaginary county,
    the sign-in library or the keeping of tallies did."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(str(ROOT / "tests")) and not path.endswith("house/watch.py"):
            return None
        if "/allauth/" in path or path.startswith((str(PACKAGE / "site" / "world"), TALLIES)):
            return None
        if path.startswith(str(PACKAGE)) and not path.startswith(MACHINERY) and "/migrations/" not in path:
            return f"{path[len(str(ROOT)) + 1 :]}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return None
