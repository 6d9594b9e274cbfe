"""Making rows in a second process while those made before are stored in this one."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Chunk = TypeVar("Chunk")


class Apart:
    """Rows that are made of what is in memory alone: whoever makes them asks no database and changes nothing.

    Another process may therefore make them, of which only the rows come back. An iterable of tuples otherwise.
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.rows = rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)


def can_go_ahead() -> bool:
    """Tell whether a second process can help: a processor is there for it, and no thread of ours is in the way."""
    return (os.cpu_count() or 1) > 1 and threading.active_count() == 1 and hasattr(os, "fork")


def made_ahead(chunks: Iterator[Chunk]) -> Generator[Chunk]:
    """Yield the chunks in their order while a copy of this process makes the next.

    Raises what was raised there, and ``EOFError`` when that process was ended from outside.
    """
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    maker = fork.Process(target=_make, args=(chunks, ours, theirs), daemon=True)
    maker.start()
    theirs.close()
    try:
        while (found := ours.recv()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found
    finally:
        ours.close()
        maker.join()


def _make(chunks: Iterator[Any], ours: Connection, theirs: Connection) -> None:
    """Send every chunk, then nothing or what went wrong; stop when nobody listens any more."""
    ours.close()
    try:
        _send(chunks, theirs)
    finally:
        # Nothing of the process that was copied is to be wound up twice: not its connections, not its buffers.
        os._exit(0)


def _send(chunks: Iterator[Any], theirs: Connection) -> None:
    try:
        for chunk in chunks:
            theirs.send(chunk)
    except Exception as error:
        theirs.send(error)
    else:
        theirs.send(None)
