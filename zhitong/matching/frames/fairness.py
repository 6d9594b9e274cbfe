"""How groups fared in a round: counted from its rows when it is kept, and read back with intervals.

Sex, age, place and priority group are read here alone, after the engine has answered; nothing leads back to it. So is
the ethnic group that people stated: outside the register no other module reads it, and what is kept are counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from typing import Any

import numpy as np
from django.db.models import Case, F, IntegerField, Value, When

from zhitong.engines.fairness import (
    Difference,
    Interval,
    Sums,
    adjusted,
    drift,
    mean_interval,
    of_means,
    of_rates,
    wilson,
)
from zhitong.matching.frames.belonging import Parts, of
from zhitong.matching.frames.market import scope_of
from zhitong.matching.frames.people import COMPANION_ABSENT, NO_INTENTION, ages_on
from zhitong.matching.frames.reading import NONE, DayNumber, Table, or_none, places_of, read
from zhitong.matching.models import Dimension, FairnessCell, Leftover, Proposal, Round
from zhitong.workers.models import PriorityGroup, PriorityMembership, StatedEthnicity, Worker

CELL_COLUMNS = (
    "round_id", "city_id", "county_id", "town_id", "village_id", "dimension", "group", "is_withheld", "people",
    "placed", "fit_sum", "fit_square_sum",
)  # fmt: skip
AGES = (25, 35, 45, 55)
"""First years of the age bands after the youngest."""
NO_GROUP = "none"
MOST_BEFORE = 12
"""So many earlier rounds of the place say what is usual."""
SURE, LARGE = 0.01, 0.03
"""A drift is an alarm when chance explains it less often than the first and when it is at least the second."""
LEVEL = 0.05
Counts = tuple[int, int, int, int]
"""Of one round: placed and people of a group, placed and people of the rest."""
_SEX = Case(
    When(sex="F", then=Value(1)),
    When(sex="M", then=Value(0)),
    default=Value(NONE),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Cell:
    """One group while it is counted."""

    dimension: str
    group: str
    people: int
    placed: int
    fit_sum: int
    fit_square_sum: int

    @property
    def is_small(self) -> bool:
        """Whether somebody could be recognised."""
        return self.people < FairnessCell.FEWEST


@dataclass(frozen=True)
class Wandered:
    """A group that fares otherwise than it used to."""

    dimension: str
    group: str
    now: float
    before: float
    chance: float
    compared: int


@dataclass(frozen=True)
class Line:
    """A group as it is shown: rate and mean fit with intervals, and how both differ from those of everybody else."""

    dimension: str
    group: str
    withheld: bool
    people: int = 0
    placed: int = 0
    rate: Interval | None = None
    fit: Interval | None = None
    rate_differs: Difference | None = None
    fit_differs: Difference | None = None
    chances: Mapping[str, float] = field(default_factory=dict)
    """By ``rate`` and ``fit``: the chance of so large a difference, as it reads when all groups are looked at."""

    def is_sure(self, what: str) -> bool:
        """Tell whether the difference is more than chance."""
        return self.chances.get(what, 1.0) < LEVEL


class Counting:
    """The groups of one round, counted from its rows; deliberately no dataclass, as ``Findings`` is none."""

    def __init__(self, held: Round) -> None:
        self.held = held
        fits = read(Proposal.objects.filter(round=held).order_by("worker_id"), "worker_id", "fit")
        left = Leftover.objects.filter(round=held).exclude(reason__in=(NO_INTENTION, COMPANION_ABSENT))
        missed = read(left.order_by("worker_id"), "worker_id")
        keys = np.concatenate([fits[:, 0], missed[:, 0]])
        order = np.argsort(keys)
        self.keys = keys[order]
        self.fit = np.concatenate([fits[:, 1], np.full(len(missed), NONE)])[order]
        self.told = withholding(self.cells())  # counted here, before the round is locked

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``CELL_COLUMNS`` for each group; those too small to be told hold no numbers."""
        places = (self.held.city_id, self.held.county_id, self.held.town_id, self.held.village_id)
        for cell, withheld in self.told:
            numbers = (cell.people, cell.placed, cell.fit_sum, cell.fit_square_sum)
            known = (0, 0, 0, 0) if withheld else numbers
            yield (self.held.pk, *places, cell.dimension, cell.group, withheld, *known)

    def cells(self) -> list[Cell]:
        """Return the groups with their numbers."""
        sex, place, age = self._of_people()
        found = [self._cell(Dimension.EVERYBODY, "", np.ones(len(self.keys), bool))]
        found += self._each(Dimension.SEX, sex, {0: "M", 1: "F"})
        bands = {at: name for at, name in enumerate(age_bands())}
        found += self._each(
            Dimension.AGE, np.where(age < 0, NONE, np.searchsorted(AGES, age, "right")), bands
        )
        found += self._each(Dimension.PLACE, place, {key: str(key) for key in np.unique(place).tolist()})
        return [*found, *self._priorities(), *self._ethnicities()]

    def _of_people(self) -> tuple[Table, Table, Table]:
        """Return sex, place below the round's own, and age of each; -1 for what nobody knows."""
        level = (
            "county_id"
            if self.held.county_id is None
            else "town_id"
            if self.held.town_id is None
            else "village_id"
        )
        rows = Worker.objects.filter(**scope_of(self.held)).order_by("pk")
        found = read(rows, "pk", _SEX, or_none(level), DayNumber(F("birth_on")))
        at = places_of(found[:, 0], self.keys)
        sex, place, born = (np.where(at >= 0, found[at, column], NONE) for column in (1, 2, 3))
        return sex, place, np.where(at >= 0, ages_on(born, self.held.held_on), NONE)

    def _each(self, dimension: str, of: Table, names: Mapping[int, str]) -> list[Cell]:
        return [
            self._cell(dimension, name, of == key)
            for key, name in names.items()
            if key != NONE and (of == key).any()
        ]

    def _priorities(self) -> list[Cell]:
        codes = dict(PriorityGroup.objects.in_force(self.held.held_on).values_list("pk", "code"))
        parts = Parts(scope_of(self.held))
        rows = parts.read(PriorityMembership.objects.filter(group__in=list(codes)), "group_id")
        at = places_of(self.keys, rows[:, 0])
        rows, at = rows[at >= 0], at[at >= 0]
        among = {code: np.zeros(len(self.keys), bool) for code in sorted(set(codes.values()))}
        for number, code in codes.items():
            among[code][at[rows[:, 1] == number]] = True
        nobody = ~np.any([*among.values()], axis=0) if among else np.ones(len(self.keys), bool)
        found = [self._cell(Dimension.PRIORITY, code, one) for code, one in among.items() if one.any()]
        return [*found, self._cell(Dimension.PRIORITY, NO_GROUP, nobody)] if found else []

    def _ethnicities(self) -> list[Cell]:
        """Return a group for each ethnic group that is large enough, one for the rest, and one for the unstated."""
        stated = self._stated()
        codes, many = np.unique(stated[stated != NONE], return_counts=True)
        if not len(codes):
            return []
        large = codes[many >= FairnessCell.FEWEST].tolist()
        found = self._each(Dimension.ETHNICITY, stated, {code: f"{code:02d}" for code in large})
        some = (
            (FairnessCell.SMALL, (stated != NONE) & ~np.isin(stated, large)),
            (FairnessCell.UNSTATED, stated == NONE),
        )
        return found + [self._cell(Dimension.ETHNICITY, name, one) for name, one in some if one.any()]

    def _stated(self) -> Table:
        """Return what each person stated, of several entries what was said last; -1 for who stated nothing."""
        at = {key: number for number, key in enumerate(self.keys.tolist())}
        said, said_on = np.full(len(at), NONE), np.zeros(len(at), np.int64)
        for person, day, code in self._statements():
            place = at.get(person)
            if place is not None and day.toordinal() > said_on[place]:
                said[place], said_on[place] = int(code.open()), day.toordinal()
        return said

    def _statements(self) -> Iterator[tuple[int, Any, Any]]:
        """Yield person, day and sealed code of every statement within the round's place, of kept entries first."""
        scope, rows = scope_of(self.held), StatedEthnicity.objects.order_by()
        within = {f"worker__merged_into__{name}": value for name, value in scope.items()}
        parts = rows.filter(worker__state=Worker.State.MERGED, **within)
        return chain(
            rows.filter(**of(scope)).values_list("worker_id", "stated_on", "code").iterator(),
            parts.values_list("worker__merged_into_id", "stated_on", "code").iterator(),
        )

    def _cell(self, dimension: str, group: str, chosen: np.ndarray) -> Cell:
        fit = self.fit[chosen & (self.fit >= 0)]
        return Cell(dimension, group, int(chosen.sum()), len(fit), int(fit.sum()), int((fit * fit).sum()))


