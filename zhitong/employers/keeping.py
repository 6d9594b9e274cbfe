"""Files of advertisements that wait to be read, and what goes back to their sender: kept some days, then gone."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.errors import Refusal

FOLDER = "imports"
MOST_BYTES = 200_000_000
KEPT_FOR = dt.timedelta(days=30)
NAME = re.compile(rf"{FOLDER}/[0-9a-f]{{32}}")


def keep(file: File[Any]) -> str:
    """Keep a file and return the name under which it is found again; nobody guesses it."""
    return default_storage.save(_new_name(), file)


def place_for_more() -> tuple[str, Path]:
    """Return the name and the path at which something new is to be written."""
    name = _new_name()
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    return name, path


def kept(name: str) -> Path:
    """Return where a file is kept; refuses a name that was not given here, and a file that is gone."""
    if not NAME.fullmatch(name) or not default_storage.exists(name):
        raise Refusal("file_gone", _("文件已经清除，请重新上传。"), field="file")
    return Path(default_storage.path(name))


def clear_old() -> int:
    """Remove the files whose days are over, and return how many."""
    if not default_storage.exists(FOLDER):
        return 0
    before = timezone.now() - KEPT_FOR
    names = [f"{FOLDER}/{one}" for one in default_storage.listdir(FOLDER)[1]]
    over = [one for one in names if default_storage.get_modified_time(one) < before]
    for name in over:
        default_storage.delete(name)
    return len(over)


def _new_name() -> str:
    return f"{FOLDER}/{uuid4().hex}"
