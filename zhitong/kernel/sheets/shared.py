"""Strings that a workbook keeps once and names in many cells: opened, each cell holds a copy of its own.

A small file whose every cell names one long string would take gigabytes, so what they take together is known before
it is opened.
"""

from __future__ import annotations

import re
import zipfile

STRINGS = "xl/sharedStrings.xml"
SHEETS = "xl/worksheets/"
MOST_COPIED = 256 * 1024 * 1024
PIECE = 1024 * 1024
NAMED = b't="s"'
NAMES = re.compile(rb't="s"[^<>]*><v>(\d{1,8})</v>')


class Unusual(Exception):
    """Cells name their strings in a way that no office program writes."""


def copied(packed: zipfile.ZipFile, cells: int) -> int:
    """Return the bytes that the copies take, at most; raises ``Unusual`` where that cannot be told.

    The parts were found to be small enough to unpack. So many cells name a string; they are looked at one by one
    only where the longest string in each of them would be too much.
    """
    sizes = _sizes(packed)
    bound = max(sizes, default=0) * cells
    sheets = [one for one in packed.namelist() if one.startswith(SHEETS)]
    return bound if bound <= MOST_COPIED else sum(_copied(packed, one, sizes) for one in sheets)


def _sizes(packed: zipfile.ZipFile) -> list[int]:
    """Return the size of each string; what stands before the first is none."""
    if STRINGS not in packed.namelist():
        return []
    found, rest = [0], b""
    with packed.open(STRINGS) as part:
        while piece := part.read(PIECE):
            first, *more = (rest + piece).split(b"<si>")
            found[-1] += len(first)
            found += map(len, more)
            rest = b"".join([(more or [first])[-1][-3:]])
            found[-1] -= len(rest)
    found[-1] += len(rest)
    return found[1:]


def _copied(packed: zipfile.ZipFile, name: str, sizes: list[int]) -> int:
    """Return what the copies of one sheet take; raises ``Unusual``."""
    total, rest = 0, b""
    with packed.open(name) as part:
        while piece := part.read(PIECE):
            text = rest + piece
            end = text.rfind(b"<c ") if len(piece) == PIECE else len(text)
            text, rest = (text[:end], text[end:]) if end > 0 else (text, b"")
            named = [int(one) for one in NAMES.findall(text)]
            if len(named) != text.count(NAMED) or max(named, default=-1) >= len(sizes):
                raise Unusual
            total += sum(sizes[one] for one in named)
    return total