def withholding(cells: Sequence[Cell]) -> list[tuple[Cell, bool]]:
    """Say which groups are withheld: those too small, and beside them the next smallest, until they are at least two
    and together not too small either.

    Else what is withheld could be had by taking the others from everybody.
    """
    withheld: set[int] = set()
    for dimension in {cell.dimension for cell in cells} - {Dimension.EVERYBODY}:
        mine = sorted(
            (at for at, one in enumerate(cells) if one.dimension == dimension),
            key=lambda at: cells[at].people,
        )
        withheld |= set(_withheld(cells, mine))
    return [(cell, at in withheld) for at, cell in enumerate(cells)]


def _withheld(cells: Sequence[Cell], mine: Sequence[int]) -> Sequence[int]:
    """Return which of the groups of one dimension, smallest first, are withheld."""
    many = sum(cells[at].is_small for at in mine)
    while 0 < many < len(mine) and (
        many < 2 or sum(cells[at].people for at in mine[:many]) < FairnessCell.FEWEST
    ):
        many += 1
    return mine[:many]


def age_bands() -> list[str]:
    """Return the age bands, the youngest first, by the years that they begin and end with."""
    return [
        f"-{AGES[0] - 1}",
        *(f"{low}-{high - 1}" for low, high in pairwise(AGES)),
        f"{AGES[-1]}-",
    ]


