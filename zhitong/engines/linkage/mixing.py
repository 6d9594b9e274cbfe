"""Whole numbers of 64 bits that stand for texts and for tuples: the same in every process and on every machine."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_ODD = np.uint64(0x9E3779B97F4A7C15)


def mixed(*columns: npt.NDArray[Any]) -> Words:
    """(rows,) One number for each row of whole-number columns, by the finaliser of splitmix64; never 0."""
    found = np.full(len(columns[0]), _ODD, np.uint64)
    for column in columns:
        found = _stirred(found ^ column.astype(np.int64).view(np.uint64) * _ODD)
    return np.maximum(found, np.uint64(1))


def mixed_rows(table: npt.NDArray[Any]) -> Words:
    """(rows,) One number for each row of a table whose rows are filled up with 0; never 0."""
    found = np.full(len(table), _ODD, np.uint64)
    for place in range(table.shape[1]):
        at = np.flatnonzero(table[:, place])
        found[at] = _stirred(found[at] ^ table[at, place].astype(np.uint64) * _ODD)
    return np.maximum(found, np.uint64(1))


def _stirred(words: Words) -> Words:
    words = (words ^ words >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ words >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return words ^ words >> np.uint64(31)


def of_text(text: str) -> int:
    """The number of one text; 0 for none."""
    if not text:
        return 0
    return max(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little"), 1)
