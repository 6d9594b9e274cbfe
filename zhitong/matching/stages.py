"""How long a computation may take, and how long each stage of it took, for its summary and for measurements."""

from __future__ import annotations

import resource
import time


class Stages:
    """Seconds by stage, in the order in which they were gone through; one follows another."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._open: tuple[str, float, float] | None = None

    def begin(self, name: str) -> None:
        """End the stage before and begin this one; one may be gone through in several parts."""
        self.end()
        self._open = name, time.monotonic(), processor_seconds()

    def end(self) -> None:
        """End the stage that was begun last."""
        if self._open is not None:
            name, wall, cpu = self._open
            self.wall[name] = self.wall.get(name, 0.0) + time.monotonic() - wall
            self.cpu[name] = self.cpu.get(name, 0.0) + processor_seconds() - cpu
        self._open = None

    def told(self) -> dict[str, dict[str, float]]:
        """Return the stages for JSON: processor seconds and seconds that passed, in hundredths."""
        return {
            name: {"cpu": round(self.cpu[name], 2), "wall": round(self.wall[name], 2)} for name in self.wall
        }


class Limit:
    """Says when the time of a computation is up, and remembers that it was."""

    def __init__(self, seconds: float) -> None:
        self.until, self.reached = time.monotonic() + seconds, False

    def __call__(self) -> bool:
        self.reached = self.reached or time.monotonic() > self.until
        return self.reached


def processor_seconds() -> float:
    """Return what this process and those that it began and that have ended used until now."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
