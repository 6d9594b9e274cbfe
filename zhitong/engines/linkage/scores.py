"""What a register teaches about pairs: bits for and against, and which names are common."""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.linkage.compare import LEVELS, Levels, Number, Place, Telephone, levels_of
from zhitong.engines.linkage.days import Birth
from zhitong.engines.linkage.mixing import Flags, Floats, Ints, Words
from zhitong.engines.linkage.nametable import Likeness
from zhitong.engines.linkage.rates import Against
from zhitong.engines.linkage.rows import Rows

PARTS = ("prior", "name", "identity", "telephone", "sex", "place")
"""The contributions to a score, in the order of `Scored.parts`. Identity is number and birth together."""
NEVER = 200.0
"""Bits of an alternative that a pair rules out."""
FEWEST = 3
"""Names that fewer rows have count as rare and are not listed."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Learned scores: plain arrays, which `to_bytes` stores and `from_bytes` reads.

    Besides shares it holds hashes of the names that at least three rows have, and how many have them; no other value
    of any row.
    """

    rows: int
    """How many rows they were learned from."""
    matches: float
    """Pairs of rows about one person that these rows are estimated to hold."""
    prior: Floats
    """(5,) Bits for being one person, by `Against`, before anything is compared."""
    same: Floats
    """(6, 8) Shares of the levels of each comparison among pairs about one person."""
    chance: Floats
    """(5, 6, 8) The same among pairs of different people, by `Against`."""
    name_hash: Words
    name_count: Ints
    sound_hash: Words
    sound_count: Ints
    crowding: float
    """How many times likelier the same name is in one village than anywhere."""

    def to_bytes(self) -> bytes:
        """The scores for storing."""
        held = io.BytesIO()
        arrays: dict[str, Any] = {entry.name: np.asarray(getattr(self, entry.name)) for entry in fields(self)}
        np.savez_compressed(held, **arrays)
        return held.getvalue()

    @classmethod
    def from_bytes(cls, given: bytes) -> Scores:
        """Scores as they were stored; ValueError on anything else."""
        try:
            with np.load(io.BytesIO(given), allow_pickle=False) as held:
                arrays: dict[str, Any] = {entry.name: held[entry.name] for entry in fields(cls)}
        except (OSError, EOFError, KeyError, ValueError) as fault:
            raise ValueError("These are not stored scores.") from fault
        plain = {"rows": int(arrays["rows"]), "matches": float(arrays["matches"])}
        return cls(**{**arrays, **plain, "crowding": float(arrays["crowding"])})

    def share_of(self, hashes: Words, kind: str) -> Floats:
        """(names,) The share of rows that have a name (`name`) or one read like it (`sound`), never 0."""
        known, counts = getattr(self, f"{kind}_hash"), getattr(self, f"{kind}_count")
        if not len(known):
            return np.full(len(hashes), _share(1, self.rows))
        at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        return _share(np.where(known[at] == hashes, counts[at], 1), self.rows)


def _share(count: Any, rows: int) -> Floats:
    """A cautious share: as if 20,000 rows more had been seen, among which every name stands once."""
    return np.asarray((count + 1.0) / (rows + 20_000.0), np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """(pairs,) Bits for each pair, what each comparison contributed, and against whom the pair was held."""

    bits: Floats
    parts: npt.NDArray[np.float32]
    """(pairs, PARTS) They add up to the bits."""
    against: Ints
    levels: Levels


def score(
    pairs: tuple[Ints, Ints],
    rows: Rows,
    scores: Scores,
    doubted: Flags | None = None,
    crowd: Ints | None = None,
) -> Scored:
    """The bits of pairs (two columns of positions).

    `doubted` flags rows whose identity number is not believed (`Rows.suspicious` where it is left out); `crowd` says
    how many rows have the telephone of a row. A pair is scored against a stranger, a neighbour, a sharer of the
    telephone and a borrower of the number, as far as they apply, and the least of these is its score.
    """
    one, other = pairs
    levels = levels_of(rows, one, other, rows.suspicious if doubted is None else doubted)
    sharers = np.ones(len(one)) if crowd is None else np.maximum(crowd[one] - 1, 1)
    found = [_parts(levels, rows, one, scores, against, sharers) for against in Against]
    totals = np.stack([parts.sum(axis=1) for parts in found])
    against = totals.argmin(axis=0)
    parts = np.stack(found)[against, np.arange(len(one))]
    return Scored(parts.sum(axis=1).astype(np.float64), parts, against.astype(np.int8), levels)


def _parts(
    levels: Levels, rows: Rows, one: Ints, scores: Scores, against: Against, sharers: Floats
) -> npt.NDArray[np.float32]:
    bits = {name: _bits(levels, name, scores, against) for name in LEVELS}
    if against in (Against.STRANGER, Against.NEIGHBOUR):
        bits["name"] = _rarity(levels, rows, one, scores, against, bits["name"])
    parts = np.zeros((len(one), len(PARTS)), np.float32)
    parts[:, 0] = scores.prior[against] + np.where(applies(levels, against), 0.0, NEVER)
    if against == Against.SHARER:
        parts[:, 0] -= np.log2(np.maximum(sharers / 2, 1.0))
    parts[:, 1] = bits["name"]
    parts[:, 2] = bits["number"] + bits["birth"]
    for place, name in enumerate(("telephone", "sex", "place"), start=3):
        parts[:, place] = bits[name]
    return parts


def applies(levels: Levels, against: Against) -> Flags:
    """(pairs,) Whether two different people of this kind could be in a pair."""
    if against == Against.NEIGHBOUR:
        return np.asarray(levels.place == Place.SAME, np.bool_)
    if against == Against.SHARER:
        return np.asarray(levels.telephone == Telephone.SAME, np.bool_)
    if against == Against.BORROWER:
        return np.isin(levels.number, (Number.SAME, Number.DOUBTED))
    if against == Against.TWIN:
        return _could_be_twins(levels)
    return np.ones(len(levels.name), np.bool_)


def _could_be_twins(levels: Levels) -> Flags:
    born = np.isin(levels.birth, (Birth.SAME, Birth.LUNAR, Birth.NEW_YEAR))
    born |= np.isin(levels.number, (Number.NEAR, Number.NEAR_END, Number.CUT))
    near = (levels.place == Place.SAME) | (levels.telephone == Telephone.SAME)
    return np.asarray(born & near & (levels.name <= Likeness.SURNAME), np.bool_)


def _bits(levels: Levels, name: str, scores: Scores, against: Against) -> Floats:
    row, size = list(LEVELS).index(name), len(LEVELS[name])
    table = np.zeros(size)
    table[1:] = np.log2(scores.same[row, 1:size] / scores.chance[against, row, 1:size])
    return np.asarray(table[getattr(levels, name)], np.float64)


def _rarity(levels: Levels, rows: Rows, one: Ints, scores: Scores, against: Against, bits: Floats) -> Floats:
    """Bits of the name, where the same name or the same sound counts by how rare it is."""
    factor = scores.crowding if against == Against.NEIGHBOUR else 1.0
    for level, kind, hashed in ((Likeness.SAME, "name", "same"), (Likeness.SOUND, "sound", "sound")):
        at = np.flatnonzero(levels.name == level)
        share = scores.share_of(rows.name_hash(hashed)[one[at]], kind)
        bits[at] = np.log2(scores.same[0, level] / np.minimum(share * factor, 1.0))
    return bits
