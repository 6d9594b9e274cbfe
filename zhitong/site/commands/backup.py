"""``zhitong backup``: one archive that ``zhitong restore`` brings back."""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from zhitong.site.console import say, set_up
from zhitong.site.secrets import home

EXAMPLE = """example:
  zhitong backup zhitong-2026-11-21.tar.gz

The archive holds personal data, sealed as in the database. The keys are left out unless --with-keys is given:
without them sealed values cannot be read, so keep secrets.env in another safe place.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("archive", type=Path, help="file to write, ending in .tar.gz")
    parser.add_argument("--with-keys", action="store_true", help="put secrets.env into the archive too")


def perform(wanted: argparse.Namespace) -> int:
    """Write the archive while the installation may go on working."""
    if wanted.archive.exists():
        say(f"{wanted.archive} 已存在，请换一个文件名。")
        return 1
    set_up()
    with tempfile.TemporaryDirectory() as folder:
        dump = _dump(Path(folder))
        partial = wanted.archive.with_suffix(".partial")
        with tarfile.open(partial, "w:gz", compresslevel=3) as archive:
            archive.add(dump, arcname=dump.name)
            if (home() / "attachments").exists():
                archive.add(home() / "attachments", arcname="attachments")
            if wanted.with_keys and (home() / "secrets.env").exists():
                archive.add(home() / "secrets.env", arcname="secrets.env")
        partial.rename(wanted.archive)
    wanted.archive.chmod(0o600)
    say(f"已备份到 {wanted.archive}（{wanted.archive.stat().st_size / 1e6:,.1f} MB）。")
    return 0


def _dump(folder: Path) -> Path:
    """Write the database into the folder: a consistent copy on SQLite, pg_dump's archive on PostgreSQL."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        path = folder / "zhitong.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return path
    path = folder / "zhitong.pgdump"
    subprocess.run(
        ["pg_dump", "--format=custom", "--no-owner", f"--file={path}", f"--dbname={settings.HUEY['dsn']}"],
        check=True,
    )
    return path
