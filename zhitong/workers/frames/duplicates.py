"""Who on the register may be the person of a row: found along its indexes, weighed by the linkage engine.

An identity number that is the same settles it. For other rows a few questions for the whole list fetch the entries
with the row's telephone, with its name as it sounds in its township or from its year, and with its birth in its
village; the engine says which of them are alike, and why.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Count, Max

from zhitong.engines.linkage import (
    PARTS,
    Birth,
    Levels,
    Likeness,
    Number,
    Params,
    Place,
    Plan,
    Reader,
    Reason,
    Rows,
    Scores,
    Telephone,
    expected,
    link_arrivals,
    score,
)
from zhitong.kernel.models import Org
from zhitong.kernel.pinyin import name_key
from zhitong.kernel.privacy import blind_index

from ..models import LinkScores, Worker

AT_ONCE = 900
TELLING = 2.0
"""Bits from which a comparison is named as a reason."""
ASKING = Params(review_bits=-3.0)
"""Somebody looks at each row of a list anyway, so he is asked a little earlier than a search of the register asks."""
AGREEMENTS: dict[str, dict[int, str]] = {
    "name": {
        Likeness.SAME: "name_same", Likeness.SOUND: "name_sound", Likeness.ONE: "name_one",
        Likeness.LOST: "name_lost",
    },
    "number": {Number.NEAR: "number_slip", Number.NEAR_END: "number_slip", Number.CUT: "number_cut"},
    "birth": {
        Birth.SAME: "birth_same", Birth.LUNAR: "birth_lunar", Birth.NEW_YEAR: "birth_new_year",
        Birth.SLIP: "birth_slip",
    },
    "telephone": {Telephone.SAME: "telephone_same", Telephone.SLIP: "telephone_slip"},
    "place": {Place.SAME: "village_same", Place.TOWNSHIP: "town_same"},
}  # fmt: skip
"""What is said of a row and an entry, by comparison and level of the engine."""
NOWHERE = (None, None, None, None)


@dataclass(frozen=True)
class Arrival:
    """A row by its place in a list, as far as it could be read; what was left out is empty.

    ``id_number`` is a right one, ``doubtful_number`` one that cannot be right as it is written; ``places`` are the
    keys of city, county, township and village.
    """

    position: int
    name: str
    id_number: str = ""
    doubtful_number: str = ""
    sex: str = ""
    birth_on: dt.date | None = None
    telephone: str = ""
    places: tuple[int | None, int | None, int | None, int | None] = NOWHERE

    @cached_property
    def sound(self) -> str:
        """The reading of the name, as the register is sorted by."""
        return name_key(self.name)[:160]

    @cached_property
    def births(self) -> tuple[dt.date, ...]:
        """The days on which the person may be born: as stated, in the number, with month and day exchanged."""
        told = [self.birth_on, _birth_in(self.id_number or self.doubtful_number)]
        days = [one for one in told if one is not None]
        turned = [one.replace(month=one.day, day=one.month) for one in days if one.day <= 12]
        return tuple(dict.fromkeys([*days, *turned]))

    @property
    def texts(self) -> tuple[str, ...]:
        """What the engine reads."""
        birth = "" if self.birth_on is None else self.birth_on.isoformat()
        return self.id_number or self.doubtful_number, self.name, self.sex, birth, self.telephone, ""


@dataclass(frozen=True, slots=True)
class Likely:
    """An entry that may be a row's person: certain by its number, or so many bits likely, for reasons."""

    entry: int
    bits: float = 0.0
    reasons: tuple[str, ...] = ()
    is_certain: bool = False


Found = dict[int, list[Likely]]


def duplicates_of(rows: Sequence[Arrival], scores: Scores | None = None) -> Found:
    """Return for each row (by position) the entries that may be its person, surest first.

    An entry with the row's identity number is the person; everything else makes it only likely. An entry that was
    merged speaks for its person; whoever left the register is found by the number alone. ``scores`` are those that
    the last search of the register has left; before the first, expectations stand for them.
    """
    found: Found = {at: [Likely(pk, is_certain=True) for pk in keys] for at, keys in _by_number(rows).items()}
    rest = [one for one in rows if one.position not in found and one.name]
    near = _entries_near(rest)
    if not near:
        return found
    for at, alike in _weighed(rest, near, scores or _known_scores() or _expected(rest)).items():
        found[at] = sorted(alike.values(), key=lambda one: (-one.bits, one.entry))
    return found


