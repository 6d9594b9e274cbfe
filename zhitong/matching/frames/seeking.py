"""Posts ranked for one worker, by the rules and the points of the rounds themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import Count, Max, QuerySet

from zhitong.employers.models import Demand
from zhitong.engines.coding import Coder, Params, read_occupations, spoken_words
from zhitong.engines.matching import Problem, Rule
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.kernel.models import Occupation, Region
from zhitong.matching.frames.codes import Codes, read_codes
from zhitong.matching.frames.findings import nearest_wish, practised, wished_place
from zhitong.matching.frames.market import Market
from zhitong.matching.frames.people import pair_person, told_noes
from zhitong.matching.frames.posts import asked, fellows, openings
from zhitong.matching.frames.rules import params_of
from zhitong.matching.models import RuleSet
from zhitong.workers.models import Worker

DEEPEST = 3
"""Level of the divisions that wishes and posts name: districts of municipalities stand for them."""


@dataclass(frozen=True)
class Fit:
    """How one post suits the worker: its key, points, reasons as ``words.why`` reads them, rules that it breaks."""

    demand: int
    points: int
    reasons: dict[str, Any]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """Posts for one worker, best first; those that break no rule come before all others."""

    market: Market
    order: np.ndarray
    kept: np.ndarray
    points: np.ndarray

    def __len__(self) -> int:
        return len(self.order)

    @property
    def fitting(self) -> int:
        """How many of the posts break no rule."""
        return int(self.kept[self.order].all(axis=1).sum())

    def keys(self, only_fitting: bool = False) -> list[int]:
        """Return the keys of the posts, best first."""
        rows = self.order[: self.fitting] if only_fitting else self.order
        return [int(key) for key in self.market.openings.keys[rows]]

    def slice(self, start: int, size: int) -> list[Fit]:
        """Return some of the posts with their reasons."""
        rows = self.order[start : start + size]
        problem = self.market.problem
        workers, posts = problem.workers, problem.posts
        person = np.zeros(len(rows), np.int64)
        offered = posts.occupation[rows]
        nth, near = nearest_wish(self.market, workers.wished[person], offered)
        columns = (
            self.market.openings.keys[rows], self.points[rows], nth, near, practised(workers, person, offered),
            posts.wage_low_fen[rows] - workers.wage_floor_fen[person],
            wished_place(self.market, workers.wished_places[person], posts.place[rows]),
            workers.needs_dormitory[person] & posts.dormitory[rows],
            _fellows(problem, rows),
        )  # fmt: skip
        lists = [column.tolist() for column in columns]
        return [_fit(self.kept[row], *values) for row, *values in zip(rows.tolist(), *lists, strict=True)]


def codes_of_seeking() -> Codes:
    """Return the classifications by which posts are ranked for people; to be read once for many."""
    return read_codes(Region.objects.filter(level__lte=DEEPEST))


def ranked(worker: Worker, demands: Sequence[int], day: dt.date, codes: Codes | None = None) -> Ranking:
    """Rank the posts of these keys that have a seat left; those that either side has said no to are left out."""
    codes = codes or codes_of_seeking()
    posts = asked(Demand.objects.filter(pk__in=list(demands)))
    people = pair_person(worker, day, codes, posts.kinds)
    offered = openings(posts, codes, worker.city, day)
    problem = Problem(
        workers=told_noes(people, offered.keys, offered.employers),
        posts=offered.posts,
        trees=codes.trees,
        on_day=day.toordinal(),
        group_rule=people.group_rule,
        fellows=fellows(people.villages, offered.employers),
    )
    rules = params_of(RuleSet.objects.holding(worker.city_id, day))
    rows = np.arange(len(offered.keys))
    kept = kept_rules(problem, rules, np.zeros(len(rows), np.int64), rows)
    points = points_of(problem, rules, np.zeros(len(rows), np.int64), rows).sum(axis=1, dtype=np.int64)
    wanted = rows[kept[:, Rule.DECLINED]]
    order = np.lexsort((offered.keys[wanted], -points[wanted], (~kept[wanted]).sum(axis=1)))
    return Ranking(Market(people, offered, codes, problem), wanted[order], kept, points)


def occupation_of(words: str) -> Occupation | None:
    """Return the occupation that somebody means by a few words, or none."""
    marks = Occupation.objects.aggregate(rows=Count("pk"), last=Max("pk"))
    code = _coder(marks["rows"], marks["last"]).code(words).code
    return None if code is None else Occupation.objects.filter(code=code).first()


@lru_cache(maxsize=2)
def _coder(rows: int, last: int | None) -> Coder:
    """Build the coder once for one state of the classification, of which ``rows`` and ``last`` are the marks."""
    leaves: QuerySet[Occupation] = Occupation.objects.at_level(4)
    occupations = read_occupations(
        {"code": code, "level": "4", "name": name} for code, name in leaves.values_list("code", "name")
    )
    known = {one.code for one in occupations}
    words = {word: found for word, found in spoken_words().items() if found[0] in known}
    return Coder(Params(occupations, words))


def _fellows(problem: Problem, rows: np.ndarray) -> np.ndarray:
    """Tell at which of the posts somebody of the worker's village works already."""
    return np.isin(problem.posts.employer[rows], problem.fellows.employer)


def _fit(
    kept: np.ndarray, key: int, points: int, nth: int, near: int, years: int, wage: int, place: int, bed: bool,
    fellows: bool,
) -> Fit:  # fmt: skip
    reasons: dict[str, Any] = {"wage": wage, "place": place}
    if nth:
        reasons |= {"wish": nth, "near": near}
    if years >= 0:
        reasons["years"] = years
    reasons |= {name: 1 for name, so in (("bed", bed), ("fellows", fellows)) if so}
    lacking = tuple(rule.name.lower() for rule in Rule if not kept[rule])
    return Fit(key, points, reasons, lacking)
