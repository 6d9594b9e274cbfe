"""What an archive of ``zhitong backup`` holds, and how its database goes out and in.

A gzipped tar: ``manifest.json`` first, then the database (``zhitong.sqlite3``, or ``zhitong.pgdump`` of
``pg_dump``), ``attachments/``, and on request ``secrets.env``. The manifest names the format, the release, the
database, the day, whether it is a sample, and a fingerprint of the master key, from which nobody learns the key.
"""

from __future__ import annotations

import hmac
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

import zhitong
from zhitong.kernel.privacy import key_for

FORMAT = 1
MANIFEST = "manifest.json"
ATTACHMENTS = "attachments"
SECRETS = "secrets.env"
TABLES_OF_QUEUE = "huey_"
"""How the names of the tables begin that huey makes for itself on PostgreSQL, before anything is stored."""
DATABASES = {"sqlite": "zhitong.sqlite3", "postgresql": "zhitong.pgdump"}


class Unusable(Exception):
    """The archive cannot be written or read; the sentence is for the person who asked."""


def manifest() -> dict[str, Any]:
    """Return what the archive that is written now says about itself."""
    return {
        "format": FORMAT,
        "release": zhitong.__version__,
        "database": connection.vendor,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "is_sample": bool(settings.SAMPLE_INSTALLATION),
        "key": key_fingerprint(),
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of an unpacked archive; raises ``Unusable`` when it is none of ours."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        known, name = found["format"] == FORMAT, DATABASES[found["database"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise Unusable("这个文件不是直通的备份，没有恢复任何内容。") from None
    if not known:
        raise Unusable(f"备份由更新的版本（{found.get('release')}）写成，请先升级再恢复。")
    if not (folder / name).exists():
        raise Unusable("备份里没有数据库，没有恢复任何内容。")
    return dict(found)


def key_fingerprint() -> str:
    """Return 16 hexadecimal characters that differ from one master key to another."""
    return hmac.digest(key_for("fingerprint"), b"zhitong", "sha256").hex()[:16]


def unpack(archive: Path, folder: Path) -> None:
    """Unpack the files of an archive, inside the folder only; raises ``Unusable`` when it cannot be read to its end.

    Links and devices are left out; of what a file says of itself only its name is taken, and it is its owner's
    alone. (Python 3.11.2, which Debian 12 ships, knows no filters of extraction yet.)
    """
    try:
        with tarfile.open(archive) as packed:
            for member in packed:
                _take_out(packed, member, folder.resolve())
    except (tarfile.TarError, OSError, EOFError):
        raise Unusable("这个文件不是直通的备份，或者已经损坏，没有恢复任何内容。") from None


def _take_out(packed: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    content = packed.extractfile(member) if member.isreg() else None
    if content is None:
        return
    target = (folder / member.name).resolve()
    if not target.is_relative_to(folder):
        raise tarfile.TarError(f"{member.name} lies outside")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with content, open(target, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        shutil.copyfileobj(content, file)


def dump_database(folder: Path) -> Path:
    """Write the database into the folder as it stands at one instant, while others may go on writing.

    The queue stays behind: waiting jobs are rows of their own, and a worker process queues them again.
    """
    path = folder / DATABASES[connection.vendor]
    if connection.vendor == "postgresql":
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            f"--exclude-table={TABLES_OF_QUEUE}*",
            f"--file={path}",
        )
        return path
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


def is_empty() -> bool:
    """Tell whether the database holds nothing; a queue that merely stands ready is nothing."""
    return all(name.startswith(TABLES_OF_QUEUE) for name in connection.introspection.table_names())


def load_database(folder: Path) -> None:
    """Bring the dumped database into the installation's own, which is empty."""
    path = folder / DATABASES[connection.vendor]
    connection.close()
    if connection.vendor == "postgresql":
        name = str(settings.DATABASES["default"]["NAME"])
        _run(
            "pg_restore",
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={name}",
            str(path),
        )
        return
    target = settings.DATABASES["default"]["NAME"]
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _run(program: str, *words: str) -> None:
    """Run a program of PostgreSQL; the password goes through the environment, where nobody else reads it."""
    at = settings.DATABASES["default"]
    given = {
        "PGHOST": at["HOST"], "PGPORT": at["PORT"], "PGUSER": at["USER"], "PGPASSWORD": at["PASSWORD"],
        "PGDATABASE": at["NAME"],
    }  # fmt: skip
    environment = os.environ | {name: str(value) for name, value in given.items() if value}
    try:
        done = subprocess.run(
            [program, *words], env=environment, stderr=subprocess.PIPE, text=True, check=False
        )
    except FileNotFoundError:
        raise Unusable(f"没有找到 {program}，请安装：apt-get install postgresql-client") from None
    if done.returncode:
        raise Unusable(f"{program} 没有完成：{done.stderr.strip()}")