def _by_number(rows: Sequence[Arrival]) -> dict[int, list[int]]:
    wanted, found = defaultdict(list), defaultdict(list)
    for one in rows:
        if one.id_number:
            wanted[blind_index(one.id_number, "id_number")].append(one.position)
    for some in portions(wanted):
        for pk, index in Worker.objects.filter(id_number_index__in=some).values_list("pk", "id_number_index"):
            for position in wanted[index]:
                found[position].append(pk)
    return found


def _entries_near(rows: Sequence[Arrival]) -> list[int]:
    """Return the keys of the entries that share with a row what the register can be asked for quickly."""
    keys = {*_with_telephone(rows), *_with_name(rows), *_with_birth(rows)}
    return sorted(keys)


def _living() -> Any:
    return Worker.objects.filter(state__in=(Worker.State.ACTIVE, Worker.State.MERGED))


def _with_telephone(rows: Sequence[Arrival]) -> Iterator[int]:
    for some in portions({blind_index(one.telephone, "telephone") for one in rows if one.telephone}):
        yield from _living().filter(telephone_index__in=some).values_list("pk", flat=True)


def _with_name(rows: Sequence[Arrival]) -> Iterator[int]:
    """Of the many who are called alike in a county, those of the row's township or year of birth."""
    counties: dict[int, dict[str, list[Arrival]]] = defaultdict(lambda: defaultdict(list))
    for one in rows:
        if one.places[1] is not None:
            counties[one.places[1]][one.sound].append(one)
    for county, wanted in counties.items():
        for some in portions(wanted):
            entries = _living().filter(county=county, name_key__in=some)
            for pk, sound, birth, town in entries.values_list("pk", "name_key", "birth_on", "town_id"):
                years = ({day.year for day in one.births} for one in wanted[sound])
                if any(
                    one.places[2] == town or birth.year in year
                    for one, year in zip(wanted[sound], years, strict=True)
                ):
                    yield pk


def _with_birth(rows: Sequence[Arrival]) -> Iterator[int]:
    villages: dict[int, set[dt.date]] = defaultdict(set)
    for one in rows:
        if one.places[3] is not None:
            villages[one.places[3]].update(one.births)
    for village, days in villages.items():
        for some in portions(sorted(days)):
            yield from _living().filter(village=village, birth_on__in=some).values_list("pk", flat=True)


def _weighed(rows: Sequence[Arrival], near: Sequence[int], scores: Scores) -> dict[int, dict[int, Likely]]:
    """Return by position and entry who is alike enough to be shown."""
    entries, new = _Entries(near), _as_rows(rows)
    plan = link_arrivals(new, entries.rows, scores, ASKING)
    levels = score((plan.row_a, plan.row_b), new.joined(entries.rows), scores).levels
    found: dict[int, dict[int, Likely]] = defaultdict(dict)
    for at in np.flatnonzero((plan.row_a < len(rows)) & (plan.row_b >= len(rows))).tolist():
        row, entry = rows[int(plan.row_a[at])], entries.person[int(plan.row_b[at]) - len(rows)]
        alike = Likely(entry, float(plan.bits[at]), (*_agreements(levels, at), *_doubts(plan, at)))
        before = found[row.position].get(entry)
        if before is None or before.bits < alike.bits:
            found[row.position][entry] = alike
    for position, alike in _with_two_numbers(rows, entries):
        found[position].setdefault(alike.entry, alike)
    return found


def _with_two_numbers(rows: Sequence[Arrival], entries: _Entries) -> Iterator[tuple[int, Likely]]:
    """Yield who agrees in name and telephone, or name and birth, but has another right number.

    The engine does not compare them; a person is asked, because numbers were once given twice.
    """
    named = defaultdict(list)
    for at, sound in enumerate(entries.sounds):
        named[sound].append(at)
    for one in rows:
        phone = blind_index(one.telephone, "telephone") if one.id_number and one.telephone else None
        for at in named[one.sound] if one.id_number else ():
            reasons = ["name_same" if one.name == entries.names[at] else "name_sound"]
            reasons += ["telephone_same"] * (phone is not None and phone == entries.telephones[at])
            reasons += ["birth_same"] * (entries.births[at] == one.birth_on)
            if entries.numbered[at] and len(reasons) > 1:
                yield one.position, Likely(entries.person[at], 0.0, (*reasons, "two_numbers"))


