"""What two rows have in common, comparison by comparison, as levels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from zhitong.engines.linkage import days
from zhitong.engines.linkage.days import Birth
from zhitong.engines.linkage.identity import WIDTH, Writing
from zhitong.engines.linkage.mixing import Flags, Ints
from zhitong.engines.linkage.nametable import Likeness, likeness
from zhitong.engines.linkage.rows import Rows


class Number(IntEnum):
    """How two identity numbers compare."""

    UNKNOWN = 0
    """One is missing or too short to say anything."""
    SAME = 1
    DOUBTED = 2
    """The same, but it contradicts one of the rows, or rows of other names have it too."""
    CLASH = 3
    """Both are whole, and they differ."""
    NEAR = 4
    """One is not checked; one character differs or two neighbours are exchanged, none of the last four."""
    NEAR_END = 5
    """As near, but in the last four, where twins differ."""
    CUT = 6
    """One has lost its end in rounding or copying; as far as it goes they are the same."""
    UNLIKE = 7
    """One is not checked; they differ in more."""


class Telephone(IntEnum):
    """How two telephone numbers compare."""

    UNKNOWN = 0
    SAME = 1
    SLIP = 2
    """One digit differs, or two neighbours are exchanged."""
    OTHER = 3


class Sex(IntEnum):
    """How two stated sexes compare."""

    UNKNOWN = 0
    SAME = 1
    OTHER = 2


class Place(IntEnum):
    """How two villages compare."""

    UNKNOWN = 0
    SAME = 1
    TOWNSHIP = 2
    OTHER = 3


LEVELS = {
    "name": Likeness,
    "number": Number,
    "birth": Birth,
    "telephone": Telephone,
    "sex": Sex,
    "place": Place,
}
"""The comparisons in the order in which they are stored."""
SETTLED = (Number.SAME, Number.DOUBTED, Number.NEAR)
"""Identity numbers that leave births and sexes nothing to add: both stand in the number."""


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """(pairs,) One level of each comparison for each pair."""

    name: Ints
    number: Ints
    birth: Ints
    telephone: Ints
    sex: Ints
    place: Ints

    def taken(self, where: Ints | Flags) -> Levels:
        """The levels of some pairs."""
        return Levels(*(getattr(self, name)[where] for name in LEVELS))


def levels_of(rows: Rows, one: Ints, other: Ints, doubted: Flags) -> Levels:
    """Compare pairs of rows by position; `doubted` flags rows whose identity number is not believed.

    The answer is the same with `one` and `other` exchanged.
    """
    number = numbers_compared(rows, one, other, doubted)
    settled = np.isin(number, SETTLED)
    birth = days.compared(_births(rows, one, doubted), _births(rows, other, doubted))
    sexes = _known(rows.sex[one], rows.sex[other], rows.sex[one] == rows.sex[other], Sex.OTHER)
    return Levels(
        name=likeness(rows.names, rows.name[one], rows.name[other]),
        number=number,
        birth=np.where(settled, int(Birth.UNKNOWN), birth).astype(np.int8),
        telephone=telephones_compared(rows.telephone[one], rows.telephone[other]),
        sex=np.where(settled, int(Sex.UNKNOWN), sexes).astype(np.int8),
        place=_places(rows, one, other),
    )


def _births(rows: Rows, at: Ints, doubted: Flags) -> tuple[Ints, Ints]:
    """The birth that the number tells, where it is believed, and the stated one."""
    whole = rows.whole[at]
    stated = rows.born_on[at]
    told = np.where(~doubted[at] & (whole | (stated == 0)), rows.id_born_on[at], 0)
    return told, stated


def _known(one: Ints, other: Ints, same: Flags, unlike: int) -> Ints:
    known = (one != 0) & (other != 0)
    return np.where(known, np.where(same, 1, unlike), 0).astype(np.int8)


def _places(rows: Rows, one: Ints, other: Ints) -> Ints:
    a, b = rows.village[one], rows.village[other]
    level = _known(a, b, a == b, Place.OTHER)
    town = rows.township[one]
    near = (level == Place.OTHER) & (town != 0) & (town == rows.township[other])
    return np.where(near, int(Place.TOWNSHIP), level).astype(np.int8)


def telephones_compared(one: Ints, other: Ints) -> Ints:
    """(pairs,) A `Telephone` level."""
    level = _known(one, other, one == other, Telephone.OTHER)
    digits = np.zeros(len(one), np.int8)
    place_sum = np.zeros(len(one), np.int64)
    first = np.full(len(one), -1, np.int64)
    last = np.full(len(one), -1, np.int64)
    for place in range(12):
        gap = one // 10**place % 10 - other // 10**place % 10
        differs = gap != 0
        digits += differs
        place_sum += gap
        first = np.where(differs & (first < 0), place, first)
        last = np.where(differs, place, last)
    swapped = (digits == 2) & (last - first == 1) & (place_sum == 0)
    slip = (level == Telephone.OTHER) & ((digits == 1) | swapped)
    return np.where(slip, int(Telephone.SLIP), level).astype(np.int8)


def numbers_compared(rows: Rows, one: Ints, other: Ints, doubted: Flags) -> Ints:
    """(pairs,) A `Number` level."""
    a, b = rows.id_writing[one], rows.id_writing[other]
    same = rows.id_text[one] == rows.id_text[other]
    whole = rows.whole[one] & rows.whole[other]
    level = np.where(same, int(Number.SAME), int(Number.CLASH))
    level = np.where(same & (doubted[one] | doubted[other]), int(Number.DOUBTED), level)
    rest = np.flatnonzero(~whole)
    level[rest] = unchecked(rows, one[rest], other[rest])
    level[(a == Writing.ABSENT) | (b == Writing.ABSENT)] = Number.UNKNOWN
    return level.astype(np.int8)


def unchecked(rows: Rows, one: Ints, other: Ints) -> Ints:
    """(pairs,) NEAR, NEAR_END, CUT, UNLIKE or UNKNOWN, as if one of the numbers were not checked."""
    first, second = _characters(rows, one), _characters(rows, other)
    differs = first != second
    head, tail = differs[:, :14].sum(axis=1), differs[:, 14:].sum(axis=1)
    level = np.full(len(one), Number.UNLIKE, np.int8)
    slip = (head + tail <= 1) | (head + tail == 2) & _exchanged(first, second)
    level[slip & (head == 0)] = Number.NEAR_END
    level[slip & (tail == 0)] = Number.NEAR
    rounded = (rows.id_writing[one] == Writing.ROUNDED) | (rows.id_writing[other] == Writing.ROUNDED)
    kept = (head == 0) & ~differs[:, 14]
    level[rounded] = np.where(kept, int(Number.CUT), int(Number.UNLIKE))[rounded]
    pieces = np.flatnonzero(
        (rows.id_writing[one] == Writing.PIECE) | (rows.id_writing[other] == Writing.PIECE)
    )
    for at in pieces.tolist():
        level[at] = _piece_level(rows.id_text[one[at]].decode(), rows.id_text[other[at]].decode())
    short = (_length(first) < 14) | (_length(second) < 14)
    level[short & (level == Number.UNLIKE)] = Number.UNKNOWN
    return level


def _exchanged(first: Ints, second: Ints) -> Flags:
    """(pairs,) Whether somewhere two neighbouring characters are exchanged."""
    crossed = (first[:, :-1] == second[:, 1:]) & (first[:, 1:] == second[:, :-1])
    return np.asarray((crossed & (first[:, :-1] != first[:, 1:])).any(axis=1), np.bool_)


def _characters(rows: Rows, at: Ints) -> Ints:
    return rows.id_text.view(np.uint8).reshape(-1, WIDTH)[at]


def _length(characters: Ints) -> Ints:
    return np.asarray((characters != 0).sum(axis=1), np.int64)


def _piece_level(one: str, other: str) -> Number:
    """Compare a number of another length: one character more or less, the last four the same or not."""
    short, long = sorted((one, other), key=lambda text: (len(text), text))
    if len(short) < 14:
        return Number.UNKNOWN
    if len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
        return Number.NEAR if short[-4:] == long[-4:] else Number.NEAR_END
    return Number.CUT if short[:15] == long[:15] else Number.UNLIKE
