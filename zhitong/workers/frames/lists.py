"""From the staged rows of an import to judgements: read, looked for on the register, compared."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal
from zhitong.kernel.sheets import Table, as_cell, as_json, cell_text, heading_key
from zhitong.kernel.sheets.heads import spread

from ..importing import (
    Entry,
    Head,
    Judgement,
    Known,
    Maybe,
    Raw,
    Weight,
    find_head,
    judge,
    passed_over,
    read_row,
)
from ..models import Import, RowFinding
from .duplicates import NOWHERE, Arrival, Likely, duplicates_of, portions
from .known import known_to, people

LIKE_A_NUMBER = re.compile(r"\D?\d{6}[\d\s-]{7,}")
Telling = Callable[[int, int], None]


@dataclass(frozen=True)
class Sheet:
    """A staged sheet: its rows as they came, by position, and where its headings stand."""

    name: str
    table: Table
    keys: Mapping[int, int]
    head: Head | None

    def below(self) -> Iterator[Raw]:
        """Yield the rows below the headings, with what merged cells say filled in; without rows about nobody."""
        if self.head is None:
            return
        merged = {at: value for at, value in spread(self.table).items() if at[0] >= self.head.below}
        for at in sorted(self.keys):
            cells = self.table.rows[at]
            if at < self.head.below or passed_over(self.head, cells):
                continue
            filled = _filled(cells, at, merged) if merged else cells
            yield Raw(self.keys[at], 0, at + 1, filled)


def _filled(cells: list[object], row: int, merged: Mapping[tuple[int, int], object]) -> list[object]:
    wanted = {column: value for (at, column), value in merged.items() if at == row}
    if not wanted:
        return cells
    wide = [*cells, *[None] * (max(wanted) + 1 - len(cells))]
    return [wanted.get(at, one) if one in (None, "") else one for at, one in enumerate(wide)]


def cells_as_text(cells: Iterable[object]) -> str:
    """Return a row's cells as they are sealed: a JSON list without the blanks at its end."""
    kept = [as_json(one) if one != "" else None for one in cells]
    while kept and kept[-1] is None:
        kept.pop()
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def cells_from_text(text: str) -> list[object]:
    """Return what ``cells_as_text`` was given."""
    return [as_cell(one) for one in json.loads(text)]


def numbers_among(cells: Iterable[object]) -> Iterator[str]:
    """Yield the identity numbers among a row's cells, in 18 characters; what only looks like one is none."""
    for one in cells:
        text = cell_text(one)
        if LIKE_A_NUMBER.match(text):
            with suppress(Refusal):
                yield values.id_number(text)


