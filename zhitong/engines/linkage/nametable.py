"""Many names as arrays: folded characters, their sounds, and what two names have in common."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.mixing import Flags, Ints, Words, mixed, mixed_rows
from zhitong.engines.linkage.names import DOUBLE_SURNAMES, SURNAMES, folded, syllable, variants

LONGEST = 16
"""Characters of a name that are compared one by one; what lies beyond counts as one more."""
_HAN_END = 0x40000

Characters = npt.NDArray[np.uint32]


class Likeness(IntEnum):
    """How two names compare."""

    UNKNOWN = 0
    SAME = 1
    """The folded names are equal."""
    SOUND = 2
    """Other characters, read alike."""
    ONE = 3
    """Of three characters or more one differs."""
    LOST = 4
    """One character more, or the beginning of a name that is much longer."""
    SURNAME = 5
    OTHER = 6


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """(names,) Names that stand in rows by position. Nothing here gives back the name as it was written."""

    characters: Characters
    """(names, LONGEST) Folded code points, filled up with 0."""
    length: Ints
    same: Words
    """Equal for names whose folded forms are equal."""
    sound: Words
    """Equal for names that are read alike."""
    surname: Words

    @classmethod
    def of(cls, texts: list[str]) -> Names:
        """Fold many names; an empty one stays empty."""
        characters = _folded_all(texts)
        sounds = _sounds_of(characters)
        length = (characters != 0).sum(axis=1).astype(np.int8)
        double = _begins_double(characters, length)
        second = np.where(double, characters[:, 1], 0)
        return cls(
            characters=characters,
            length=length,
            same=mixed_rows(characters),
            sound=mixed_rows(sounds),
            surname=mixed(characters[:, 0], second),
        )

    def __len__(self) -> int:
        return len(self.length)

    def taken(self, positions: Ints) -> Names:
        """The names at these positions."""
        return Names(*(getattr(self, field.name)[positions] for field in fields(self)))

    def joined(self, other: Names) -> Names:
        """These names and behind them the others."""
        pairs = ((getattr(self, field.name), getattr(other, field.name)) for field in fields(self))
        return Names(*(np.concatenate(pair) for pair in pairs))


def _folded_all(texts: list[str]) -> Characters:
    wide = np.array(texts or [""], f"U{LONGEST + 1}").view(np.uint32).reshape(-1, LONGEST + 1)[: len(texts)]
    han = (wide >= 0x4E00) & (wide <= 0x9FFF) | (wide >= 0x3400) & (wide <= 0x4DBF)
    han |= (wide >= 0x20000) & (wide < _HAN_END) & ~((wide >= 0x2F800) & (wide < 0x2FA20)) | (wide == 0)
    odd = np.flatnonzero(~han.all(axis=1) | (wide[:, LONGEST] != 0))
    characters = _fold_table()[np.minimum(wide[:, :LONGEST], _HAN_END - 1)]
    for row in odd.tolist():
        characters[row] = _row_of(folded(texts[row]))
    return characters


def _row_of(name: str) -> Characters:
    row = np.zeros(LONGEST, np.uint32)
    row[: min(len(name), LONGEST)] = [ord(one) for one in name[:LONGEST]]
    if len(name) > LONGEST:
        row[-1] = 0x80000000 | zlib.crc32(name[LONGEST - 1 :].encode())
    return row


@cache
def _fold_table() -> Characters:
    table = np.arange(_HAN_END, dtype=np.uint32)
    for source, target in variants().items():
        if source < _HAN_END:
            table[source] = ord(target)
    return table


def _sounds_of(characters: Characters) -> Characters:
    table = np.zeros(_HAN_END, np.uint32)
    seen = np.bincount(np.minimum(characters, _HAN_END - 1).ravel(), minlength=_HAN_END)[:-1]
    points = np.flatnonzero(seen)
    table[points] = [_sound(point) for point in points.tolist()]
    sounds = table[np.minimum(characters, _HAN_END - 1)]
    beyond = characters >= _HAN_END - 1
    sounds[beyond] = characters[beyond]
    heads = {ord(head): zlib.crc32(reading.encode()) for head, reading in SURNAMES.items()}
    for head, reading in heads.items():
        sounds[characters[:, 0] == head, 0] = reading
    return np.asarray(sounds, np.uint32)


def _sound(point: int) -> int:
    return zlib.crc32(syllable(chr(point)).encode()) if point else 0


def _begins_double(characters: Characters, length: Ints) -> Flags:
    known = [ord(both[0]) << 32 | ord(both[1]) for both in DOUBLE_SURNAMES]
    heads = characters[:, 0].astype(np.int64) << 32 | characters[:, 1].astype(np.int64)
    return np.asarray(np.isin(heads, known) & (length >= 3), np.bool_)


def likeness(names: Names, first: Ints, second: Ints) -> Ints:
    """(pairs,) The `Likeness` of names by position; -1 is no name."""
    out = np.zeros(len(first), np.int8)
    known = np.flatnonzero((first >= 0) & (second >= 0))
    one, other = first[known], second[known]
    cases = [
        names.same[one] == names.same[other],
        names.sound[one] == names.sound[other],
        names.surname[one] == names.surname[other],
    ]
    out[known] = np.select(cases, [Likeness.SAME, Likeness.SOUND, Likeness.SURNAME], Likeness.OTHER)
    rest = known[out[known] >= Likeness.SURNAME]
    out[rest] = np.where(_one_differs(names, first[rest], second[rest]), int(Likeness.ONE), out[rest])
    rest = rest[out[rest] != Likeness.ONE]
    out[rest] = np.where(_one_is_lost(names, first[rest], second[rest]), int(Likeness.LOST), out[rest])
    return out


def _one_differs(names: Names, first: Ints, second: Ints) -> Flags:
    different = (names.characters[first] != names.characters[second]).sum(axis=1)
    length = names.length[first]
    return np.asarray((length == names.length[second]) & (length >= 3) & (different == 1), np.bool_)


def _one_is_lost(names: Names, first: Ints, second: Ints) -> Flags:
    swap = names.length[first] > names.length[second]
    short, long = np.where(swap, second, first), np.where(swap, first, second)
    size, more = names.length[short].astype(np.int64), names.length[long].astype(np.int64)
    one, other = names.characters[short], names.characters[long]
    head = np.cumprod(one == other, axis=1).sum(axis=1)
    head = np.minimum(head, size)
    back = np.arange(LONGEST)
    ends = np.take_along_axis(one, np.maximum(size[:, None] - 1 - back, 0), axis=1)
    others = np.take_along_axis(other, np.maximum(more[:, None] - 1 - back, 0), axis=1)
    tail = np.minimum(np.cumprod(ends == others, axis=1).sum(axis=1), size)
    lost = (more == size + 1) & (size >= 2) & (head + tail >= size)
    return np.asarray(lost | (more > size + 1) & (size >= 3) & (head == size), np.bool_)
