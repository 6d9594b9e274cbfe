"""Rows as the text that PostgreSQL's ``COPY … FROM STDIN`` reads, made a whole column at a time.

Format: PostgreSQL documentation, *COPY*, text format: a line for each row, tabs between values, ``\\N`` for nothing,
a backslash before what would mean something else. A column is turned at once, where the driver looks at each value of
each row, and a second process can make the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator, Iterable, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any

from .remembered import Remembered

Lines = tuple[int, bytes]
"""How many rows, and their text."""
NOTHING = "\\N"
ESCAPED = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
"""In this order: a backslash that escapes is not escaped."""


def as_lines(chunks: Iterable[Sequence[Iterable[Any]]]) -> Generator[Lines]:
    """Yield each chunk, given as columns, as lines in UTF-8.

    Raises ``ValueError`` where columns differ in length or text holds the character 0, which PostgreSQL does not
    store, and ``TypeError`` for a kind of value that no column takes.
    """
    for columns in chunks:
        lines = list(map("\t".join, zip(*map(_texts, columns), strict=True)))
        yield len(lines), "\n".join([*lines, ""]).encode()


def _texts(column: Iterable[Any]) -> list[str]:
    values = list(column)
    kinds = set(map(type, values))
    if len(kinds) == 1 and values.count(values[0]) == len(values):
        return _turned(values[:1], kinds) * len(values)
    if NoneType not in kinds:
        return _turned(values, kinds)
    there = iter(_turned([one for one in values if one is not None], kinds - {NoneType}))
    return [NOTHING if one is None else next(there) for one in values]


def _turned(values: list[Any], kinds: set[type]) -> list[str]:
    if kinds == {NoneType}:
        return [NOTHING] * len(values)
    if kinds <= {str}:
        return _escaped(values)
    turns = {kind: _turn(kind) for kind in kinds}
    if len(kinds) == 1:
        turned = list(map(turns[kinds.pop()], values))
    else:
        turned = [turns[type(value)](value) for value in values]
    return _escaped(turned) if any(issubclass(kind, str) for kind in turns) else turned


def _turn(kind: type) -> Callable[[Any], str]:
    """Return what writes such values; a choice is written as its value."""
    return next((turn for known, turn in TURNS.items() if issubclass(kind, known)), None) or _refuse(kind)


def _refuse(kind: type) -> Callable[[Any], str]:
    raise TypeError(f"{kind.__name__} is not among {', '.join(known.__name__ for known in TURNS)}")


def _escaped(values: list[str]) -> list[str]:
    """Return texts as they stand in a line; most columns hold nothing to escape."""
    together = "".join(values)
    if "\0" in together:
        raise ValueError("PostgreSQL stores no character 0")
    for mark, instead in ESCAPED:
        if mark in together:
            values = [value.replace(mark, instead) for value in values]
    return values


def _bytes(value: bytes) -> str:
    return f"\\\\x{value.hex()}"


TURNS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: {True: "t", False: "f"}.__getitem__,
    int: int.__repr__,
    bytes: _bytes,
    dt.date: Remembered(str).__getitem__,
    dt.time: str,
    float: float.__repr__,
    Decimal: str,
}
"""How each kind of value is written; the first of which a value is one counts. An instant is a date too."""
