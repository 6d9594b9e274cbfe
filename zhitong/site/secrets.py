"""What an installation keeps beside its data: its secrets, readable by its owner only, and whether it is a sample."""

from __future__ import annotations

import os
import secrets
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

    Without the master key nobody can read sealed values: back it up apart from the database.
    """
    if has_secrets():
        return
    lines = "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in NAMES)
    handle = os.open(home() / "secrets.env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(lines)


def has_secrets() -> bool:
    """Tell whether the folder or the environment brings the secrets."""
    return (home() / "secrets.env").exists() or all(os.environ.get(name) for name in NAMES)


def mark_as_sample() -> None:
    """Say once and for all that what this installation holds is made up; it shows on every page and export."""
    (home() / "sample").touch()
