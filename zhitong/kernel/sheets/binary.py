"""Formulas and links in the binary kinds of workbook, found in their records without reading a cell.

xls: a compound file (MS-CFB) whose stream ``Workbook`` is a chain of records, type and length in two bytes each
(MS-XLS 2.1.4). xlsb: a package whose sheets are chains of records with type and length in groups of seven bits
(MS-XLSB 2.1.4). What cannot be followed is left to the reader, which says that it cannot be read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

SECTOR, FREE = 512, 0xFFFFFFFA
"""Numbers from ``FREE`` on end a chain or name no sector."""
SMALL, SMALL_SECTOR = 4096, 64
"""A stream shorter than this stands in a stream of its own kind, in sectors of this size."""
DIRECTORY_ENTRY = 128
FORMULA, SHARED, ARRAY, TABLE = 0x0006, 0x04BC, 0x0221, 0x0236
LOCKED, SUPPORTING = 0x002F, 0x01AE
SELF_OR_ADDIN = (b"\x01\x04", b"\x01\x3a")
CELL_FORMULAS = frozenset((8, 9, 10, 11))
"""BrtFmlaString, BrtFmlaNum, BrtFmlaBool, BrtFmlaError."""
LONGEST_HEAD = 6
"""Bytes of type and size together; a formula's record is longer, so that none begins in what is left at the end."""


def xls_signs(data: bytes) -> frozenset[str]:
    """Return what an xls holds of ``formulas``, ``links`` to other files, and a ``lock`` by a password."""
    stream = _stream(data, ("Workbook", "Book"))
    found: set[str] = set()
    for kind, body in _records(stream):
        if kind == LOCKED:
            return frozenset(("lock",))
        if kind in (FORMULA, SHARED, ARRAY, TABLE):
            found.add("formulas")
        elif kind == SUPPORTING and len(body) >= 4 and body[2:4] not in SELF_OR_ADDIN:
            found.add("links")
    return frozenset(found)


class SheetRecords:
    """Follows the records of one sheet part of an xlsb, piece by piece, and holds no more than the head of one."""

    def __init__(self) -> None:
        self._rest, self._skip = b"", 0

    def has_formula(self, piece: bytes) -> bool:
        """Take the next piece; tell whether a cell whose record begins in it is computed."""
        data = self._rest + piece
        at = self._skip
        while at + LONGEST_HEAD <= len(data):
            kind, at = _kind(data, at)
            size, at = _size(data, at)
            if kind in CELL_FORMULAS:
                return True
            at += size
        self._rest, self._skip = data[min(at, len(data)) :], max(at - len(data), 0)
        return False


def _kind(data: bytes, at: int) -> tuple[int, int]:
    """Return the type of the record that begins at a place, and where its size stands."""
    if data[at] & 0x80:
        return data[at] & 0x7F | (data[at + 1] & 0x7F) << 7, at + 2
    return data[at], at + 1


def _size(data: bytes, at: int) -> tuple[int, int]:
    size = 0
    for place in range(4):
        size |= (data[at + place] & 0x7F) << 7 * place
        if not data[at + place] & 0x80:
            return size, at + place + 1
    return size, at + 4


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == 0 and size == 0:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """Return the stream of a compound file that bears one of the names; nothing where the file is broken."""
    if len(data) < SECTOR:
        return b""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    body, table = data[size:], _table(data, size)
    directory = _chain(body, size, table, struct.unpack_from("<I", data, 48)[0])
    entries = [
        directory[at : at + DIRECTORY_ENTRY]
        for at in range(0, len(directory) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY)
    ]
    for entry in entries:
        first, count = struct.unpack_from("<II", entry, 116)
        if _name_of(entry) in names and count >= SMALL:
            return _chain(body, size, table, first)[:count]
        if _name_of(entry) in names:
            small = _chain(body, size, table, struct.unpack_from("<I", entries[0], 116)[0])
            following = _numbers(_chain(body, size, table, struct.unpack_from("<I", data, 60)[0]))
            return _chain(small, SMALL_SECTOR, following, first)[:count]
    return b""


def _name_of(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Return the allocation table: for each sector the one that follows it."""
    body, sectors = data[size:], list(struct.unpack_from("<109I", data, 76))
    more, left = struct.unpack_from("<II", data, 68)
    while left and more < FREE and len(sectors) < len(data) // size + 109:
        numbers = _numbers(_sector(body, size, more))
        sectors += numbers[:-1]
        more, left = (numbers[-1] if numbers else FREE), left - 1
    return tuple(number for one in sectors if one < FREE for number in _numbers(_sector(body, size, one)))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sector(body: bytes, size: int, number: int) -> bytes:
    return body[number * size : (number + 1) * size]


def _chain(body: bytes, size: int, table: tuple[int, ...], first: int) -> bytes:
    """Return the sectors of a chain in order; one that runs in a ring is cut where it has passed all."""
    found: list[bytes] = []
    at = first
    while at < len(table) and len(found) <= len(table):
        found.append(_sector(body, size, at))
        at = table[at]
    return b"".join(found)
