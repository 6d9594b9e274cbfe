"""News of the register."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkerWithdrawn:
    """Someone left the register: whatever is open for them ends."""

    worker: int
    reason: str


@dataclass(frozen=True)
class ConsentWithdrawn:
    """Someone no longer agrees that data be processed for a purpose."""

    worker: int
    purpose: str
