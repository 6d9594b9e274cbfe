"""Where a table's headings are: found among notes, over several rows, and under merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from zhitong.kernel.sheets import Table, cell_text, heading_key
from zhitong.kernel.sheets.heads import LOOK_FOR_HEADS, Merges, depths, heading_parts, spread

from .fields import guess_field, is_never_kept

LEAST_KNOWN = 2
LEAST_OF_A_PERSON = 3
"""Filled cells of a row that is surely about somebody."""
TOTALS = re.compile(r"^[（(]?(合计|小计|总计|共计|累计|本页合计|总数)")
NOTE = re.compile(r"^(注|备注|说明|填表|制表|审核|填报|单位负责人|负责人|经办人|联系人)")


@dataclass(frozen=True)
class Head:
    """The headings of a table: the first row (from 0), how many rows they take, each column's heading and field."""

    first: int
    deep: int
    headings: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def below(self) -> int:
        """The first row below the headings."""
        return self.first + self.deep

    def position(self, field: str) -> int | None:
        """Return the column of a field, or ``None``."""
        return self.fields.index(field) if field in self.fields else None


def find_head(table: Table, known: Mapping[str, str] | None = None) -> Head | None:
    """Return the rows that say what the columns hold; without any recognised, the first row that looks like it.

    ``known`` maps headings (as ``heading_key`` gives them) to fields, and goes before what would be guessed.
    """
    merges = spread(table)
    best: Head | None = None
    most = LEAST_KNOWN - 1
    for first in range(min(len(table.rows), LOOK_FOR_HEADS)):
        for deep in depths(table, first):
            head = _head_at(table, merges, first, deep, known or {})
            score = len(set(head.fields) - {""})
            if score > most:
                best, most = head, score
    return best or _first_likely(table, merges, known or {})


def _head_at(table: Table, merges: Merges, first: int, deep: int, known: Mapping[str, str]) -> Head:
    headings = tuple(map("/".join, heading_parts(table, merges, first, deep)))
    return Head(first, deep, headings, fields_of(headings, known))


def leave_out_never_kept(tables: Iterable[Table]) -> None:
    """Empty the cells below headings of columns that no list may bring, as if the sender had left them blank."""
    for table in tables:
        for below, heads in enumerate(table.rows[:LOOK_FOR_HEADS], start=1):
            for at in [at for at, cell in enumerate(heads) if is_never_kept(cell_text(cell))]:
                for row in table.rows[below:]:
                    if at < len(row):
                        row[at] = None


def fields_of(headings: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return each column's field; a field stands once, at its first heading."""
    taken: set[str] = set()
    found = []
    for heading in headings:
        key = heading_key(heading)
        field = known[key] if key in known else guess_field(heading)
        field = "" if field in taken else field
        taken.add(field)
        found.append(field)
    return tuple(found)


def _first_likely(table: Table, merges: Merges, known: Mapping[str, str]) -> Head | None:
    """Return the first row of at least three short texts without digits, for a person to say what they mean."""
    for first, row in enumerate(table.rows[:LOOK_FOR_HEADS]):
        texts = [cell_text(one) for one in row if cell_text(one)]
        if len(texts) >= 3 and all(len(one) <= 20 and not any(map(str.isdigit, one)) for one in texts):
            return _head_at(table, merges, first, max(depths(table, first).start, 1), known)
    return None


def passed_over(head: Head, cells: Sequence[Any]) -> bool:
    """Tell whether a row below the headings is about nobody: a total, a note, or the headings once more."""
    first = list(islice((text for one in cells if (text := cell_text(one))), LEAST_OF_A_PERSON))
    if not first or any(TOTALS.match(text) for text in first):
        return True
    at = head.position("name")
    if at is not None and at < len(cells) and cell_text(cells[at]) == head.headings[at].rpartition("/")[2]:
        return True
    if len(first) == LEAST_OF_A_PERSON:
        return False
    return not _is_named(head, cells) or bool(NOTE.match(first[0]))


def _is_named(head: Head, cells: Sequence[Any]) -> bool:
    """Tell whether a row says by name or number whom it is about."""
    named = (head.position(field) for field in ("name", "id_number", "telephone"))
    return any(at is not None and at < len(cells) and cell_text(cells[at]) for at in named)
