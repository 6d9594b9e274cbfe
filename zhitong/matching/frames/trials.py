"""One market solved by two sets of rules: who would gain, who would lose, measured by both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from zhitong.engines.matching import Plan, points_of
from zhitong.matching.frames.market import Market, propose
from zhitong.matching.frames.reading import NONE, Table
from zhitong.matching.models import RuleSet, TrialChange
from zhitong.matching.stages import Limit

CHANGE_COLUMNS = (
    "trial_id", "city_id", "county_id", "town_id", "village_id", "worker_id", "kind", "before_id", "after_id",
    "before_by_old", "after_by_old", "before_by_new", "after_by_new",
)  # fmt: skip
MOST_OF_A_KIND = 20_000
"""So many people of each kind of change are kept, those with the largest change first; all are counted."""
PIECE = 65_536
KINDS = tuple(TrialChange.Kind.values)


class Outcome:
    """Two plans for one market side by side; deliberately no dataclass, as ``Findings`` is none."""

    def __init__(self, market: Market, old: Plan, new: Plan, *, same_frame: bool, stopped: bool) -> None:
        self.market, self.old, self.new, self.same_frame, self.stopped = market, old, new, same_frame, stopped
        self.before = old.post.astype(np.int64)
        self.after = new.post.astype(np.int64)
        self.by_old = self._fits(old)
        self.by_new = self._fits(new)
        self.kind = self._kinds()

    def _fits(self, plan: Plan) -> tuple[Table, Table]:
        """Return (workers,) the fit with the post before and after, by the rules of ``plan``; 0 without a post."""
        return self._points(plan, self.before), self._points(plan, self.after)

    def _points(self, plan: Plan, post: Table) -> Table:
        fits = np.zeros(len(post), np.int64)
        placed = np.flatnonzero(post >= 0)
        for start in range(0, len(placed), PIECE):
            rows = placed[start : start + PIECE]
            points = points_of(self.market.problem, plan.params, rows, post[rows])
            fits[rows] = points.sum(axis=1, dtype=np.int64)
        return fits

    def _kinds(self) -> np.ndarray:
        """Return (workers,) which of ``KINDS`` a change is; -1 where nothing changes."""
        old, new = self.by_old[1] - self.by_old[0], self.by_new[1] - self.by_new[0]
        changed = self.before != self.after
        both = changed & (self.before >= 0) & (self.after >= 0)
        cases = [
            changed & (self.before < 0),
            changed & (self.after < 0),
            both & (old >= 0) & (new >= 0) & (old + new > 0),
            both & (old <= 0) & (new <= 0) & (old + new < 0),
            both & (old * new < 0),
        ]
        return np.select(cases, list(range(len(KINDS))), NONE)

    def rows(self, number: int) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``CHANGE_COLUMNS`` for each person kept, by kind, the largest change first."""
        size = np.abs(self.by_new[1] - self.by_new[0]) + np.abs(self.by_old[1] - self.by_old[0])
        for code, kind in enumerate(KINDS):
            rows = np.flatnonzero(self.kind == code)
            rows = rows[np.lexsort((rows, -size[rows]))][:MOST_OF_A_KIND]
            yield from self._rows(number, kind, rows)

    def _rows(self, number: int, kind: str, rows: Table) -> Iterator[tuple[Any, ...]]:
        keys = self.market.openings.keys
        posts = [np.where(one[rows] >= 0, keys[one[rows]], NONE) for one in (self.before, self.after)]
        fits = [one[rows] for pair in (self.by_old, self.by_new) for one in pair]
        columns = [self.market.people.places[rows].T, self.market.people.keys[rows], *posts, *fits]
        for city, county, town, village, worker, before, after, *points in np.vstack(columns).T.tolist():
            places = (None if key == NONE else key for key in (city, county, town, village))
            both = (None if key == NONE else key for key in (before, after))
            yield (number, *places, worker, kind, *both, *points)

    def summary(self) -> dict[str, Any]:
        """Return the comparison in figures, fit for JSON; keys of places and occupations as numbers."""
        counts = {kind: int((self.kind == code).sum()) for code, kind in enumerate(KINDS)}
        return {
            "workers": len(self.before),
            "placed": [int((self.before >= 0).sum()), int((self.after >= 0).sum())],
            "counts": counts,
            "kept": {kind: min(count, MOST_OF_A_KIND) for kind, count in counts.items()},
            "by_old": [int(one.sum()) for one in self.by_old],
            "by_new": [int(one.sum()) for one in self.by_new],
            "gaps": [round(plan.gap, 6) for plan in (self.old, self.new)],
            "same_frame": self.same_frame,
            "stopped": self.stopped,
            "places": self._by_place(),
            "trades": self._by_trade(),
        }

    def _by_place(self) -> list[list[int]]:
        """Return place key, people, placed before and after, and how many gain, lose, fare better and worse."""
        places = self.market.people.places
        level = 2 if len(np.unique(places[:, 1])) <= 1 else 1
        keys, row = np.unique(places[:, level], return_inverse=True)
        masks = [np.ones(len(row), bool), self.before >= 0, self.after >= 0]
        masks += [self.kind == code for code in range(4)]
        counted = [np.bincount(row[mask], minlength=len(keys)) for mask in masks]
        return np.stack([keys, *counted], axis=1).tolist()

    def _by_trade(self) -> list[list[int]]:
        """Return middle class of occupations with the people placed in it before and after."""
        middle = self.market.problem.trees.occupation[:, 1]
        offered, classes = self.market.problem.posts.occupation, len(middle)
        counts = []
        for given in (self.before, self.after):
            occupation = offered[given[given >= 0]]
            counts.append(np.bincount(middle[occupation[occupation >= 0]], minlength=classes))
        there = np.flatnonzero(counts[0] + counts[1])
        rows = np.stack([self.market.codes.occupations[there], counts[0][there], counts[1][there]], axis=1)
        return sorted(rows.tolist(), key=lambda one: -abs(one[2] - one[1]))


def compared(
    market: Market, *, seed: int, rules: RuleSet | None, tried: RuleSet, digest: str,
    limit: Callable[[], Limit],
) -> Outcome:  # fmt: skip
    """Solve one market by the rules of a round and by those that are tried, with the same seed.

    ``limit`` begins the time of one computation: both have the same, so that neither is cut short for the other.
    ``digest`` is that of the problem when the round was held: the outcome says whether it is still the same.
    """
    first = limit()
    old = propose(market, seed=seed, rules=rules, stop=first)
    second = limit()
    new = propose(market, seed=seed, rules=tried, stop=second)
    same_frame, stopped = old.problem_digest == digest, first.reached or second.reached
    return Outcome(market, old, new, same_frame=same_frame, stopped=stopped)
