"""``zhitong backup``: one archive that ``zhitong restore`` brings back."""

from __future__ import annotations

import argparse
import json
import tarfile
import tempfile
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
    """Write the archive while the installation may go on working; a file that is there already stays as it is."""
    if wanted.archive.exists():
        say(f"{wanted.archive} 已存在，请换一个文件名。")
        return 1
    if not wanted.archive.parent.is_dir():
        say(f"没有找到文件夹 {wanted.archive.parent}。")
        return 1
    set_up()
    from zhitong.site.archive import Unusable

    if not _holds_anything():
        say("这里还没有数据，没有可以备份的内容。")
        return 1
    try:
        with tempfile.TemporaryDirectory(dir=wanted.archive.parent, prefix=".zhitong-backup-") as folder:
            _pack(Path(folder), with_keys=wanted.with_keys).rename(wanted.archive)
    except Unusable as no:
        say(str(no))
        return 1
    except OSError as error:
        say(f"没有写成备份：{error.strerror or error}")
        return 1
    say(f"已备份到 {wanted.archive}（{wanted.archive.stat().st_size / 1e6:,.1f} MB）。")
    return 0


def _holds_anything() -> bool:
    from django.db import connection

    return "kernel_region" in connection.introspection.table_names()


def _pack(folder: Path, *, with_keys: bool) -> Path:
    """Write the archive into the folder and return it; nobody but its owner may read it."""
    from zhitong.site.archive import ATTACHMENTS, MANIFEST, SECRETS, dump_database, manifest

    (folder / MANIFEST).write_text(json.dumps(manifest(), indent=1), encoding="utf-8")
    dump = dump_database(folder)
    archive = folder / "archive.tar.gz"
    archive.touch(mode=0o600)
    with tarfile.open(archive, "w:gz", compresslevel=3) as packed:
        packed.add(folder / MANIFEST, arcname=MANIFEST)
        packed.add(dump, arcname=dump.name)
        if (home() / ATTACHMENTS).exists():
            packed.add(home() / ATTACHMENTS, arcname=ATTACHMENTS)
        if with_keys and (home() / SECRETS).exists():
            packed.add(home() / SECRETS, arcname=SECRETS)
    return archive
