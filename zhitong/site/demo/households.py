"""Households of the register: who lives with whom, their sex, age and marital state.

Only workers are drawn. A household is a couple, one married person whose spouse is not on the register, or
a single person; grown children and parents who work may live with the married ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhitong.site.demo import assumptions
from zhitong.site.demo.reference import villages
from zhitong.site.demo.sampling import Floats, Ints, draw, share_out

ROLES = ("head", "spouse", "child", "parent")
MARITAL = ("married", "never_married", "widowed_or_divorced")
HEAD, SPOUSE, CHILD, PARENT = range(4)
COUPLE, LONE_MARRIED, NEVER_MARRIED, WIDOWED = range(4)
YOUNGEST, OLDEST = 16, 70

Flags = NDArray[np.bool_]
Index = NDArray[np.int32]


@dataclass(frozen=True)
class Households:
    """h households and the n workers in them, workers of one household one after the other, head first.

    By household: `village` (h,) position in the village table, `first` (h,) position of its head among the
    workers, `size` (h,). By worker: `household`, `role` (position in ROLES), `spouse` (position of the
    worker or -1, always mutual), `father` (a registered one, else -1), `female`, `marital` (position in
    MARITAL), `age` in years.
    """

    village: Index
    first: Index
    size: NDArray[np.uint8]
    household: Index
    role: NDArray[np.uint8]
    spouse: Index
    father: Index
    female: Flags
    marital: NDArray[np.uint8]
    age: Floats

    @property
    def home(self) -> Index:
        """Village of each worker."""
        return self.village[self.household]


@dataclass(frozen=True)
class _Heads:
    """What is decided by household before its members are laid out: kind, sexes and ages of head and spouse."""

    kind: Ints
    female: Flags
    age: Floats
    spouse_age: Floats
    children: Ints
    parents: Ints


def draw_households(rng: np.random.Generator, workers: int) -> Households:
    """Return households with exactly `workers` members, spread over the villages by their weights.

    From 3,400 workers on, no village is empty. Raises ValueError below 100.
    """
    if workers < 100:
        raise ValueError("a demo population has at least 100 workers")
    counts = _counts(workers)
    heads = _draw_heads(rng, counts, workers)
    homes = share_out(len(heads.kind), villages().weight, least=1)
    return _lay_out(rng, heads, np.repeat(np.arange(len(homes), dtype=np.int32), homes))


def _counts(workers: int) -> dict[str, int]:
    couples = round(assumptions.COUPLES * workers / 2)
    children = round(assumptions.CHILDREN * workers)
    parents = round(assumptions.PARENTS * workers)
    widowed = round(assumptions.MARITAL["widowed_or_divorced"] * workers)
    lone = round(assumptions.MARITAL["married"] * workers) - 2 * couples - parents
    single = workers - 2 * couples - lone - widowed - children - parents
    return {
        "couples": couples, "lone": lone, "single": single, "widowed": widowed,
        "children": children, "parents": parents,
    }  # fmt: skip


def _draw_heads(rng: np.random.Generator, counts: dict[str, int], workers: int) -> _Heads:
    kinds = [counts[name] for name in ("couples", "lone", "single", "widowed")]
    kind = rng.permutation(np.repeat(np.arange(4), kinds))
    middle = _ages(rng, kind, counts, workers)
    female = rng.random(len(kind)) < _female_heads()[kind]
    age, spouse_age = _part_ages(rng, middle, kind, female)
    parents = _with_parent(rng, kind, age, counts["parents"])
    children = _with_children(rng, kind, np.minimum(age, spouse_age), counts["children"])
    return _Heads(kind, female, age, spouse_age, children, parents)


def _female_heads() -> Floats:
    women = assumptions.SINGLE_WOMEN
    return np.array(
        [
            assumptions.FEMALE_HEADS,
            assumptions.LONE_MARRIED_WOMEN,
            women["never_married"],
            women["widowed_or_divorced"],
        ]
    )


def _ages(rng: np.random.Generator, kind: Ints, counts: dict[str, int], workers: int) -> Floats:
    """Draw the age of each head (for couples the mean of both), so that all workers meet the published bands."""
    single, widowed = _single_ages(), _widowed_ages()
    table = np.array([_married_ages(counts, workers, single, widowed)] * 2 + [single, widowed])
    age = np.empty(len(kind))
    for row in range(4):
        mine = kind == row
        age[mine] = draw(rng, table[row], int(mine.sum())) + YOUNGEST
    return age + rng.random(len(kind))


def _single_ages() -> Floats:
    years = np.arange(YOUNGEST, OLDEST)
    return np.where(years < 46, 0.87 ** np.maximum(years - 21, 0) * np.minimum(1, (years - 14) / 5), 0)


def _widowed_ages() -> Floats:
    years = np.arange(YOUNGEST, OLDEST)
    return np.where((years >= 27) & (years < 68), (years - 22.0), 0)


def _married_ages(counts: dict[str, int], workers: int, single: Floats, widowed: Floats) -> Floats:
    """Fill the published age bands with married people where the others leave room."""
    years = np.arange(YOUNGEST, OLDEST)
    band = np.digitize(years, (41, 51))
    shape = np.select(
        [years < 22, band == 0, band == 1], [0.0, (years - 20) / 20, 1.0], 0.94 ** (years - 51.0)
    )
    wanted = np.array(list(assumptions.AGE.values())) * workers
    for number, others in ((counts["single"], single), (counts["widowed"], widowed)):
        wanted -= number * np.bincount(band, others, 3) / others.sum()
    wanted -= (counts["children"], 0, counts["parents"])
    return shape * (wanted / np.bincount(band, shape, 3))[band]


def _part_ages(rng: np.random.Generator, middle: Floats, kind: Ints, female: Flags) -> tuple[Floats, Floats]:
    """Split a couple's mean age into head's and spouse's; men marry from 22, women from 20."""
    gap = rng.normal(assumptions.AGE_GAP, 2.5, len(middle)) / 2
    older, younger = np.clip(middle + gap, 22.2, 69.9), np.clip(middle - gap, 20.2, 69.9)
    couple = kind == COUPLE
    age = np.where(couple, np.where(female, younger, older), middle)
    return age, np.where(couple, np.where(female, older, younger), age)


