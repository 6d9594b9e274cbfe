"""``zhitong restore``: bring an archive of ``zhitong backup`` back into an empty installation."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from zhitong.site.console import say, set_up
from zhitong.site.secrets import has_secrets, home, mark_as_sample

EXAMPLE = """example:
  ZHITONG_HOME=/srv/zhitong zhitong restore zhitong-2026-11-21.tar.gz

An archive without keys needs the secrets.env of the installation that wrote it: put it into ZHITONG_HOME first.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("archive", type=Path, help="file that `zhitong backup` wrote")


def perform(wanted: argparse.Namespace) -> int:
    """Restore everything, or nothing where the installation already holds data or the archive is no backup."""
    if not wanted.archive.exists():
        say(f"没有找到 {wanted.archive}。")
        return 1
    with tempfile.TemporaryDirectory(dir=home(), prefix=".zhitong-restore-") as folder:
        return _bring_back(wanted.archive, Path(folder))


def _bring_back(archive: Path, folder: Path) -> int:
    from zhitong.site.archive import SECRETS, Unusable, read_manifest, unpack

    try:
        unpack(archive, folder)
        found = read_manifest(folder)
        lent = not has_secrets() and (folder / SECRETS).exists()
        if lent:
            shutil.copy2(folder / SECRETS, home() / SECRETS)
        if not has_secrets():
            raise Unusable(f"备份里没有密钥。请先把原来的 {SECRETS} 放进 {home()}，再恢复。")
        try:
            _into_database(folder, found)
        except BaseException:
            if lent:
                (home() / SECRETS).unlink()
            raise
    except Unusable as no:
        say(str(no))
        return 1
    _beside_database(folder, found)
    say(f"已恢复 {found['made_at']} 的备份。请运行 zhitong check 核对。")
    return 0


def _into_database(folder: Path, found: dict[str, object]) -> None:
    set_up()
    from django.db import connection

    from zhitong.site.archive import Unusable, is_empty, key_fingerprint, load_database

    if found["database"] != connection.vendor:
        raise Unusable("备份来自另一种数据库（SQLite 与 PostgreSQL 之间不能直接恢复）。")
    if found["key"] != key_fingerprint():
        raise Unusable(
            "这里的密钥和备份的不是同一套，恢复后没有人能读身份证号和电话。请换成原来的 secrets.env。"
        )
    if not is_empty():
        raise Unusable("这里已经有数据，请先指定一个空的 ZHITONG_HOME 或空的数据库。")
    load_database(folder)


def _beside_database(folder: Path, found: dict[str, object]) -> None:
    from zhitong.site.archive import ATTACHMENTS

    if (folder / ATTACHMENTS).exists():
        shutil.copytree(folder / ATTACHMENTS, home() / ATTACHMENTS, dirs_exist_ok=True)
    if found["is_sample"]:
        mark_as_sample()
