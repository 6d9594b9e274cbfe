"""News of the employers app."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemandClosed:
    """These posts are no longer open; ``reason`` is a ``Demand.CloseReason``."""

    demands: tuple[int, ...]
    reason: str
