"""From a problem to a plan: find pairs worth comparing, score them, join the sure ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from zhitong.engines.linkage.clusters import Clusters, confirmed, linked
from zhitong.engines.linkage.compare import Levels, Number, Telephone
from zhitong.engines.linkage.days import Birth
from zhitong.engines.linkage.keys import Key, candidate_pairs
from zhitong.engines.linkage.learning import doubted_rows, row_hashes
from zhitong.engines.linkage.mixing import Flags, Ints, mixed
from zhitong.engines.linkage.nametable import Likeness
from zhitong.engines.linkage.params import Params
from zhitong.engines.linkage.plan import Plan, Reason, Verdict
from zhitong.engines.linkage.problem import Problem
from zhitong.engines.linkage.scores import Scored, Scores, score

LARGEST_CLOSURE = 40
"""Of clusters up to this size every pair is compared."""
BATCH = 250_000


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Scored pairs that count for something, in order of their rows."""

    one: Ints
    other: Ints
    scored: Scored


def planned(problem: Problem, params: Params, scores: Scores, seed: int, first: int | None = None) -> Plan:
    """The plan of a problem under scores learned before; with `first` only pairs with one of the first rows."""
    return _Solving(problem, params, scores, first).plan(seed)


class _Solving:
    def __init__(self, problem: Problem, params: Params, scores: Scores, first: int | None) -> None:
        self.problem, self.rows, self.params, self.scores = problem, problem.rows, params, scores
        self.first = first
        self.doubted = doubted_rows(self.rows)
        self.crowd = _crowd(self.rows.telephone)

    def plan(self, seed: int) -> Plan:
        found = self._scored(*self._candidates())
        found = self._closed(found)
        sure = found.scored.bits >= self.params.same_bits
        allowed = joins_by_itself(found.scored.levels)
        clusters, unmet = self._clusters(found)
        order = self._best_first(found, np.flatnonzero(sure & allowed))
        linked(clusters, zip(found.one[order].tolist(), found.other[order].tolist(), strict=True))
        return self._written(found, clusters, unmet, seed)

    def _candidates(self) -> tuple[Ints, Ints]:
        pairs = candidate_pairs(self.rows, tuple(Key), self._settled_apart, self.first)
        told = np.concatenate([self.problem.fixed, self.problem.rejected])
        if not len(told):
            return pairs
        count = len(self.rows)
        packed = np.unique(np.append(pairs[0] * count + pairs[1], told[:, 0] * count + told[:, 1]))
        return packed // count, packed % count

    def _settled_apart(self, one: Ints, other: Ints) -> Flags:
        """Two checked and believed numbers that differ need no comparing."""
        good = self.rows.whole & ~self.doubted
        both = good[one] & good[other]
        both[both] = self.rows.id_text[one[both]] != self.rows.id_text[other[both]]
        return both

    def _scored(self, one: Ints, other: Ints) -> _Found:
        """Score in batches and keep what is shown, joined, or decided by people."""
        told = self._decided(one, other)
        kept = []
        for start in range(0, max(len(one), 1), BATCH):
            part = slice(start, start + BATCH)
            scored = score((one[part], other[part]), self.rows, self.scores, self.doubted, self.crowd)
            worth = (scored.bits >= self.params.review_bits) | told[part]
            kept.append(_Found(one[part][worth], other[part][worth], _taken(scored, worth)))
        return _merged(kept)

    def _decided(self, one: Ints, other: Ints) -> Flags:
        told = np.concatenate([self.problem.fixed, self.problem.rejected])
        return np.isin(one * len(self.rows) + other, told[:, 0] * len(self.rows) + told[:, 1])

    def _closed(self, found: _Found) -> _Found:
        """Add all pairs of rows that sure pairs connect, so that nothing is joined unseen."""
        sure = found.scored.bits >= self.params.same_bits
        chains = Clusters({}, ())
        confirmed(chains, self.problem.fixed)
        linked(chains, zip(found.one[sure].tolist(), found.other[sure].tolist(), strict=True))
        count = len(self.rows)
        inside = np.array([a * count + b for a, b in _inside(chains)], np.int64)
        more = np.setdiff1d(inside, found.one * count + found.other)
        if not len(more):
            return found
        one, other = more // count, more % count
        scored = score((one, other), self.rows, self.scores, self.doubted, self.crowd)
        return _merged([found, _Found(one, other, scored)])

    def _clusters(self, found: _Found) -> tuple[Clusters, list[tuple[int, int]]]:
        """Clusters of what people have confirmed, with everything that must stay apart."""
        checked = np.flatnonzero(self.rows.whole)
        checked = np.intersect1d(checked, np.concatenate([found.one, found.other]))
        numbers = mixed(self.rows.id_part(0, 18)[checked].view(np.int64)).tolist()
        foes = [tuple(pair) for pair in self.problem.rejected.tolist()]
        clusters = Clusters(dict(zip(checked.tolist(), numbers, strict=True)), foes)
        unmet = confirmed(clusters, self.problem.fixed)
        apart = (found.scored.bits < self.params.apart_bits) | looks_like_twins(found.scored.levels)
        apart &= ~_among(found, self.problem.fixed, len(self.rows))
        clusters.keep_apart(zip(found.one[apart].tolist(), found.other[apart].tolist(), strict=True))
        return clusters, unmet

    def _best_first(self, found: _Found, sure: Ints) -> Ints:
        """The positions of sure pairs by falling bits; what the rows hold, not where they stand, breaks ties."""
        hashes = row_hashes(self.rows)
        one, other = hashes[found.one[sure]], hashes[found.other[sure]]
        order = np.lexsort((np.maximum(one, other), np.minimum(one, other), -found.scored.bits[sure]))
        return np.asarray(sure[order], np.int64)

    def _written(self, found: _Found, clusters: Clusters, unmet: list[tuple[int, int]], seed: int) -> Plan:
        cluster = np.arange(len(self.rows), dtype=np.int64)
        for head, members in clusters.joined().items():
            cluster[members] = head
        together = cluster[found.one] == cluster[found.other]
        rejected = _among(found, self.problem.rejected, len(self.rows))
        shown = together | (found.scored.bits >= self.params.review_bits) & ~rejected
        kept = _Found(found.one[shown], found.other[shown], _taken(found.scored, shown))
        return Plan(
            row_a=kept.one,
            row_b=kept.other,
            bits=kept.scored.bits,
            verdict=np.where(together[shown], int(Verdict.SAME), int(Verdict.REVIEW)).astype(np.int8),
            reason=self._reasons(kept, together[shown]),
            parts=kept.scored.parts,
            against=kept.scored.against,
            cluster=cluster,
            unmet=np.array(unmet, np.int64).reshape(-1, 2),
            params=self.params,
            seed=seed,
            problem_digest=self.problem.digest(),
        )

    def _reasons(self, kept: _Found, together: Flags) -> Ints:
        sure, levels = kept.scored.bits >= self.params.same_bits, kept.scored.levels
        allowed = joins_by_itself(levels)
        alone = ~something_besides_name(levels)
        cases = [
            _among(kept, self.problem.fixed, len(self.rows)) & together,
            together & ~(sure & allowed),
            together | ~sure,
            levels.number == Number.CLASH,
            alone,
            ~allowed,
        ]
        return np.select(cases, _CODES, Reason.CLUSTER).astype(np.int8)