def _as_rows(rows: Sequence[Arrival]) -> Rows:
    reader = Reader()
    reader.add(list(zip(*(one.texts for one in rows), strict=True)))
    return _placed(reader, [one.places[3] or 0 for one in rows], [one.places[2] or 0 for one in rows])


def _placed(reader: Reader, villages: Iterable[int], towns: Iterable[int]) -> Rows:
    village, township = (np.array(list(keys), np.uint64) for keys in (villages, towns))
    return replace(reader.rows(), village=village, township=township)


class _Entries:
    """Entries of the register for the engine, in the order of their keys; their numbers are opened here."""

    COLUMNS = (
        "pk", "merged_into_id", "name_key", "telephone_index", "id_number", "name", "sex", "birth_on", "telephone",
        "village_id", "town_id",
    )  # fmt: skip

    def __init__(self, keys: Sequence[int]) -> None:
        held = [
            row for some in portions(keys) for row in _living().filter(pk__in=some).values_list(*self.COLUMNS)
        ]
        self.person = [into or pk for pk, into, *_rest in held]
        self.sounds = [row[2] for row in held]
        self.telephones = [row[3] for row in held]
        self.numbered = [row[4] is not None for row in held]
        self.names = [row[5] for row in held]
        self.births = [row[7] for row in held]
        reader = Reader()
        if held:
            reader.add(list(zip(*(texts_of(*row[4:9]) for row in held), strict=True)))
        self.rows = _placed(reader, (row[9] for row in held), (row[10] for row in held))


def texts_of(id_number: Any, name: str, sex: str, birth_on: dt.date, telephone: Any) -> tuple[str, ...]:
    """Return an entry as the engine reads it; sealed numbers are opened."""
    opened, phone = ("" if one is None else one.open() for one in (id_number, telephone))
    return opened, name, sex, birth_on.isoformat(), phone, ""


def reasons_of(plan: Plan, at: int) -> tuple[str, ...]:
    """Return why a pair is thought to be one person, weightiest first, and why a person has to decide."""
    parts = zip(PARTS[1:], plan.parts[at][1:].tolist(), strict=True)
    reasons = [name for name, bits in sorted(parts, key=lambda part: -part[1]) if bits >= TELLING]
    return (*reasons, *_doubts(plan, at))


def _doubts(plan: Plan, at: int) -> list[str]:
    reason = Reason(int(plan.reason[at]))
    return [] if reason == Reason.SCORE else [reason.name.lower()]


def _agreements(levels: Levels, at: int) -> list[str]:
    found = (said.get(int(getattr(levels, name)[at])) for name, said in AGREEMENTS.items())
    return [one for one in found if one is not None]


def _known_scores() -> Scores | None:
    """Return what the widest search taught, unless the register has grown to twice as many entries since."""
    widest = LinkScores.objects.order_by("-entries", "pk").values_list("pk", "learned_at", "entries").first()
    if widest is None or 2 * widest[2] < register_size():
        return None
    return _scores(*widest[:2])


@lru_cache(maxsize=2)
def _scores(key: int, learned_at: dt.datetime) -> Scores:
    """Read stored scores once for one state of them."""
    return Scores.from_bytes(bytes(LinkScores.objects.values_list("scores", flat=True).get(pk=key)))


def _expected(rows: Sequence[Arrival]) -> Scores:
    """Return scores for a register that nobody has learned from, with how often it has the names of the rows."""
    villages = Org.objects.standing().filter(kind=Org.Kind.VILLAGE).count()
    return expected(register_size(), villages, _bearers(rows))


def _bearers(rows: Sequence[Arrival]) -> dict[str, int]:
    names: dict[str, list[str]] = defaultdict(list)
    for one in rows:
        names[one.sound].append(one.name)
    cities = {one.places[0] for one in rows} - {None}
    found: dict[str, int] = {}
    for some in portions(names):
        counted = Worker.objects.filter(city__in=cities, name_key__in=some).values_list("name_key")
        for sound, count in counted.annotate(count=Count("pk")).order_by():
            found |= dict.fromkeys(names[sound], count)
    return found


def register_size() -> int:
    """Return about how many entries the register has had, without counting them."""
    return Worker.objects.aggregate(last=Max("pk"))["last"] or 0


def _birth_in(number: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return None


def portions(values: Any, most: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield the values in portions that one question of the database may hold."""
    waiting = iter(values)
    while some := list(islice(waiting, most)):
        yield some
