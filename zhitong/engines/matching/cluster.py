"""A crew on several machines: Dask (https://www.dask.org) keeps one partition of the workers with each.

A partition holds its own workers and every post. Prices go out to all, the posts found come back. A partition that
is lost is built again, wherever there is room, from its rows, which whoever asks has kept.
"""

from __future__ import annotations

import hashlib
import os
from asyncio import CancelledError
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import count, pairwise
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple, Self

import numpy as np

from zhitong.engines.matching.apart import GLANCE_SECONDS, TRIES, Asked, Lost, shares, whole
from zhitong.engines.matching.arrange import taken
from zhitong.engines.matching.columns import Ints, Words
from zhitong.engines.matching.index import flags_of_bits, posts_in_bits
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.shelf import Best, Shelves
from zhitong.engines.matching.standing import Stop, TimeUp

LOCAL = "local"
"""The address of a cluster of processes on this machine, made for the occasion."""
CONNECT_SECONDS = 10
PATIENCE_SECONDS = 60
"""So long whoever asks waits for a machine that can take a partition."""
GLANCES = 10
"""At every so many-th glance whoever waits makes sure that the machine is still there."""
OURS = (TimeUp, ValueError)
FAULTS = (Exception, CancelledError)
"""Whatever Dask raises when a machine is lost, which are many; but not `OURS`."""
SORTINGS = 1
"""So many ways in which the posts are sorted a partition remembers."""


class Rows(NamedTuple):
    """What a partition is built from."""

    problem: Problem
    """Its own workers, and all posts."""
    params: Params
    first: int
    """Position of its first worker in the whole round."""
    engine: str


class Spread(NamedTuple):
    """What is sent to every partition alike."""

    columns: int
    price: Ints
    open_to: Words
    sorting: str
    """Names the prices `sorted_at`."""
    sorted_at: Ints | None
    """None for a partition that has been told."""


class Part:
    """One partition, wherever it lives."""

    def __init__(self, rows: Rows) -> None:
        """ValueError where the engine is not that of whoever asks."""
        if rows.engine != engine():
            raise ValueError("A machine of the cluster has another version of Zhitong.")
        self.rows, self.shelves = rows, _shelves_of(rows)
        self.sorted: dict[str, Shelves] = {}

    def answer(self, spread: Spread, rows: Ints, least: Ints | None) -> Best:
        """The best posts of its `rows`, by their positions in the whole round; LookupError on prices unheard of."""
        open_to = flags_of_bits(spread.open_to, len(spread.price))
        asked = Asked(rows - self.rows.first, spread.columns, spread.price, open_to, least)
        return asked.answered_by(self._sorted(spread) if spread.sorting else self.shelves)

    def _sorted(self, spread: Spread) -> Shelves:
        if spread.sorting not in self.sorted:
            if spread.sorted_at is None:
                raise LookupError("The prices by which the posts are sorted are not known.")
            while len(self.sorted) >= SORTINGS:
                del self.sorted[next(iter(self.sorted))]
            self.sorted[spread.sorting] = self.shelves.sorted_at(spread.sorted_at)
        return self.sorted[spread.sorting]


