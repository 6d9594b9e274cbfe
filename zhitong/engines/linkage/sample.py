"""A made-up file with known truth: people in households and villages, and rows about them with known errors.

The shares of errors are those of `RATES`. Identity numbers begin with a division that was never issued (5299),
telephones with a range that is not assigned (154): nobody's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage import slips
from zhitong.engines.linkage.words import DOTTED, FEMALE, MALE, RARE, SURNAMES

PEOPLE = 1_050_000
ROWS = 1_129_800
PAIRS = 80_203
HEADER = ("row", "id_number", "name", "sex", "birth_on", "phone", "village")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_VILLAGE_PEOPLE = 500
_TOWN_VILLAGES = 8
_FIRST_DAY = np.datetime64("1956-01-01")
_DAYS = 19_000
Ints = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the register ought to have them."""

    id_number: str
    name: str
    female: bool
    born: int
    """Days since 1 January 1956."""
    phone: str
    village: str
    kin: int
    """Position of a member of the same household, -1 none."""
    twin: bool = False


def write_sample(output: Path, truth: Path, *, people: int, seed: int, errors: float = 1.0) -> int:
    """Write the rows and, apart from them, which row is of which person; return the number of rows.

    `errors` multiplies every rate. Raises ValueError on fewer than one person or on rates beyond certainty.
    """
    if people < 1 or not 0 <= errors <= 4:
        raise ValueError("A sample needs at least one person, and errors between 0 and 4.")
    rng = np.random.default_rng(seed)
    everyone = people_of(rng, people)
    owners = _owners(rng, people)
    repeated = np.zeros(len(owners), np.bool_)
    repeated[people:] = True
    order = rng.permutation(len(owners))
    with (
        output.open("w", encoding="utf-8", newline="") as rows,
        truth.open("w", encoding="utf-8", newline="") as known,
    ):
        listed, answers = csv.writer(rows), csv.writer(known)
        listed.writerow(HEADER)
        answers.writerow(("row", "person", "twin"))
        made = slips.rows_about(rng, everyone, owners[order], repeated[order], errors)
        for number, (owner, row) in enumerate(zip(owners[order].tolist(), made, strict=True)):
            listed.writerow((number, *row))
            answers.writerow((number, owner, int(everyone[owner].twin)))
    return len(owners)


def _owners(rng: np.random.Generator, people: int) -> Ints:
    """Each person once, and behind them who stands in the file again: most once more, a few twice more."""
    thrice = round(people * (PAIRS - (ROWS - PEOPLE)) / PEOPLE)
    twice = round(people * (ROWS - PEOPLE) / PEOPLE) - 2 * thrice
    chosen = rng.choice(people, twice + thrice, replace=False)
    return np.concatenate([np.arange(people), chosen, chosen[:thrice]])


def people_of(rng: np.random.Generator, count: int) -> list[Person]:
    """So many people: households of one to four, twins among the children, every number issued once."""
    people: list[Person] = []
    issued: dict[tuple[str, int], int] = {}
    names, villages = _Names(rng), max(1, count // _VILLAGE_PEOPLE)
    while len(people) < count:
        number = int(rng.integers(villages))
        town, place = divmod(number, _TOWN_VILLAGES)
        code = f"5299{1 + town // 20 % 15:02}{100 + town % 800:03}{200 + place:03}"
        for person in _household(rng, names, code, len(people), issued):
            if len(people) < count:
                people.append(person)
    return people


def _household(
    rng: np.random.Generator, names: _Names, code: str, first: int, issued: dict[tuple[str, int], int]
) -> Iterator[Person]:
    size = int(rng.choice([1, 2, 3, 4], p=[0.2, 0.45, 0.2, 0.15]))
    head, twins = int(rng.integers(1500, 12_000)), rng.random() < 0.06
    surname = names.surname()
    female = [rng.random() < 0.2, True, *(bool(rng.random() < 0.5) for _ in range(2))]
    born = [
        head,
        head + int(rng.integers(-1200, 1500)),
        *(head + int(d) for d in rng.integers(7400, 11_000, 2)),
    ]
    if twins and size == 4:
        born[3], female[3] = born[2], female[2] if rng.random() < 0.7 else not female[2]
    generation = names.character(False) if rng.random() < 0.3 else ""
    phones = [_phone(rng) for _ in range(4)]
    taken: set[str] = set()
    for place in range(size):
        twin = bool(twins and size == 4 and place >= 2)
        family = names.surname() if place == 1 else surname
        name = names.whole(family, female[place], generation if place >= 2 else "")
        while name in taken:
            name = names.whole(family, female[place], "")
        taken.add(name)
        day = abs(born[place]) if born[place] < _DAYS else _DAYS - 1 - born[place] % 6000
        yield Person(
            id_number=_number(code[:6], day, female[place], issued),
            name=name,
            female=female[place],
            born=day,
            phone=phones[2] if twin else phones[place],
            village=code,
            kin=first + (place + 1) % size if size > 1 and place + 1 < size else first if size > 1 else -1,
            twin=twin,
        )


def _phone(rng: np.random.Generator) -> str:
    return f"154{int(rng.integers(10**8)):08}"


def _number(division: str, born: int, female: bool, issued: dict[tuple[str, int], int]) -> str:
    """The next number of a division and day for this sex: 001, 003 … for men, 002, 004 … for women."""
    day = str(_FIRST_DAY + born).replace("-", "")
    place = (division + day, int(female))
    order = issued[place] = issued.get(place, 1 + int(female) - 2) + 2
    head = f"{division}{day}{order % 1000:03}"
    return head + "10X98765432"[sum(int(one) * by for one, by in zip(head, _WEIGHTS, strict=True)) % 11]


class _Names:
    """Draws names; characters near the head of their list are the more frequent."""

    def __init__(self, rng: np.random.Generator) -> None:
        parts = SURNAMES.split()
        self.rng = rng
        self.surnames = [one.rstrip("0123456789") for one in parts]
        weights = np.array([float(one.lstrip(name)) for one, name in zip(parts, self.surnames, strict=True)])
        self.weights = np.cumsum(weights / weights.sum())

    def surname(self) -> str:
        return self.surnames[int(np.searchsorted(self.weights, self.rng.random()))]

    def character(self, female: bool) -> str:
        pool = FEMALE if female else MALE
        return pool[int(len(pool) * self.rng.random() ** 1.6)]

    def whole(self, surname: str, female: bool, generation: str) -> str:
        chance = self.rng.random()
        if chance < 0.004:
            first, second = (pool[int(self.rng.integers(len(pool)))] for pool in DOTTED)
            return f"{first}·{second}"
        last = RARE[int(self.rng.integers(len(RARE)))] if chance > 0.997 else self.character(female)
        if generation or self.rng.random() > 0.12:
            return surname + (generation or self.character(female)) + last
        return surname + last
