"""Which rows are the same person: the question."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.mixing import Ints
from zhitong.engines.linkage.rows import Rows

Pairs = npt.NDArray[np.int64]


def no_pairs() -> Pairs:
    """An empty list of pairs."""
    return np.zeros((0, 2), np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Rows, and what people have decided about pairs of them; ValueError when that makes no sense."""

    rows: Rows
    fixed: Ints = field(default_factory=no_pairs)
    """(pairs, 2) Positions of rows that somebody has confirmed as the same person."""
    rejected: Ints = field(default_factory=no_pairs)
    """(pairs, 2) Positions of rows that somebody has said are not the same person."""

    def __post_init__(self) -> None:
        for name in ("fixed", "rejected"):
            object.__setattr__(self, name, _settled(name, getattr(self, name), len(self.rows)))
        both = np.intersect1d(_packed(self.fixed), _packed(self.rejected))
        if len(both):
            one, other = divmod(int(both[0]), 1 << 32)
            raise ValueError(f"Rows {one} and {other} are both confirmed and rejected.")

    def digest(self) -> str:
        """Thirty-two hexadecimal characters that change with any value."""
        found = hashlib.blake2b(digest_size=16)
        arrays = [
            getattr(self.rows, entry.name) for entry in fields(Rows) if not entry.name.startswith("name")
        ]
        for values in (self.rows.name_hash("same"), *arrays, self.fixed, self.rejected):
            found.update(f"{values.dtype.str} {values.shape};".encode())
            found.update(np.ascontiguousarray(values).data)
        return found.hexdigest()


def _settled(name: str, given: Any, rows: int) -> Pairs:
    values = np.asarray(given)
    if values.size == 0:
        return no_pairs()
    if values.ndim != 2 or values.shape[1] != 2 or values.dtype.kind not in "iu":
        raise ValueError(f"{name} must be pairs of positions.")
    if values.min() < 0 or values.max() >= rows:
        raise ValueError(f"{name} names a row that is not among the {rows} rows.")
    if (values[:, 0] == values[:, 1]).any():
        raise ValueError(f"{name} holds a pair of a row with itself.")
    settled = np.sort(values.astype(np.int64), axis=1)
    settled.setflags(write=False)
    return settled


def _packed(pairs: Ints) -> Pairs:
    return np.asarray(pairs[:, 0] << 32 | pairs[:, 1], np.int64)
