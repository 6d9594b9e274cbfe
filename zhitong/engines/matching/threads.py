"""Work over rows in pieces, on as many threads as asked for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Done = TypeVar("Done")
SHARES = 8
"""Into so many pieces for each thread work is cut, so that none waits long for the last."""
LEAST = 128
"""Fewer rows than these are not worth a thread."""


def in_pieces(work: Callable[[slice], Done], rows: int, piece: int, threads: int) -> list[Done]:
    """What `work` says of the rows, in pieces of at most `piece`, in their order."""
    if threads > 1:
        piece = min(piece, max(LEAST, -(-rows // (SHARES * threads))))
    parts = [slice(start, min(start + piece, rows)) for start in range(0, rows, piece)]
    if threads == 1 or len(parts) < 2:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, parts))