class Cluster:
    """A crew on a cluster that Dask runs."""

    def __init__(self, address: str, partitions: int) -> None:
        """`address` is that of Dask's scheduler, or `local` for processes on this machine.

        ValueError where Dask is not installed, `Lost` where there is no cluster.
        """
        self.partitions = whole("partitions", partitions)
        dask = _installed()
        self._own: Any = None
        self._client: Any = None
        self.actors: list[Any] = []
        self._machines: list[str] = []
        self._told: list[list[str]] = []
        self._rows: list[Rows] = []
        self._cuts = [0]
        if address == LOCAL:
            self._own = dask.LocalCluster(
                n_workers=min(partitions, os.cpu_count() or 1), threads_per_worker=1, memory_limit=None,
                dashboard_address="127.0.0.1:0", silence_logs="CRITICAL",
            )  # fmt: skip
        try:
            self._client = dask.Client(self._own or address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError, TypeError) as fault:
            self.close()
            raise Lost(f"The cluster at {address} cannot be reached: {fault}") from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def load(self, shelves: Shelves) -> None:
        """Cut the workers into shares, neighbours in the order of solving; they are sent with the first question."""
        self._cuts = shares(shelves.workers, self.partitions)
        self._rows = [
            Rows(_share(shelves.problem, first, end), shelves.params, first, engine())
            for first, end in pairwise(self._cuts)
        ]
        self.actors, self._machines = [None] * self.partitions, [""] * self.partitions
        self._told = [[] for _ in self._rows]

    def map(self, shelves: Shelves, asked: Asked) -> Best:
        """Answer as `shelves` would, each partition for its own workers."""
        out = Best(*(np.empty(shape, np.int32) for shape in _shapes(asked)))
        owner = np.searchsorted(self._cuts, asked.rows, side="right") - 1
        mine = {part: np.flatnonzero(owner == part) for part in np.unique(owner).tolist()}
        for part in mine:
            if self.actors[part] is None:
                self._place(part, shelves.stop)
        spread = _spread(shelves, asked)
        sent = {part: self._send(part, spread, asked.of(at)) for part, at in mine.items()}
        for part, at in mine.items():
            found = self._answer(part, spread, asked.of(at), sent[part], shelves.stop)
            for room, column in zip(out, found, strict=True):
                room[at] = column
        return out

    def close(self) -> None:
        """Leave the cluster, and end it if it was made here."""
        with ExitStack() as last:
            for own in (self._own, self._client):
                if own is not None:
                    last.callback(own.close)
            self._client = self._own = None
            self.actors = []

    def _send(self, part: int, spread: Spread, asked: Asked) -> Any:
        """Ask without waiting; None if the partition is known to be lost."""
        known = spread.sorting in self._told[part]
        own = spread._replace(sorted_at=None) if known else spread
        try:
            sent = self.actors[part].answer(own, asked.rows, asked.least)
        except FAULTS:  # the partition is lost, and this is known already
            return None
        if not known:
            self._told[part] = [*self._told[part], spread.sorting][-SORTINGS:]
        return sent

    def _answer(self, part: int, spread: Spread, asked: Asked, sent: Any, stop: Stop) -> Best:
        fault: BaseException | None = None
        for _ in range(TRIES):
            try:
                if sent is not None:
                    return Best(*self._waited(sent, self._machines[part], stop))
            except OURS:
                raise
            except FAULTS as met:
                fault = met
            self._place(part, stop)
            sent = self._send(part, spread, asked)
        raise Lost("A machine of the cluster was lost again and again over the same question.") from fault

    def _place(self, part: int, stop: Stop) -> None:
        """Build the partition on a machine that lives, the next in turn."""
        self.actors[part], self._told[part] = None, []
        fault: BaseException | None = None
        for turn in range(int(PATIENCE_SECONDS / GLANCE_SECONDS)):
            try:
                machines = sorted(self._client.nthreads())
                if machines:
                    self._machines[part] = machines[(part + turn) % len(machines)]
                    self.actors[part] = self._built(part, self._machines[part], stop)
                    return
            except OURS:
                raise
            except FAULTS as met:
                fault = met
            if stop():
                raise TimeUp
            Event().wait(GLANCE_SECONDS)
        raise Lost(f"No machine of the cluster takes a partition: {fault or 'there is none'}.") from fault

    def _built(self, part: int, machine: str, stop: Stop) -> Any:
        """The partition as it lives on a machine; one of `FAULTS` when that is lost meanwhile."""
        there = {"workers": [machine], "hash": False, "timeout": CONNECT_SECONDS}
        rows = self._client.scatter(self._rows[part], **there)
        own = {"workers": [machine], "allow_other_workers": False, "pure": False}
        return self._waited(self._client.submit(Part, rows, actor=True, **own), machine, stop)

    def _waited(self, future: Any, machine: str, stop: Stop) -> Any:
        """The result of one of Dask's futures; `TimeUp`, or one of `FAULTS` when the machine is lost."""
        for glance in count(1):
            try:
                return future.result(timeout=GLANCE_SECONDS)
            except TimeoutError:
                if future.done():
                    raise
            if stop():
                raise TimeUp
            if glance % GLANCES == 0 and machine not in self._client.nthreads():
                raise Lost("A machine of the cluster is gone.")


def _shapes(asked: Asked) -> list[tuple[int, ...]]:
    rows = len(asked.rows)
    return [(rows, asked.columns), (rows, asked.columns), (rows,)]


def _spread(shelves: Shelves, asked: Asked) -> Spread:
    open_to = np.ones(shelves.posts, np.bool_) if asked.open_to is None else asked.open_to
    by = asked.sorted_at
    sorting = "" if by is None else hashlib.blake2b(by.tobytes(), digest_size=16).hexdigest()
    return Spread(asked.columns, asked.price, posts_in_bits(open_to), sorting, by)


def _share(problem: Problem, first: int, end: int) -> Problem:
    """The problem with some of its workers only, who all go alone: groups are placed by whoever asks."""
    workers = taken(problem.workers, np.arange(first, end))
    alone = np.full(end - first, -1, np.int32)
    return replace(problem, workers=replace(workers, group=alone), group_rule=problem.group_rule[:0])


def _shelves_of(rows: Rows) -> Shelves:
    """Shelves of the partition's workers, between whose equal bargains their positions in the whole round decide."""
    positions = np.arange(rows.first, rows.first + len(rows.problem.workers), dtype=np.int32)
    return Shelves(rows.problem, rows.params, numbers=positions)


@cache
def engine() -> str:
    """Thirty-two hexadecimal characters that change with any line of the engine."""
    mixed = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        mixed.update(path.name.encode() + path.read_bytes())
    return mixed.hexdigest()


def _installed() -> Any:
    """Dask, which few installations need: it is loaded here and nowhere else."""
    try:
        return import_module("distributed")
    except ImportError as fault:
        raise ValueError("Dask is not installed: pip install 'zhitong[cluster]'.") from fault