def meanings(columns: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the field by heading of a column map."""
    return {heading_key(heading): field for heading, field in columns}


def sheets_of(imported: Import) -> list[Sheet]:
    """Return the staged sheets of an import with their headings found anew by its column map."""
    known = meanings(imported.columns)
    rows: dict[int, dict[int, tuple[int, list[object]]]] = defaultdict(dict)
    for pk, sheet, number, cells in imported.rows.order_by("pk").values_list(
        "pk", "sheet", "number", "cells"
    ):
        rows[sheet][number - 1] = (pk, cells_from_text(cells.open()))
    found = []
    for at, one in enumerate(imported.sheets):
        held = rows.get(at, {})
        lines = [held[row][1] if row in held else [] for row in range(max(held, default=-1) + 1)]
        merged = tuple((tuple(first), tuple(last)) for first, last in one.get("merged", ()))
        table = Table(one["name"], lines, merged)
        keys = {row: pk for row, (pk, _cells) in held.items()}
        found.append(Sheet(one["name"], table, keys, find_head(table, known) if held else None))
    return found


def entries_of(imported: Import, sheets: Sequence[Sheet], tell: Telling | None = None) -> list[Entry]:
    """Return every row about somebody as facts, in the order of the file."""
    today, entries = timezone.localdate(), []
    total = sum(len(one.keys) for one in sheets)
    for at, sheet in enumerate(sheets):
        for raw in sheet.below():
            assert sheet.head is not None
            entry = read_row(raw, sheet.head, imported.words, today)
            entry.sheet = at
            entries.append(entry)
            if tell is not None and len(entries) % 1000 == 0:
                tell(len(entries), total)
    return entries


def examine(imported: Import, *, tell: Telling | None = None, lock: bool = False) -> list[Judgement]:
    """Return what every row of an import means for the register as it stands now; nothing is written.

    With ``lock`` the entries that it speaks of are held until the transaction ends, in the order of their keys.
    """
    sheets = sheets_of(imported)
    entries = entries_of(imported, sheets, tell)
    _refuse_repeated(entries, [one.name for one in sheets])
    known = known_to(imported.org, imported.listed_on)
    arrivals = [_arrival(at, one, known, sheets[one.sheet].name) for at, one in enumerate(entries)]
    likely = _without_told_apart(imported, entries, duplicates_of(arrivals))
    found = people((one.entry for some in likely.values() for one in some), imported.org, lock=lock)
    certain = {
        at: found[one.entry]
        for at, some in likely.items()
        for one in some
        if one.is_certain and one.entry in found
    }
    claimed = {one.pk for one in certain.values()}
    judged = []
    for at, entry in enumerate(entries):
        others = [
            Maybe(found[one.entry], one.reasons)
            for one in likely.get(at, ())
            if one.entry in found and one.entry not in claimed
        ]
        judged.append(judge(entry, known, certain.get(at), _nearest_first(others), sheets[entry.sheet].name))
    return judged


def _nearest_first(others: list[Maybe]) -> list[Maybe]:
    """Put those within reach first: only they can be shown and chosen."""
    return sorted(others, key=lambda one: not one.person.in_reach)


def _without_told_apart(
    imported: Import, entries: Sequence[Entry], likely: dict[int, list[Likely]]
) -> dict[int, list[Likely]]:
    """Leave out whom an earlier list's officer told apart from the bearer of the same identity number."""
    keys = {one.entry for some in likely.values() for one in some if not one.is_certain}
    apart: set[tuple[str, int]] = set()
    decided = RowFinding.objects.filter(decision=RowFinding.Decision.OTHER_PERSON).exclude(imported=imported)
    for some in portions(sorted(keys)):
        apart |= {
            (one.read["facts"].get("id_number", ""), one.worker_id) for one in decided.filter(worker__in=some)
        }
    if not apart:
        return likely
    return {
        at: [one for one in some if (entries[at].facts.get("id_number", ""), one.entry) not in apart]
        for at, some in likely.items()
    }


def _refuse_repeated(entries: Iterable[Entry], sheets: Sequence[str]) -> None:
    """Refuse a second row with the identity number of an earlier one, of its own sheet or of another."""
    first: dict[str, Entry] = {}
    for entry in entries:
        number = entry.facts.get("id_number")
        if number is None:
            continue
        before = first.setdefault(number, entry)
        if before is not entry:
            sentence = _("和第%(line)d行的身份证号相同，一个人只报一行。")
            if before.sheet != entry.sheet:
                sentence = _("和“%(sheet)s”第%(line)d行的身份证号相同，一个人只报一行。")
            told = {"sheet": sheets[before.sheet], "line": before.number}
            entry.tell("id_number_repeated", Weight.NO, sentence % told)


def _arrival(at: int, entry: Entry, known: Known, sheet: str) -> Arrival:
    facts = entry.facts
    birth = facts.get("birth_on")
    return Arrival(
        position=at,
        name=facts.get("name", ""),
        id_number=facts.get("id_number", ""),
        doubtful_number=entry.doubtful_number,
        sex=facts.get("sex", ""),
        birth_on=None if birth is None else dt.date.fromisoformat(birth),
        telephone=facts.get("telephone", ""),
        places=_places(entry, known, sheet),
    )


def _places(entry: Entry, known: Known, sheet: str) -> tuple[int | None, int | None, int | None, int | None]:
    if known.own is not None:
        return known.own.places
    found = known.villages_named(entry.facts.get("village") or sheet, entry.facts.get("town", ""))
    return found[0].places if found else NOWHERE
