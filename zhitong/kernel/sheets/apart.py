"""Reads a workbook of an old or binary kind in a process of its own: what goes wrong there goes wrong alone.

``python -m zhitong.kernel.sheets.apart`` takes the file at its input and writes its tables as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..errors import Refusal
from .read import unreadable

SECONDS = 8
MOST_MEMORY = 900 * 1024 * 1024
LOCKED, TOO_LONG, UNREADABLE = 3, 4, 5


def read_apart(data: bytes) -> list[tuple[str, list[list[Any]], tuple[Any, ...]]]:
    """Return name, rows and merged cells of each visible sheet; refuses what is locked, too long or unreadable."""
    from .tables import too_long

    command = [sys.executable, "-m", "zhitong.kernel.sheets.apart"]
    folder = Path(__file__).resolve().parents[3]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=folder,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise too_long() from None
    if done.returncode == LOCKED:
        raise Refusal("sheet_locked", _("文件有密码保护，请先去掉密码再上传。"), field="file")
    if done.returncode == UNREADABLE:
        raise unreadable()
    if done.returncode:
        raise too_long()
    return [
        (
            name,
            [[as_cell(one) for one in row] for row in rows],
            tuple((tuple(a), tuple(b)) for a, b in merged),
        )
        for name, rows, merged in json.loads(done.stdout)
    ]


def _environment() -> dict[str, str]:
    kept = ("PATH", "LANG", "VIRTUAL_ENV", "PYTHONPATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def as_json(value: Any) -> Any:
    """Return a cell as JSON keeps it: days and instants marked as such, everything else as it is."""
    if isinstance(value, dt.datetime):
        return {"at": value.isoformat()} if value.time() != dt.time() else {"on": value.date().isoformat()}
    if isinstance(value, dt.date):
        return {"on": value.isoformat()}
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def as_cell(value: Any) -> Any:
    """Return what ``as_json`` was given."""
    if not isinstance(value, dict):
        return value
    return dt.date.fromisoformat(value["on"]) if "on" in value else dt.datetime.fromisoformat(value["at"])


def main() -> int:
    """Read a workbook from the input, write its tables to the output; the status says what went wrong."""
    import io

    import python_calamine

    from .tables import MOST_CELLS, cells_of

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found, room = [], MOST_CELLS
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            for one in book.sheets_metadata:
                if one.visible != python_calamine.SheetVisibleEnum.Visible:
                    continue
                sheet = book.get_sheet_by_name(one.name)
                room -= cells_of(sheet)
                if room < 0:
                    return TOO_LONG
                rows = sheet.to_python(skip_empty_area=False)
                cells = [[as_json(cell) for cell in row] for row in rows]
                found.append((one.name, cells, list(sheet.merged_cell_ranges or ())))
    except python_calamine.PasswordError:
        return LOCKED
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError):
        return UNREADABLE
    except (MemoryError, Refusal):
        return TOO_LONG
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
