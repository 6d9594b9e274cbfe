"""What an installation keeps beside its data: its secrets, readable by its owner only, and whether it is a sample."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

NAMES = ("ZHITONG_SECRET_KEY", "ZHITONG_MASTER_KEY")


def home() -> Path:
    """Return the folder of the installation's data, made when it is missing."""
    default = Path(__file__).resolve().parents[2] / "var"
    folder = Path(os.environ.get("ZHITONG_HOME") or default)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def ensure_secrets() -> None:
    """Write ``secrets.env`` unless it exists or the environment brings the secrets.

    Without the master key nobody can read sealed values: back it up apart from the database. Of two processes that
    begin at once in an empty folder both go on with the secrets of one, and neither sees a half-written file.
    """
    if has_secrets():
        return
    lines = "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in NAMES)
    handle, draft = tempfile.mkstemp(dir=home(), prefix=".secrets-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(lines)
        with suppress(FileExistsError):
            os.link(draft, home() / "secrets.env")
    finally:
        os.unlink(draft)


def has_secrets() -> bool:
    """Tell whether the folder or the environment brings the secrets."""
    return (home() / "secrets.env").exists() or all(os.environ.get(name) for name in NAMES)


def mark_as_sample() -> None:
    """Say once and for all that what this installation holds is made up; it shows on every page and export."""
    (home() / "sample").touch()
