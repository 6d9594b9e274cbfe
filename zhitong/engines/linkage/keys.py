"""Keys: two rows that share one are worth comparing, and no others are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.identity import Writing
from zhitong.engines.linkage.mixing import Ints, Words, mixed
from zhitong.engines.linkage.rows import Rows


class Key(IntEnum):
    """The kinds of key; the number is mixed into each value."""

    NUMBER = 0
    """The whole identity number."""
    SEVENTEEN = 1
    """Its first 17 characters."""
    TELEPHONE = 2
    SOUND_BIRTH = 3
    SOUND_VILLAGE = 4
    SOUND_TOWNSHIP = 5
    BIRTH_VILLAGE = 6
    SOUND_LAST_SIX = 7
    """Reading of the name and the last six characters of the identity number."""
    SURNAME_FOURTEEN = 8
    """Surname and the first 14 characters of the identity number."""
    SOUND_YEAR = 9
    SOUND = 10


LARGEST = {
    Key.NUMBER: 60, Key.SEVENTEEN: 60, Key.TELEPHONE: 60, Key.SOUND_BIRTH: 60, Key.SOUND_VILLAGE: 60,
    Key.SOUND_TOWNSHIP: 60, Key.BIRTH_VILLAGE: 40, Key.SOUND_LAST_SIX: 60, Key.SURNAME_FOURTEEN: 60,
    Key.SOUND_YEAR: 30, Key.SOUND: 12,
}  # fmt: skip
"""Of a key that more rows share nothing is compared: other keys hold such rows apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """(keys,) For each key the row that has it, its `Key` and its value.

    Values are the same in every process. A database that must not hold them in clear keeps a keyed hash of
    (kind, value) instead: only equality is ever asked.
    """

    row: Ints
    kind: Ints
    value: Words


def keys_of(rows: Rows, kinds: tuple[Key, ...] = tuple(Key)) -> Keys:
    """All keys of the given kinds of each row; at most two of a kind (birth in the number, birth stated)."""
    found = [(kind, *part) for kind in kinds for part in parts_of(rows, kind)]
    return Keys(
        row=np.concatenate([row for _, row, _ in found] or [np.zeros(0, np.int64)]),
        kind=np.concatenate(
            [np.full(len(row), kind, np.int8) for kind, row, _ in found] or [np.zeros(0, np.int8)]
        ),
        value=np.concatenate([value for _, _, value in found] or [np.zeros(0, np.uint64)]),
    )


def parts_of(rows: Rows, kind: Key) -> Iterator[tuple[Ints, Words]]:
    """Rows and key values of one kind."""
    for columns in _columns(rows, kind):
        known = np.flatnonzero(np.logical_and.reduce([column != 0 for column in columns]))
        salt = np.full(len(known), kind)
        yield known, mixed(salt, *(_whole(column[known]) for column in columns))


def _whole(column: npt.NDArray[Any]) -> Ints:
    return column.view(np.int64) if column.dtype == np.uint64 else column


def _columns(rows: Rows, kind: Key) -> Iterator[tuple[npt.NDArray[Any], ...]]:
    if kind in (Key.NUMBER, Key.SEVENTEEN, Key.SOUND_LAST_SIX, Key.SURNAME_FOURTEEN):
        yield from _number_columns(rows, kind)
    elif kind == Key.TELEPHONE:
        yield (rows.telephone,)
    elif kind in (Key.SOUND_VILLAGE, Key.SOUND_TOWNSHIP, Key.SOUND):
        place = {Key.SOUND_VILLAGE: (rows.village,), Key.SOUND_TOWNSHIP: (rows.township,)}.get(kind, ())
        yield rows.name_hash("sound"), *place
    else:
        for birth in births_of(rows):
            yield from _birth_columns(rows, kind, birth)


def _number_columns(rows: Rows, kind: Key) -> Iterator[tuple[npt.NDArray[Any], ...]]:
    written = rows.id_writing
    whole = np.isin(written, (Writing.CHECKED, Writing.FIFTEEN, Writing.WRONG))
    if kind == Key.NUMBER:
        yield (np.where(whole, rows.id_part(0, 18), np.uint64(0)),)
    elif kind == Key.SEVENTEEN:
        yield (np.where(whole, rows.id_part(0, 17), np.uint64(0)),)
    elif kind == Key.SOUND_LAST_SIX:
        yield np.where(whole, rows.id_part(12, 18), np.uint64(0)), rows.name_hash("sound")
    else:
        longer = whole | (written == Writing.ROUNDED) | (written == Writing.PIECE)
        yield np.where(longer, rows.id_part(0, 14), np.uint64(0)), rows.name_hash("surname")


def _birth_columns(rows: Rows, kind: Key, birth: Ints) -> Iterator[tuple[npt.NDArray[Any], ...]]:
    if kind == Key.SOUND_BIRTH:
        yield birth, rows.name_hash("sound")
    elif kind == Key.BIRTH_VILLAGE:
        yield birth, rows.village
    else:
        yield birth // 10_000, rows.name_hash("sound")


def births_of(rows: Rows) -> tuple[Ints, Ints]:
    """Two columns: the birth in the number, and the stated one where it is another."""
    stated = np.where(rows.born_on != rows.id_born_on, rows.born_on, 0)
    return rows.id_born_on, stated


def block_pairs(rows: Ints, values: Words, largest: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of entries that share a value, in pieces; values of more than `largest` entries are left out."""
    order = np.argsort(values)
    ordered, owner = values[order], rows[order]
    starts = (
        np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        if len(ordered)
        else np.zeros(0, np.int64)
    )
    sizes = np.diff(np.append(starts, len(ordered)))
    kept = (sizes > 1) & (sizes <= largest)
    place = _spread(starts[kept], sizes[kept])
    end = np.repeat(starts[kept] + sizes[kept], sizes[kept])
    for step in range(1, int(sizes[kept].max(initial=1))):
        inside = place + step < end
        place, end = place[inside], end[inside]
        one, other = owner[place], owner[place + step]
        yield np.minimum(one, other), np.maximum(one, other)


def _spread(starts: Ints, sizes: Ints) -> Ints:
    """The positions of all members of groups that begin at `starts`."""
    total = int(sizes.sum())
    before = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.asarray(np.repeat(starts, sizes) + np.arange(total) - before, np.int64)


def candidate_pairs(
    rows: Rows, kinds: tuple[Key, ...], dropped: Any = None, first: int | None = None
) -> tuple[Ints, Ints]:
    """All pairs (lower row, higher row) that share a key of the given kinds, each once, in order.

    `dropped(one, other)` flags pairs that are not worth keeping. With `first` only pairs that hold one of the
    first so many rows are found.
    """
    count, found = len(rows), [np.zeros(0, np.int64)]
    for kind in kinds:
        owners, values = zip(*parts_of(rows, kind), strict=True)
        for one, other in block_pairs(np.concatenate(owners), np.concatenate(values), LARGEST[kind]):
            keep = one != other
            if first is not None:
                keep &= one < first
            if dropped is not None:
                keep &= ~dropped(one, other)
            found.append(one[keep] * count + other[keep])
    packed = np.unique(np.concatenate(found))
    return packed // max(count, 1), packed % max(count, 1)
