"""The installations that the tests of the console share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.installation import Installation, copy_of, installation, prepared_once

TINY = "0.001"
"""A thousand people and sixty posts."""


@pytest.fixture(scope="session")
def sample(shared: Path) -> Iterator[Installation]:
    """A sample installation, prepared once from nothing; tests read it, and whoever writes does so in a copy."""
    with installation(shared / "样例 安装") as made, prepared_once(made, "--scale", TINY) as done:
        yield done


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """A folder and a database with nothing in them."""
    with installation(tmp_path / "empty") as made:
        yield made


@pytest.fixture
def copy(sample: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation like the sample one, for tests that write."""
    with copy_of(sample, tmp_path / "copy") as made:
        yield made
