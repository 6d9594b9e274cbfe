"""Entries of the register as rows of the linkage engine, and its plan as pairs of entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zhitong.engines.linkage import Plan, Problem, Reader, Scores, Verdict, learn, solve
from zhitong.kernel.models import Org

from ..actions import Alike
from ..models import LinkDecision, Worker
from .duplicates import reasons_of, texts_of

PORTION = 20_000


@dataclass(frozen=True)
class Search:
    """What a search found: pairs sure enough to be merged, the surest first, and pairs for people to look at."""

    sure: tuple[Alike, ...]
    doubtful: tuple[Alike, ...]


class Entries:
    """All entries in the care of a place as the engine has them; numbers are opened in this process only.

    ``tell`` hears how many have been read, some thousands at a time.
    """

    def __init__(self, place: Org, tell: Callable[[int], None] | None = None) -> None:
        self.keys: list[int] = []
        places, reader = [], Reader()
        for portion in _portions(Worker.objects.active().filter(**{str(place.level): place})):
            self.keys += [one[0] for one in portion]
            places += [one[-2:] for one in portion]
            reader.add(list(zip(*(texts_of(*one[1:6]) for one in portion), strict=True)))
            if tell is not None:
                tell(len(self.keys))
        village, township = np.array(places, np.uint64).reshape(-1, 2).T
        self.problem = Problem(
            replace(reader.rows(), village=village, township=township), rejected=_told_apart(self.keys)
        )

    def __len__(self) -> int:
        return len(self.keys)

    def learned(self, *, seed: int = 0) -> Scores:
        """Return what the entries teach about pairs."""
        return learn(self.problem, seed=seed)

    def compared(self, scores: Scores, *, seed: int = 0) -> Search:
        """Compare all with each other; what people said is no one person is not found again.

        Raises ``AssertionError`` when the engine's plan breaks one of its own rules.
        """
        plan = solve(self.problem, seed=seed, scores=scores)
        broken = plan.broken_rules(self.problem)
        assert not broken, broken[0].sentence
        return _found(plan, self.keys)


def _portions(rows: Any) -> Iterator[list[tuple[Any, ...]]]:
    """Yield entries by key, so many at a time, with the numbers sealed."""
    columns = ("pk", "id_number", "name", "sex", "birth_on", "telephone", "village_id", "town_id")
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk").values_list(*columns)[:PORTION]):
        last = portion[-1][0]
        yield portion


def _told_apart(keys: list[int]) -> Any:
    """Return the positions of pairs that somebody has told apart; a merged entry speaks for its person."""
    at = {key: position for position, key in enumerate(keys)}
    rejected = LinkDecision.objects.standing().filter(kind=LinkDecision.Kind.REJECT)
    ends = rejected.values_list("kept_id", "kept__merged_into", "other_id", "other__merged_into")
    pairs = {
        (at[one], at[other])
        for kept, kept_into, apart, apart_into in ends
        if (one := kept_into or kept) in at and (other := apart_into or apart) in at and one != other
    }
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def _found(plan: Plan, keys: list[int]) -> Search:
    pairs = [_alike(plan, at, keys) for at in np.argsort(-plan.bits, kind="stable").tolist()]
    sure = tuple(one for verdict, one in pairs if verdict == Verdict.SAME)
    doubtful = tuple(one for verdict, one in pairs if verdict == Verdict.REVIEW)
    return Search(sure, doubtful)


def _alike(plan: Plan, at: int, keys: list[int]) -> tuple[int, Alike]:
    one, other = keys[int(plan.row_a[at])], keys[int(plan.row_b[at])]
    return int(plan.verdict[at]), Alike(one, other, round(float(plan.bits[at]) * 100), reasons_of(plan, at))
