"""Searching all pairs with the workers apart: a crew of processes or machines answers for their rows.

Each answers about rows of its own under prices sent to all, and an answer depends on nothing but its row, the posts
and the prices. So the plan is the same whoever answers, and whoever is lost is asked again elsewhere.
"""

from __future__ import annotations

import mmap
import multiprocessing
import os
import signal
from copy import copy
from itertools import pairwise
from multiprocessing.connection import wait
from typing import Any, NamedTuple, Protocol, Self

import numpy as np

from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.shelf import Best, Shelves
from zhitong.engines.matching.standing import TimeUp, never

FEW = 512
"""Fewer rows than these are not worth a message: whoever asks answers himself."""
TRIES = 4
"""So often the same question is asked before it is taken to be what kills those who answer."""
GLANCE_SECONDS = 0.05
"""So often whoever waits looks whether time is up."""
MOST_PARTITIONS = 4096


class Asked(NamedTuple):
    """One question to a crew: the arguments of `Shelves.best`, and by which prices the shelves stand sorted."""

    rows: Ints
    columns: int
    price: Ints
    open_to: Flags | None = None
    least: Ints | None = None
    sorted_at: Ints | None = None
    """Decides how soon the answer comes, never what it is."""

    def of(self, part: slice | Ints) -> Asked:
        """The same question about some of the rows."""
        return self._replace(
            rows=self.rows[part], least=None if self.least is None else self.least[part].astype(np.int32)
        )

    def answered_by(self, shelves: Shelves) -> Best:
        """What the shelves say."""
        return shelves.best(self.rows, self.columns, self.price, open_to=self.open_to, least=self.least)


class Lost(ConnectionError):
    """Processes or machines that should answer are lost, and no others can be had."""


class Crew(Protocol):
    """Those who answer. `close` may be called at any time and more than once."""

    def load(self, shelves: Shelves) -> None:
        """Make a round known; it takes the place of one loaded before. `Lost` where nobody can take it."""

    def map(self, shelves: Shelves, asked: Asked) -> Best:
        """Answer as `shelves`, those of the round loaded, sorted in whatever way, would.

        `TimeUp` when `shelves.stop` says so, and `Lost` when those who answer die of one question again and again.
        """

    def close(self) -> None:
        """End whatever was begun."""


class Apart:
    """`Shelves` of one process, whose questions about many rows are answered by a crew."""

    def __init__(self, here: Shelves, crew: Crew, sorted_at: Ints | None = None) -> None:
        """`sorted_at`: the prices by which `here` is sorted. `crew.load` comes before."""
        self.here, self.crew, self._sorted_at = here, crew, sorted_at

    def __getattr__(self, name: str) -> Any:
        return getattr(self.here, name)

    def sorted_at(self, price: Ints) -> Apart:
        """As `Shelves.sorted_at`."""
        return Apart(self.here.sorted_at(price), self.crew, price)

    def best(
        self,
        rows: Ints,
        columns: int,
        price: Ints,
        *,
        open_to: Flags | None = None,
        least: Ints | None = None,
    ) -> Best:
        """As `Shelves.best`."""
        asked = Asked(rows, columns, price, open_to, least, self._sorted_at)
        return asked.answered_by(self.here) if len(rows) < FEW else self.crew.map(self.here, asked)


class Processes:
    """A crew of processes on this machine: copies of this one, made for each question, that share its memory.

    They write into memory that is shared as well, so that nothing is sent. Where a system cannot copy a running
    process there is no such crew.
    """

    def __init__(self, processes: int) -> None:
        """ValueError on fewer than one or more than 4,096 processes, and where there can be none."""
        self.processes = whole("processes", processes)
        if "fork" not in multiprocessing.get_all_start_methods():
            raise ValueError("This system cannot copy a running process; leave out the number of processes.")
        self._context: Any = multiprocessing.get_context("fork")
        self.running: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def load(self, shelves: Shelves) -> None:
        """Load the compiled loops here, so that no copy has to."""
        if shelves.workers:
            patient = copy(shelves)
            patient.stop = never
            patient.best(np.zeros(1, np.int32), 1, shelves.free)

    def map(self, shelves: Shelves, asked: Asked) -> Best:
        """Answer as `shelves` would, each process for as many rows as the others."""
        out = _shared_room(len(asked.rows), asked.columns)
        parts = [slice(*ends) for ends in pairwise(shares(len(asked.rows), self.processes))]
        tries = [0] * len(parts)
        try:
            for number, part in enumerate(parts):
                self._start(number, shelves, asked, part, out)
            while self.running:
                if shelves.stop():
                    raise TimeUp
                for number in self._ended():
                    tries[number] += 1
                    if tries[number] == TRIES:
                        raise Lost("A process was lost again and again over the same question.")
                    self._start(number, shelves, asked, parts[number], out)
        finally:
            self.close()
        return out

    def close(self) -> None:
        """End what is running; a process holds nothing that could be lost."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.join()
            process.close()
        self.running.clear()

    def _start(self, number: int, shelves: Shelves, asked: Asked, part: slice, out: Best) -> None:
        self.running[number] = self._context.Process(
            target=_answer, args=(shelves, asked.of(part), Best(*(column[part] for column in out)))
        )
        self.running[number].start()

    def _ended(self) -> list[int]:
        """Wait a moment; the numbers of those that ended without an answer."""
        wait([process.sentinel for process in self.running.values()], GLANCE_SECONDS)
        lost = []
        for number, process in list(self.running.items()):
            if not process.is_alive():
                lost += [number] if process.exitcode else []
                process.close()
                del self.running[number]
        return lost


def _answer(shelves: Shelves, asked: Asked, out: Best) -> None:
    """What a copy does: the time is kept, and Ctrl-C is heard, by the process that it was copied from."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    shelves.stop = never
    for room, column in zip(out, asked.answered_by(shelves), strict=True):
        room[:] = column
    os._exit(0)


def _shared_room(rows: int, columns: int) -> Best:
    def shared(*shape: int) -> Ints:
        size = int(np.prod(shape))
        return np.frombuffer(mmap.mmap(-1, max(4 * size, 1)), np.int32, size).reshape(shape)

    return Best(shared(rows, columns), shared(rows, columns), shared(rows))


def shares(rows: int, partitions: int) -> list[int]:
    """Where the shares of so many rows begin, and where the last one ends."""
    return [rows * part // partitions for part in range(partitions + 1)]


def whole(name: str, count: int) -> int:
    """`count` if it can be a number of partitions, else ValueError."""
    if not 1 <= count <= MOST_PARTITIONS:
        raise ValueError(f"{name} must be a whole number in 1..{MOST_PARTITIONS}, not {count!r}.")
    return count