_CODES = [
    Reason.CONFIRMED,
    Reason.THROUGH,
    Reason.SCORE,
    Reason.TWO_NUMBERS,
    Reason.NAME_ALONE,
    Reason.OTHER_NAME,
]


def joins_by_itself(levels: Levels) -> Flags:
    """(pairs,) Whether a pair may be joined without being asked, sure as it may be.

    Not two whole numbers that differ, and not two names that differ unless the numbers are the same, or the same
    but for a slip before the last four characters. Twins share birth, village, telephone and the head of the number,
    and one of them often stands in a list without a number.
    """
    names = np.isin(levels.name, (Likeness.SAME, Likeness.SOUND, Likeness.ONE, Likeness.LOST))
    settled = np.isin(levels.number, (Number.SAME, Number.DOUBTED))
    settled |= (levels.number == Number.NEAR) & names
    named = (levels.name == Likeness.SAME) & something_besides_name(levels)
    return np.asarray((levels.number != Number.CLASH) & (settled | named), np.bool_)


def something_besides_name(levels: Levels) -> Flags:
    """(pairs,) Whether number, birth or telephone agree at least nearly: name and place alone never settle it."""
    number = np.isin(levels.number, (Number.SAME, Number.DOUBTED, Number.NEAR, Number.NEAR_END, Number.CUT))
    birth = np.isin(levels.birth, (Birth.SAME, Birth.LUNAR, Birth.NEW_YEAR, Birth.SLIP))
    return np.asarray(number | birth | np.isin(levels.telephone, (Telephone.SAME, Telephone.SLIP)), np.bool_)


def looks_like_twins(levels: Levels) -> Flags:
    """(pairs,) Whether names differ by more than their sound, and no identity number settles the matter."""
    unlike = levels.name >= Likeness.ONE
    settled = np.isin(levels.number, (Number.SAME, Number.DOUBTED, Number.NEAR))
    return np.asarray(unlike & ~settled, np.bool_)


def _crowd(telephones: Ints) -> Ints:
    """(rows,) How many rows have the telephone of a row; 0 without one."""
    _values, place, counts = np.unique(telephones, return_inverse=True, return_counts=True)
    return np.where(telephones != 0, counts[place], 0)


def _inside(chains: Clusters) -> Iterator[tuple[int, int]]:
    for members in chains.joined().values():
        if 2 < len(members) <= LARGEST_CLOSURE:
            yield from combinations(sorted(members), 2)


def _among(found: _Found, pairs: Ints, rows: int) -> Flags:
    return np.isin(found.one * rows + found.other, pairs[:, 0] * rows + pairs[:, 1])


def _taken(scored: Scored, where: Flags | Ints) -> Scored:
    return Scored(scored.bits[where], scored.parts[where], scored.against[where], scored.levels.taken(where))


def _merged(pieces: list[_Found]) -> _Found:
    """Several lists of pairs as one, in order of their rows."""
    one, other = (np.concatenate([getattr(piece, name) for piece in pieces]) for name in ("one", "other"))
    order = np.lexsort((other, one))
    scored = [piece.scored for piece in pieces]
    levels = Levels(
        *(np.concatenate([getattr(each.levels, name) for each in scored])[order] for name in Levels.__slots__)
    )
    bits, parts, against = (
        np.concatenate([getattr(each, name) for each in scored])[order]
        for name in ("bits", "parts", "against")
    )
    return _Found(one[order], other[order], Scored(bits, parts, against, levels))
