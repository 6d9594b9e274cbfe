"""What an installation keeps beside its data."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from zhitong.site import secrets

pytestmark = pytest.mark.sqlite


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHITONG_HOME", str(tmp_path))
    for name in secrets.NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_it_works(folder: Path) -> None:
    secrets.ensure_secrets()
    kept = folder / "secrets.env"
    assert [line.partition("=")[0] for line in kept.read_text().splitlines()] == list(secrets.NAMES)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == ["secrets.env"]


def test_secrets_stay_as_they_are(folder: Path) -> None:
    secrets.ensure_secrets()
    before = (folder / "secrets.env").read_text()
    secrets.ensure_secrets()
    assert (folder / "secrets.env").read_text() == before


def test_several_begin_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    all_there = Barrier(4, timeout=10)

    def nothing_yet() -> bool:
        all_there.wait()
        return False

    monkeypatch.setattr(secrets, "has_secrets", nothing_yet)
    with ThreadPoolExecutor(4) as several:
        for one in [several.submit(secrets.ensure_secrets) for _each in range(4)]:
            one.result()
    assert [one.name for one in folder.iterdir()] == ["secrets.env"]
    assert len((folder / "secrets.env").read_text().splitlines()) == len(secrets.NAMES)
