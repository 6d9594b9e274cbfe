"""Who on the register may be the person of a row: asked of the database in a few questions for a whole list."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import Any

from ..models import Worker

AT_ONCE = 900


class Likeness(IntEnum):
    """How an entry agrees with a row; the lower the surer."""

    NUMBER = 0
    TELEPHONE_AND_NAME = 1
    NAME_AND_BIRTH = 2


@dataclass(frozen=True, slots=True)
class Key:
    """By what a row is looked for: blind indexes of its numbers, the pinyin of its name, birth, and county."""

    position: int
    id_index: int | None
    telephone_index: int | None
    name_key: str
    birth_on: dt.date | None
    county: int | None


Found = dict[int, list[tuple[int, Likeness]]]


def duplicates_of(rows: Sequence[Key]) -> Found:
    """Return for each row (by position) the entries that may be its person, surest first.

    An entry with the row's identity number is the person; agreement of telephone and name, or of name and birth
    within the county, only makes it likely. Entries that were merged into others are never named.
    """
    found: Found = defaultdict(list)
    _by_number(rows, found)
    rest = [one for one in rows if one.position not in found]
    _by_telephone(rest, found)
    _by_name_and_birth(rest, found)
    return {
        at: sorted(dict.fromkeys(likely), key=lambda one: (one[1], one[0])) for at, likely in found.items()
    }


def _by_number(rows: Sequence[Key], found: Found) -> None:
    wanted = defaultdict(list)
    for one in rows:
        if one.id_index is not None:
            wanted[one.id_index].append(one.position)
    for some in portions(wanted):
        for pk, index in Worker.objects.filter(id_number_index__in=some).values_list("pk", "id_number_index"):
            for position in wanted[index]:
                found[position].append((pk, Likeness.NUMBER))


def _by_telephone(rows: Sequence[Key], found: Found) -> None:
    wanted = defaultdict(list)
    for one in rows:
        if one.telephone_index is not None:
            wanted[one.telephone_index].append(one)
    for some in portions(wanted):
        entries = Worker.objects.filter(telephone_index__in=some).exclude(state=Worker.State.MERGED)
        for pk, index, name in entries.values_list("pk", "telephone_index", "name_key"):
            for one in wanted[index]:
                if one.name_key == name:
                    found[one.position].append((pk, Likeness.TELEPHONE_AND_NAME))


def _by_name_and_birth(rows: Sequence[Key], found: Found) -> None:
    counties: dict[int, dict[tuple[str, dt.date], list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in rows:
        if one.county is not None and one.birth_on is not None:
            counties[one.county][one.name_key, one.birth_on].append(one.position)
    for county, wanted in counties.items():
        for some in portions(sorted({name for name, _birth in wanted})):
            entries = Worker.objects.filter(county=county, name_key__in=some).exclude(
                state=Worker.State.MERGED
            )
            for pk, name, birth in entries.values_list("pk", "name_key", "birth_on"):
                for position in wanted.get((name, birth), ()):
                    found[position].append((pk, Likeness.NAME_AND_BIRTH))


def portions(values: Any, most: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield the values in portions that one question of the database may hold."""
    waiting = iter(values)
    while some := list(islice(waiting, most)):
        yield some
