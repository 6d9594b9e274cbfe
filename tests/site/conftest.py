"""The installations that the tests of the console share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.installation import Installation, installation

TINY = "0.001"
"""A thousand people and sixty posts."""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Installation]:
    """A sample installation, prepared once; tests read it, and whoever writes restores a copy of it elsewhere.

    On SQLite the processes of one run share it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with installation(shared / "样例 安装") as made, (shared / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if made.database or not (shared / "prepared").exists():
            made.zhitong("run", "--prepare-only", "--scale", TINY)
            (shared / "prepared").touch()
        fcntl.flock(turn, fcntl.LOCK_UN)
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """A folder and a database with nothing in them."""
    with installation(tmp_path / "empty") as made:
        yield made


@pytest.fixture
def copy(sample: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation that was restored from the sample one, for tests that write."""
    sample.zhitong("backup", tmp_path / "sample.tar.gz", "--with-keys")
    with installation(tmp_path / "copy") as made:
        made.zhitong("restore", tmp_path / "sample.tar.gz")
        yield made
