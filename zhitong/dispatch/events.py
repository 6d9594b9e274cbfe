"""What dispatch tells to apps further along. Numbers only: whoever listens reads the rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkerArrived:
    """The receiving end signed an arrival."""

    placement_id: int


@dataclass(frozen=True)
class PlacementEnded:
    """A worker left a post."""

    placement_id: int
