"""``zhitong restore``: bring an archive of ``zhitong backup`` back into an empty installation."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from zhitong.site.console import say, set_up
from zhitong.site.secrets import home

EXAMPLE = """example:
  ZHITONG_HOME=/srv/zhitong zhitong restore zhitong-2026-11-21.tar.gz
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("archive", type=Path, help="file that `zhitong backup` wrote")


def perform(wanted: argparse.Namespace) -> int:
    """Restore everything, or nothing where the installation already holds data or the archive is no backup."""
    if not wanted.archive.exists():
        say(f"没有找到 {wanted.archive}。")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(wanted.archive) as archive:
                archive.extractall(folder, filter="data")
        except (tarfile.TarError, OSError):
            say("这个文件不是直通的备份，或者已经损坏，没有恢复任何内容。")
            return 1
        return _bring_back(Path(folder))


def _bring_back(folder: Path) -> int:
    if not any((folder / name).exists() for name in ("zhitong.sqlite3", "zhitong.pgdump")):
        say("备份里没有数据库，没有恢复任何内容。")
        return 1
    if (folder / "secrets.env").exists() and not (home() / "secrets.env").exists():
        shutil.copy2(folder / "secrets.env", home() / "secrets.env")
    set_up()
    from django.db import connection

    if "kernel_region" in connection.introspection.table_names():
        say("这里已经有数据，请先指定一个空的 ZHITONG_HOME 或空的数据库。")
        return 1
    if not _restore_database(folder):
        return 1
    if (folder / "attachments").exists():
        shutil.copytree(folder / "attachments", home() / "attachments", dirs_exist_ok=True)
    say("已恢复。请运行 zhitong check 核对。")
    return 0


def _restore_database(folder: Path) -> bool:
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite" and (folder / "zhitong.sqlite3").exists():
        target = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        source = sqlite3.connect(folder / "zhitong.sqlite3")
        copy = sqlite3.connect(target)
        source.backup(copy)
        source.close()
        copy.close()
        return True
    if connection.vendor == "postgresql" and (folder / "zhitong.pgdump").exists():
        connection.close()
        subprocess.run(
            ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
             f"--dbname={settings.HUEY['dsn']}", str(folder / "zhitong.pgdump")],
            check=True,
        )  # fmt: skip
        return True
    say("备份来自另一种数据库（SQLite 与 PostgreSQL 之间不能直接恢复）。")
    return False
