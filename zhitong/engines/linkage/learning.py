"""Learning scores from rows: pairs whose identity number settles the matter teach how one person's rows differ,
pairs whose checked numbers differ teach how strangers, neighbours and families agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhitong.engines.linkage import days
from zhitong.engines.linkage.compare import (
    LEVELS,
    Levels,
    Number,
    Telephone,
    levels_of,
    numbers_compared,
    unchecked,
)
from zhitong.engines.linkage.days import Birth
from zhitong.engines.linkage.identity import Writing
from zhitong.engines.linkage.keys import Key, block_pairs, candidate_pairs
from zhitong.engines.linkage.mixing import Flags, Floats, Ints, Words, mixed
from zhitong.engines.linkage.nametable import Likeness, Names, likeness
from zhitong.engines.linkage.params import Params
from zhitong.engines.linkage.problem import Problem
from zhitong.engines.linkage.rates import (
    CHANCE,
    SAME_PERSON,
    STRENGTH,
    Against,
    counted,
    learned,
    learned_numbers,
)
from zhitong.engines.linkage.reading import Reader
from zhitong.engines.linkage.rows import Rows
from zhitong.engines.linkage.scores import FEWEST, Scores

WIDEST = max(len(kind) for kind in LEVELS.values())
EXPECTED = 0.02
"""Pairs about one person for each row, where the rows themselves say nothing; for borrowed numbers for each pair."""
SHARING, BORN_TOGETHER = 0.007, 0.001
"""Pairs of different people with one telephone, and of one surname, day and village, for each row of a register that
has not been learned from."""
SLIPPED_TO_ANOTHER = 0.02
"""The share of wrong numbers that a slip brings within one slip of another person's with the same beginning: two of
the last four characters differ, one of eighteen is wrong, and it is one of the two and becomes the right one."""
ALIKE = (Likeness.SAME, Likeness.SOUND, Likeness.ONE, Likeness.LOST)


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """Pairs with their levels and how much each counts."""

    one: Ints
    other: Ints
    levels: Levels
    birth: Ints
    """The births as they would compare if one row had no identity number."""


def learn(problem: Problem, params: Params | None = None, *, seed: int = 0) -> Scores:
    """Scores learned from the rows of a problem; of few rows little is learned, and expectations stand.

    The same rows in another order give the same scores. ValueError on a negative seed.
    """
    if seed < 0:
        raise ValueError(f"seed must not be negative, not {seed}.")
    rows = problem.rows.taken(np.argsort(row_hashes(problem.rows), kind="stable"))
    most = min((params or Params()).sample_pairs, 20 * len(rows) + 100)
    return _Lesson(rows, most, np.random.default_rng(seed)).scores()


def expected(rows: int, villages: int, bearers: Mapping[str, int] | None = None) -> Scores:
    """Scores for a register of so many rows in so many villages that has not been learned from.

    `bearers` says of some names how many rows have one that sounds so; of any other name one row is supposed to.
    ValueError where the register is no register.
    """
    if rows < 0 or villages < 0:
        raise ValueError("A register has no negative number of rows or villages.")
    plain = learn(Problem(Reader().rows()))
    count, said = max(rows, 2), dict(bearers or {})
    strangers = count * (count - 1) / 2
    neighbours = max(strangers / max(villages, 1), 1.0)
    prior = plain.prior.copy()
    odds = [
        EXPECTED * count / strangers,
        EXPECTED * count / neighbours,
        EXPECTED / SHARING,
        EXPECTED / BORN_TOGETHER,
    ]
    prior[[Against.STRANGER, Against.NEIGHBOUR, Against.SHARER, Against.TWIN]] = np.minimum(
        np.log2(odds), 20.0
    )
    names, often = Names.of(list(said)), np.array(list(said.values()), np.int32)
    same, sound = (_often(hashes, often) for hashes in (names.same, names.sound))
    return replace(
        plain, rows=rows, matches=EXPECTED * count, prior=prior,
        name_hash=same[0], name_count=same[1], sound_hash=sound[0], sound_count=sound[1],
    )  # fmt: skip


def _often(hashes: Words, often: Ints) -> tuple[Words, Ints]:
    """Hashes in order, each once, with the most that was said of it."""
    values, place = np.unique(hashes, return_inverse=True)
    counts = np.zeros(len(values), np.int32)
    np.maximum.at(counts, place, often)
    return values, counts


def row_hashes(rows: Rows) -> Words:
    """(rows,) A number for all that a row holds; rows that hold the same have the same."""
    id_number = rows.id_part(0, 18)
    whole = (id_number, rows.name_hash("same"), rows.village, rows.township)
    plain = (rows.sex, rows.born_on, rows.telephone, rows.id_writing)
    return mixed(*(column.view(np.int64) for column in whole), *plain)


def doubted_rows(rows: Rows) -> Flags:
    """(rows,) Whether the identity number is not believed: it contradicts its row, or rows of other names have it."""
    doubted = rows.suspicious.copy()
    one, other = candidate_pairs(rows, (Key.NUMBER,))
    unlike = likeness(rows.names, rows.name[one], rows.name[other]) >= Likeness.SURNAME
    doubted[one[unlike]] = True
    doubted[other[unlike]] = True
    return doubted


class _Lesson:
    """One pass over the rows; every method asks them one thing."""

    def __init__(self, rows: Rows, most: int, rng: np.random.Generator) -> None:
        self.rows, self.most, self.rng = rows, most, rng
        self.doubted = doubted_rows(rows)
        self.sure = np.flatnonzero(rows.whole & ~self.doubted)
        self.same = {name: np.array(table, np.float64) for name, table in SAME_PERSON.items()}
        self.chance = {against: dict(tables) for against, tables in CHANCE.items()}

    def scores(self) -> Scores:
        """Everything that the rows teach."""
        self._of_strangers()
        self._of_neighbours()
        self._of_coincidence()
        sharing, twins = self._of_sharers(), self._of_twins()
        agreed, weight = self._of_agreed()
        known, alike = self._of_numbers()
        self._of_borrowers(agreed, weight)
        matches = max(weight.sum() / known, alike, min(EXPECTED * len(self.rows), 50.0), EXPECTED / 10)
        borrowed = max((1 - weight).sum(), 0.002 * weight.sum(), EXPECTED)
        shared = np.flatnonzero(agreed.levels.telephone == Telephone.SAME)
        self._of_shared_numbers((1 - weight)[shared].sum() / max(sharing, 1.0))
        checked = weight.sum() / self.same["number"][1:3].sum()
        for name in ("birth", "place"):
            self.chance[Against.TWIN][name] = tuple(self.same[name])
        odds = [matches / sharing, max(checked, 0.5) / borrowed, matches / twins]
        return self._written(matches, odds)

    def _of_strangers(self) -> None:
        if len(self.sure) < 2:
            return
        pair = self.rng.choice(self.sure, self.most), self.rng.choice(self.sure, self.most)
        sample = self._sample(*self._apart(*pair))
        self._taught(Against.STRANGER, sample, ("name", "birth", "telephone", "sex", "place", "number"))

    def _of_neighbours(self) -> None:
        rows = self.sure[self.rows.village[self.sure] != 0]
        order = rows[np.argsort(self.rows.village[rows], kind="stable")]
        village = self.rows.village[order]
        if len(order) < 2:
            return
        start, stop = np.searchsorted(village, village), np.searchsorted(village, village, side="right")
        first = self.rng.integers(0, len(order), self.most)
        second = self.rng.integers(start[first], stop[first])
        sample = self._sample(*self._apart(order[first], order[second]))
        self._taught(Against.NEIGHBOUR, sample, ("name", "birth", "telephone", "sex", "number"))

    def _of_sharers(self) -> float:
        """Learn from different people with one telephone; return how many such pairs there are."""
        one, other = candidate_pairs(self.rows, (Key.TELEPHONE,))
        checked = self.rows.whole & ~self.doubted
        both = np.flatnonzero(checked[one] & checked[other])
        apart = both[self.rows.id_text[one[both]] != self.rows.id_text[other[both]]]
        kept = apart if len(apart) <= self.most else self.rng.choice(apart, self.most, replace=False)
        self._taught(
            Against.SHARER, self._sample(one[kept], other[kept]), ("name", "birth", "sex", "place", "number")
        )
        share = (len(apart) + 1.0) / (len(both) + 3.0)
        return max(share * len(one), min(EXPECTED * len(self.rows), 0.5), EXPECTED)

    def _of_twins(self) -> float:
        """Learn from people of one surname born on one day in one village; return how many such pairs there are."""
        rows = self.sure[self.rows.village[self.sure] != 0]
        place, family = (
            self.rows.village[rows].view(np.int64),
            self.rows.name_hash("surname")[rows].view(np.int64),
        )
        found = list(block_pairs(rows, mixed(place, family, self.rows.id_born_on[rows]), 20))
        empty = np.zeros(0, np.int64)
        one, other = (np.concatenate([empty, *column]) for column in zip((empty, empty), *found, strict=True))
        one, other = self._apart(one, other)
        self._taught(Against.TWIN, self._sample(one, other), ("name", "telephone", "sex", "number"))
        believed = (len(self.sure) + 1) / (len(self.rows) + 1)
        return float((len(one) + min(EXPECTED * max(len(self.rows), 1) / 10, 0.5)) / believed**2)

    def _of_agreed(self) -> tuple[_Sample, Floats]:
        """Pairs with the same whole number, and how likely each is one person; learn how one person's rows differ."""
        sample = self._sample(*self._same_numbers())
        weight = np.where(np.isin(sample.levels.name, (*ALIKE, Likeness.UNKNOWN)), 1.0, 0.0)
        family = self.chance[Against.SHARER]["name"]
        for _ in range(3):
            for name in ("name", "telephone", "sex", "place"):
                self.same[name] = learned(counted(sample.levels, name, weight), SAME_PERSON[name])
            ratio = np.append(1.0, self.same["name"][1:] / np.array(family)[1:])[sample.levels.name]
            odds = (weight.sum() + 1.0) / ((1 - weight).sum() + 0.004 * len(weight) + 0.004)
            weight = ratio * odds / (1 + ratio * odds)
        births = np.bincount(sample.birth, weights=weight, minlength=len(Birth)).astype(np.float64)
        self.same["birth"] = learned(births, SAME_PERSON["birth"])
        return sample, weight

    def _of_numbers(self) -> tuple[float, float]:
        """Learn numbers from rows that agree in name, telephone and village.

        Returns the share of such pairs with the same whole number, and how many pairs agree in name and telephone.
        """
        one, other = candidate_pairs(self.rows, (Key.TELEPHONE,))
        alike = likeness(self.rows.names, self.rows.name[one], self.rows.name[other]) == Likeness.SAME
        one, other = one[alike], other[alike]
        near = (self.rows.village[one] == self.rows.village[other]) & (self.rows.village[one] != 0)
        levels = levels_of(self.rows, one[near], other[near], self.doubted)
        lost = np.isin(self.rows.id_writing, (Writing.ROUNDED, Writing.PIECE))
        cut = (lost[one[near]] | lost[other[near]]) & (levels.number != Number.UNKNOWN)
        same = learned_numbers(counted(levels, "number"), SAME_PERSON["number"], int(cut.sum()))
        self.same["number"] = same
        settled = np.isin(levels.number, (Number.SAME, Number.DOUBTED)).sum()
        return float((settled + 8.0) / (near.sum() + 10.0)), float(alike.sum())

    def _of_borrowers(self, agreed: _Sample, weight: Floats) -> None:
        tables = self.chance[Against.BORROWER]
        for name in ("name", "telephone", "place"):
            before = self.chance[Against.SHARER]["name"] if name == "name" else tables[name]
            tables[name] = tuple(learned(counted(agreed.levels, name, 1 - weight), tuple(before)))
        suspicious = numbers_compared(self.rows, agreed.one, agreed.other, self.rows.suspicious)
        counts = np.bincount(suspicious, weights=1 - weight, minlength=len(Number))[:3].astype(np.float64)
        tables["number"] = (*learned(counts, tables["number"][:3]), *tables["number"][3:])

    def _of_shared_numbers(self, share: float) -> None:
        """How often two people with one telephone also stand with one number."""
        table = np.array(self.chance[Against.SHARER]["number"])
        table[1:3] = np.maximum(share, 1e-4) * np.array(self.chance[Against.BORROWER]["number"])[1:3]
        self.chance[Against.SHARER]["number"] = tuple(table)

    def _taught(self, against: Against, sample: _Sample, names: tuple[str, ...]) -> None:
        tables = self.chance[against]
        for name in names:
            if name == "birth":
                counts = np.bincount(sample.birth, minlength=len(Birth)).astype(np.float64)
                tables[name] = tuple(learned(counts, tables[name]))
            elif name == "number":
                tables[name] = tuple(self._chance_numbers(sample, tables[name]))
            else:
                tables[name] = tuple(learned(counted(sample.levels, name), tables[name]))

    def _chance_numbers(self, sample: _Sample, before: tuple[float, ...]) -> Floats:
        """How whole numbers of different people would compare if one were not checked, or had lost its end."""
        seen = unchecked(self.rows, sample.one, sample.other)
        counts = np.bincount(seen, minlength=len(Number)).astype(np.float64)
        found = np.array(before)
        found[[4, 5, 7]] = learned(counts[[0, 4, 5, 7]], (0, before[4], before[5], before[7]))[1:]
        first = self.rows.id_part(0, 15)
        found[6] = _share((first[sample.one] == first[sample.other]).sum(), len(seen), before[6])
        return found

    def _of_coincidence(self) -> None:
        """Count exactly how often numbers of strangers and of neighbours have the same beginning."""
        village = self.rows.village[self.sure].view(np.int64)
        parts = [self.rows.id_part(0, stop)[self.sure].view(np.int64) for stop in (14, 15)]
        slips = self._slips(parts[0])
        for against, where in ((Against.STRANGER, np.zeros_like(village)), (Against.NEIGHBOUR, village)):
            table = np.array(self.chance[against]["number"])
            total = _pairs_within(mixed(where))
            begun, longer = (_pairs_within(mixed(where, part)) for part in parts)
            table[Number.NEAR_END] = _share(begun * slips, total, CHANCE[against]["number"][Number.NEAR_END])
            table[Number.CUT] = _share(longer, total, CHANCE[against]["number"][Number.CUT])
            self.chance[against]["number"] = tuple(table)

    def _slips(self, beginning: Ints) -> float:
        """Of different numbers with the same first fourteen characters, the share that one slip parts.

        Whole numbers are rarely so near; one that is not checked may have slipped there.
        """
        found, seen = 0, 0
        for one, other in block_pairs(self.sure, mixed(beginning), 60):
            apart = self._apart(one[: self.most], other[: self.most])
            found += int((unchecked(self.rows, *apart) == Number.NEAR_END).sum())
            seen += len(apart[0])
            if seen > self.most:
                break
        return max((found + 1.0) / (seen + 50.0), SLIPPED_TO_ANOTHER)

    def _sample(self, one: Ints, other: Ints) -> _Sample:
        levels = levels_of(self.rows, one, other, self.doubted)
        nothing = np.zeros(len(other), np.int32)
        told = (self.rows.id_born_on[one], self.rows.born_on[one])
        birth = days.compared(told, (nothing, self.rows.born_on[other]))
        # Sexes are left out of `levels` where the numbers settle them; here it is they that are to be learned.
        stated = self.rows.sex[one], self.rows.sex[other]
        sex = np.where((stated[0] > 0) & (stated[1] > 0), np.where(stated[0] == stated[1], 1, 2), 0).astype(
            np.int8
        )
        return _Sample(one, other, replace(levels, sex=sex), birth)

    def _apart(self, one: Ints, other: Ints) -> tuple[Ints, Ints]:
        apart = self.rows.id_text[one] != self.rows.id_text[other]
        return one[apart], other[apart]

    def _same_numbers(self) -> tuple[Ints, Ints]:
        one, other = candidate_pairs(self.rows, (Key.NUMBER,))
        whole = self.rows.whole
        kept = whole[one] & whole[other]
        return one[kept], other[kept]

    def _written(self, matches: float, odds: list[float]) -> Scores:
        rows = len(self.rows)
        strangers, neighbours = max(rows * (rows - 1) / 2, 1.0), _pairs_within(self.rows.village)
        prior = np.log2([matches / strangers, matches / max(neighbours, 1.0), *odds])
        names = _common(self.rows.name_hash("same")), _common(self.rows.name_hash("sound"))
        return Scores(
            rows=rows,
            matches=float(matches),
            prior=np.minimum(prior, 20.0),
            same=_stacked(self.same),
            chance=np.stack([_stacked(self.chance[against]) for against in Against]),
            name_hash=names[0][0],
            name_count=names[0][1],
            sound_hash=names[1][0],
            sound_count=names[1][1],
            crowding=self._crowding(),
        )

    def _crowding(self) -> float:
        """How many times as often two neighbours have one name as two strangers have."""
        rows = self.sure[self.rows.village[self.sure] != 0]
        name, village = self.rows.name_hash("same")[rows], self.rows.village[rows]
        both = mixed(name.view(np.int64), village.view(np.int64))
        apart = sum(
            int((self.rows.id_text[one] != self.rows.id_text[other]).sum())
            for one, other in block_pairs(rows, both, 400)
        )
        anywhere = _pairs_within(name) / max(len(rows) * (len(rows) - 1) / 2, 1.0)
        return float(np.clip((apart + 5.0) / (anywhere * _pairs_within(village) + 5.0), 1.0, 100.0))


def _share(count: float, total: float, before: float) -> float:
    return float((count + STRENGTH * before) / (total + STRENGTH))


def _pairs_within(values: Words) -> float:
    """How many pairs have the same value, 0 not counted."""
    counts = np.unique(values[values != 0], return_counts=True)[1].astype(np.float64)
    return float((counts * (counts - 1) / 2).sum())


def _common(hashes: Words) -> tuple[Words, Ints]:
    values, counts = np.unique(hashes[hashes != 0], return_counts=True)
    kept = counts >= FEWEST
    return values[kept], counts[kept].astype(np.int32)


def _stacked(tables: Mapping[str, Any]) -> Floats:
    """(6, 8) The tables in the order of `LEVELS`, filled up with 1."""
    found = np.ones((len(LEVELS), WIDEST))
    for row, name in enumerate(LEVELS):
        found[row, : len(tables[name])] = tables[name]
    return found
