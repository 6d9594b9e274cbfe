"""What every test may use."""

from __future__ import annotations

from typing import Any

import pytest

from zhitong.site.world import World, build


@pytest.fixture
def world(db: Any) -> World:
    """The imaginary county, with its organisations; people and posts come when asked for."""
    return build()
