"""zhitong backup and zhitong restore: what goes out comes back, all of it or nothing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.site.installation import Installation, installation
from zhitong.site.archive import Unusable, unpack

pytestmark = pytest.mark.slow

COUNTS = """
from django.apps import apps
import json
ours = [one for one in apps.get_models() if one.__module__.startswith("zhitong")]
counted = {one._meta.label: one._base_manager.count() for one in ours}
from zhitong.workers.models import Worker
number = Worker.objects.order_by("pk").exclude(id_number=None).first().id_number.open()
print(json.dumps([counted, number], sort_keys=True))
"""
RENAMED = """
from zhitong.kernel.models import Record
print(Record.objects.filter(verb="rename_org").count())
"""
WRITE_ON = """
import itertools
from zhitong.kernel.actions import rename_org
from zhitong.kernel.models import Account, Org
system, org = Account.objects.system(), Org.objects.filter(kind="village").order_by("-pk").first()
print("ready", flush=True)
for number in itertools.count():
    rename_org(by=system, org=org, name=f"改名{number}村")
"""


@pytest.fixture(scope="module")
def archive(sample: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backup") / "full.tar.gz"
    sample.zhitong("backup", path, "--with-keys")
    return path


def test_it_works(sample: Installation, empty: Installation, archive: Path) -> None:
    empty.zhitong("restore", archive)
    counted, number = json.loads(empty.ask(COUNTS))
    assert [counted, number] == json.loads(sample.ask(COUNTS))
    assert counted["workers.Worker"] == 1050 and number.startswith("5299")
    assert (empty.home / "sample").exists() and (empty.home / "secrets.env").stat().st_mode & 0o077 == 0
    assert "没有发现问题" in empty.zhitong("check")


# The rest does not depend on the database, and is tried on one.
@pytest.mark.sqlite
def test_nobody_else_reads_the_archive(archive: Path) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


@pytest.mark.sqlite
def test_keys_stay_at_home_unless_asked_for(
    sample: Installation, empty: Installation, tmp_path: Path
) -> None:
    path = tmp_path / "without.tar.gz"
    sample.zhitong("backup", path)
    with tarfile.open(path) as packed:
        assert "secrets.env" not in packed.getnames()
    assert "没有密钥" in empty.zhitong("restore", path, expect=1)
    (empty.home / "secrets.env").write_bytes((sample.home / "secrets.env").read_bytes())
    empty.zhitong("restore", path)


@pytest.mark.sqlite
def test_keys_of_another_installation(empty: Installation, archive: Path) -> None:
    empty.home.mkdir()
    (empty.home / "secrets.env").write_text("ZHITONG_SECRET_KEY=a\nZHITONG_MASTER_KEY=b\n")
    assert "不是同一套" in empty.zhitong("restore", archive, expect=1)


@pytest.mark.sqlite
def test_an_installation_that_holds_data(sample: Installation, archive: Path) -> None:
    before = sample.ask(COUNTS)
    assert "已经有数据" in sample.zhitong("restore", archive, expect=1)
    assert sample.ask(COUNTS) == before


@pytest.mark.sqlite
@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08 broken"])
def test_a_file_that_is_no_backup(empty: Installation, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.tar.gz"
    path.write_bytes(content)
    assert "不是直通的备份" in empty.zhitong("restore", path, expect=1)
    assert not (empty.home / "secrets.env").exists()


@pytest.mark.sqlite
def test_an_archive_of_something_else(empty: Installation, tmp_path: Path) -> None:
    path = tmp_path / "other.tar.gz"
    (tmp_path / "letter.txt").write_text("hello")
    with tarfile.open(path, "w:gz") as packed:
        packed.add(tmp_path / "letter.txt", arcname="letter.txt")
    assert "不是直通的备份" in empty.zhitong("restore", path, expect=1)


@pytest.mark.sqlite
def test_half_an_archive(empty: Installation, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "half.tar.gz"
    path.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert "不是直通的备份" in empty.zhitong("restore", path, expect=1)
    assert not (empty.home / "secrets.env").exists()


@pytest.mark.sqlite
def test_a_file_that_is_there_already(sample: Installation, archive: Path) -> None:
    before = archive.stat().st_mtime_ns
    assert "已存在" in sample.zhitong("backup", archive, expect=1)
    assert archive.stat().st_mtime_ns == before


@pytest.mark.sqlite
def test_nothing_to_back_up(empty: Installation, tmp_path: Path) -> None:
    assert "还没有数据" in empty.zhitong("backup", tmp_path / "none.tar.gz", expect=1)
    assert not (tmp_path / "none.tar.gz").exists()


@pytest.mark.sqlite
def test_a_backup_made_while_others_write(empty: Installation, archive: Path, tmp_path: Path) -> None:
    empty.zhitong("restore", archive)
    code = f"from zhitong.site.console import set_up; set_up()\n{WRITE_ON}"
    with subprocess.Popen(
        [sys.executable, "-c", code], env=empty.environment, stdout=subprocess.PIPE, text=True
    ) as writer:
        try:
            assert writer.stdout is not None and writer.stdout.readline() == "ready\n"
            empty.zhitong("backup", tmp_path / "busy.tar.gz", "--with-keys")
            assert writer.poll() is None, "the writer was stopped by the backup"
        finally:
            writer.kill()
    with installation(tmp_path / "second") as second:
        second.zhitong("restore", tmp_path / "busy.tar.gz")
        assert int(second.ask(RENAMED)) > 0
        assert "没有发现问题" in second.zhitong("check")


@pytest.mark.sqlite
def test_nothing_is_unpacked_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    with tarfile.open(tmp_path / "made.tar.gz", "w:gz") as packed:
        packed.addfile(tarfile.TarInfo("../escaped"), io.BytesIO())
    with pytest.raises(Unusable):
        unpack(tmp_path / "made.tar.gz", tmp_path / "inside")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.sqlite
def test_links_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    link = tarfile.TarInfo("secrets.env")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "made.tar.gz", "w:gz") as packed:
        packed.addfile(link)
    unpack(tmp_path / "made.tar.gz", tmp_path / "inside")
    assert list((tmp_path / "inside").iterdir()) == []