def wandered(held: Round, cells: Iterable[FairnessCell]) -> list[Wandered]:
    """Return the groups of a round that fare otherwise than in the mean of the place's earlier rounds."""
    before = Round.objects.filter(
        org=held.org_id, asked_at__lt=held.asked_at, fairness__dimension="everybody"
    )
    numbers = list(before.order_by("-asked_at").values_list("pk", flat=True)[:MOST_BEFORE])
    earlier: dict[tuple[str, str], list[Counts]] = defaultdict(list)
    for some in _by_round(FairnessCell.objects.filter(round__in=numbers)).values():
        for cell, counts in _beside_rest(some):
            earlier[cell.dimension, cell.group].append(counts)
    told = [
        (cell, one, len(earlier[cell.dimension, cell.group]))
        for cell, counts in _beside_rest(list(cells))
        if (one := drift(counts, earlier[cell.dimension, cell.group])) is not None
    ]
    chances = adjusted([one.chance for _cell, one, _many in told])
    return [
        Wandered(cell.dimension, cell.group, one.now, one.before, chance, many)
        for (cell, one, many), chance in zip(told, chances, strict=True)
        if chance < SURE and abs(one.change) >= LARGE
    ]


def _by_round(cells: Iterable[FairnessCell]) -> dict[int, list[FairnessCell]]:
    found: dict[int, list[FairnessCell]] = {}
    for cell in cells:
        found.setdefault(cell.round_id, []).append(cell)
    return found


def _beside_rest(cells: Sequence[FairnessCell]) -> Iterator[tuple[FairnessCell, Counts]]:
    everybody = next((one for one in cells if one.dimension == Dimension.EVERYBODY), None)
    for one in cells:
        if everybody is not None and one is not everybody and not one.is_withheld:
            rest = (everybody.placed - one.placed, everybody.people - one.people)
            yield one, (one.placed, one.people, *rest)


def fairness_lines(cells: Sequence[FairnessCell]) -> list[Line]:
    """Return the groups of a round with intervals and differences; chances are corrected for looking at all."""
    everybody = next((one for one in cells if one.dimension == Dimension.EVERYBODY), None)
    if everybody is None:
        return []
    lines = [_line(one, everybody) for one in cells]
    asked = [(at, what) for at, one in enumerate(lines) for what in ("rate", "fit") if _difference(one, what)]
    chances = adjusted([_difference(lines[at], what).chance for at, what in asked])  # type: ignore[union-attr]
    told: dict[int, dict[str, float]] = {}
    for (at, what), chance in zip(asked, chances, strict=True):
        told.setdefault(at, {})[what] = chance
    return [replace(one, chances=told.get(at, {})) for at, one in enumerate(lines)]


def _difference(line: Line, what: str) -> Difference | None:
    return line.rate_differs if what == "rate" else line.fit_differs


def _line(one: FairnessCell, everybody: FairnessCell) -> Line:
    if one.is_withheld:
        return Line(one.dimension, one.group, True)
    fits, all_fits = _sums(one), _sums(everybody)
    rest = (everybody.placed - one.placed, everybody.people - one.people)
    compared = one is not everybody and rest[1] > 0
    enough = one.placed >= FairnessCell.FEWEST
    return Line(
        one.dimension,
        one.group,
        False,
        one.people,
        one.placed,
        wilson(one.placed, one.people),
        mean_interval(fits) if enough else None,
        of_rates(one.placed, one.people, *rest) if compared else None,
        of_means(fits, all_fits.without(fits)) if compared and enough and rest[0] > 1 else None,
    )


def _sums(one: FairnessCell) -> Sums:
    return Sums(one.placed, one.fit_sum, one.fit_square_sum)