def _with_parent(rng: np.random.Generator, kind: Ints, age: Floats, number: int) -> Ints:
    fits = np.flatnonzero((kind <= LONE_MARRIED) & (age > 31) & (age < 45))
    parents = np.zeros(len(kind), np.int64)
    parents[rng.choice(fits, number, replace=False)] = 1
    return parents


def _with_children(rng: np.random.Generator, kind: Ints, youngest: Floats, number: int) -> Ints:
    fits = rng.permutation(np.flatnonzero((kind <= LONE_MARRIED) & (youngest > 38)))
    pairs = number // 8
    children = np.zeros(len(kind), np.int64)
    children[fits[: number - pairs]] = 1
    children[fits[:pairs]] = 2
    return children


def _lay_out(rng: np.random.Generator, heads: _Heads, village: Index) -> Households:
    couple = (heads.kind == COUPLE).astype(np.int64)
    size = 1 + couple + heads.children + heads.parents
    first = np.cumsum(size) - size
    household = np.repeat(np.arange(len(size), dtype=np.int32), size)
    place = np.arange(len(household)) - first[household]
    role = _roles(place, couple[household], heads.children[household])
    spouse = _spouses(role, couple[household], first[household])
    female = _sexes(rng, heads, household, role)
    return Households(
        village=village,
        first=first.astype(np.int32),
        size=size.astype(np.uint8),
        household=household,
        role=role.astype(np.uint8),
        spouse=spouse,
        father=_fathers(role, household, heads, first),
        female=female,
        marital=_marital(role, heads.kind[household]),
        age=_member_ages(rng, heads, household, role),
    )


def _roles(place: Ints, couple: Ints, children: Ints) -> Ints:
    rest = place - 1 - couple
    after = np.where(rest < children, CHILD, PARENT)
    return np.select([place == 0, (place == 1) & (couple == 1)], [HEAD, SPOUSE], after)


def _spouses(role: Ints, couple: Ints, first: Ints) -> Index:
    spouse = np.select([(role == HEAD) & (couple == 1), role == SPOUSE], [first + 1, first], -1)
    return spouse.astype(np.int32)


def _sexes(rng: np.random.Generator, heads: _Heads, household: Index, role: Ints) -> Flags:
    head = heads.female[household]
    women = assumptions.SINGLE_WOMEN
    chance = np.where(role == CHILD, women["grown_child"], women["parent"])
    return np.select([role == HEAD, role == SPOUSE], [head, ~head], rng.random(len(role)) < chance)


def _fathers(role: Ints, household: Index, heads: _Heads, first: Ints) -> Index:
    """The father of a grown child is the man among head and spouse; a mother alone leaves none."""
    alone = heads.kind[household] != COUPLE
    woman = heads.female[household]
    man = np.where(woman, np.where(alone, -1, first[household] + 1), first[household])
    return np.where(role == CHILD, man, -1).astype(np.int32)


def _marital(role: Ints, kind: Ints) -> NDArray[np.uint8]:
    by_kind = np.array([0, 0, 1, 2])[kind]
    return np.select([role == CHILD, role == PARENT], [1, 0], by_kind).astype(np.uint8)


def _member_ages(rng: np.random.Generator, heads: _Heads, household: Index, role: Ints) -> Floats:
    """Children are at least 20 years younger than both parents, parents 20 to 24 years older than the head."""
    head, other = heads.age[household], heads.spouse_age[household]
    chance = rng.random(len(role))
    oldest_child = np.minimum(np.minimum(head, other) - 20, 30)
    child = 16.2 + chance * (oldest_child - 16.2)
    return np.select(
        [role == HEAD, role == SPOUSE, role == CHILD], [head, other, child], head + 20 + 4 * chance
    )
