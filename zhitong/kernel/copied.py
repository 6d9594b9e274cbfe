"""Rows as the text that PostgreSQL's ``COPY … FROM STDIN`` reads, made a whole column at a time.

Format: PostgreSQL documentation, *COPY*, text format: a line for each row, tabs between values, ``\\N`` for nothing,
a backslash before what would mean something else. Making the text by column costs half of giving the driver row
after row, and a second process can make it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from types import NoneType
from typing import Any

from django.db import connection

Lines = tuple[int, bytes]
"""How many rows, and their text."""
NOTHING = b"\\N"
ESCAPED = ((b"\\", b"\\\\"), (b"\t", b"\\t"), (b"\n", b"\\n"), (b"\r", b"\\r"))
"""In this order: a backslash that escapes is not escaped."""


def as_lines(chunks: Iterable[Sequence[Iterable[Any]]]) -> Generator[Lines]:
    """Yield each chunk, given as columns, as lines; raises ``ValueError`` where columns differ in length."""
    text = _Text()
    for columns in chunks:
        lines = list(map(b"\t".join, zip(*map(text.of, columns), strict=True)))
        yield len(lines), b"\n".join([*lines, b""])


class _Text:
    """Turns values into text as the driver would, by the types that it knows on this connection."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._dumps: dict[type, Callable[[Any], Any]] = {}

    def of(self, column: Iterable[Any]) -> list[bytes]:
        values = list(column)
        kinds = set(map(type, values))
        if NoneType not in kinds:
            return _escaped(self._dumped(values, kinds))
        there = iter(_escaped(self._dumped([one for one in values if one is not None], kinds - {NoneType})))
        return [NOTHING if one is None else next(there) for one in values]

    def _dumped(self, values: list[Any], kinds: set[type]) -> list[bytes]:
        for kind in kinds - self._dumps.keys():
            self._dumps[kind] = self._dump(kind)
        if len(kinds) == 1:
            return list(map(bytes, map(self._dumps[kinds.pop()], values)))
        return [bytes(self._dumps[type(value)](value)) for value in values]

    @staticmethod
    def _dump(kind: type) -> Callable[[Any], Any]:
        from psycopg.adapt import PyFormat

        if issubclass(kind, int) and kind is not bool:
            return b"%d".__mod__
        driver = connection.connection
        dump: Callable[[Any], Any] = driver.adapters.get_dumper(kind, PyFormat.TEXT)(kind, driver).dump
        return dump


def _escaped(values: list[bytes]) -> list[bytes]:
    """Return the values of a column as they stand in a line; most columns hold nothing to escape."""
    together = b"".join(values)
    for mark, instead in ESCAPED:
        if mark in together:
            values = [value.replace(mark, instead) for value in values]
    return values
