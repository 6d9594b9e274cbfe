"""What a plan says about people and posts: rows to be stored, and the round in figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from zhitong.engines.matching import Part, Plan, Reason, Rule
from zhitong.kernel.bulk import Made
from zhitong.matching.frames.explaining import Explained
from zhitong.matching.frames.market import Market
from zhitong.matching.frames.reading import NONE, Table
from zhitong.matching.models import Proposal

PROPOSAL_COLUMNS = (
    "round_id", "city_id", "county_id", "town_id", "village_id", "worker_id", "demand_id", "state", "fit",
    "reasons", "group_number",
)  # fmt: skip
LEFTOVER_COLUMNS = (
    "round_id", "city_id", "county_id", "town_id", "village_id", "worker_id", "reason", "missing", "nearest_id",
    "reasons", "opening_id",
)  # fmt: skip
FLOW_COLUMNS = ("round_id", "city_id", "county_id", "town_id", "region_id", "many")
SAID_NO_BEFORE = "said_no_before"

_WHY = {int(one): one.name.lower() for one in Reason}
_RULES = {int(one): one.name.lower() if one else "" for one in Rule}


class Findings:
    """The answer of a round, ready to be stored under the round's number.

    Deliberately no dataclass: a verb looks for rows inside dataclasses, and here there are millions of plain values.
    """

    def __init__(
        self,
        market: Market,
        plan: Plan,
        seconds: Mapping[str, float] | None = None,
        *,
        stopped: bool = False,
    ) -> None:
        self.market, self.plan, self.seconds, self.stopped = market, plan, seconds or {}, stopped
        self.made: Made | None = None

    @cached_property
    def explained(self) -> Explained | None:
        """What the plan tells of better posts and empty seats; None for one whose time was up: its cut-offs are not
        those of a cleared market."""
        return None if self.stopped else Explained(self.market, self.plan)

    def __str__(self) -> str:
        return f"{len(self.placed)} proposals, {self.left_over_count} leftovers"

    @cached_property
    def placed(self) -> Table:
        """Positions of the workers to whom a post is proposed."""
        return np.flatnonzero(self.plan.post >= 0)

    @property
    def left(self) -> Table:
        """Positions of the workers who took part and got nothing."""
        return np.flatnonzero(self.plan.post < 0)

    @property
    def left_over_count(self) -> int:
        """All who are left over, those held back before the round included."""
        return len(self.left) + sum(len(rows) for rows in self.market.people.held_back.values())

    def proposals(self, number: int) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``PROPOSAL_COLUMNS`` for each proposal of the round of this number."""
        rows = self.placed
        people, plan = self.market.people, self.plan
        columns = (
            *_keys(people.places[rows]),
            people.keys[rows].tolist(),
            self._post_keys(plan.post[rows]).tolist(),
            plan.score[rows].tolist(),
            self._reasons(rows),
            _or_nothing(people.workers.group[rows]),
        )
        for *places, worker, demand, fit, reasons, group in zip(*columns, strict=True):
            yield (number, *places, worker, demand, "proposed", fit, reasons, group)

    def make_proposals(self, number: int) -> None:
        """Make the rows of the round's proposals now, before anybody else has to wait while they are stored."""
        self.made = Made(Proposal, PROPOSAL_COLUMNS, self.proposals(number))

    def leftovers(
        self, number: int, classes: Mapping[int | None, int] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``LEFTOVER_COLUMNS`` for each worker left over in the round of this number.

        ``classes`` are the keys of the classes that could be opened, by their rank.
        """
        rows, known = self.left, classes or {}
        people = self.market.people
        columns = (
            *_keys(people.places[rows]), people.keys[rows].tolist(), *self._lacks(rows), self._told(rows),
            self._classes(rows),
        )  # fmt: skip
        for *places, worker, reason, missing, nearest, told, rank in zip(*columns, strict=True):
            yield (number, *places, worker, reason, missing, nearest, told, known.get(rank))
        for reason, held in people.held_back.items():
            for worker, *places in held.tolist():
                yield (
                    number,
                    *(None if key == NONE else key for key in places),
                    worker,
                    reason,
                    "",
                    None,
                    {},
                    None,
                )

    @property
    def board(self) -> bytes | None:
        """The posts with their cut-offs, for those who were not told at once what one change would have brought."""
        return None if self.explained is None else self.explained.board()

    def vacancies(self, number: int, place: Sequence[int | None]) -> Iterable[tuple[Any, ...]]:
        """Return a row of ``VACANCY_COLUMNS`` for each post with empty seats, in the place of the round."""
        return () if self.explained is None else self.explained.vacancies(number, tuple(place))

    def classes(self, number: int, city: int | None) -> Iterable[tuple[Any, ...]]:
        """Return a row of ``OPENING_COLUMNS`` for each class that would bring people to seats."""
        return () if self.explained is None else self.explained.classes(number, city)

    def _told(self, rows: Table) -> Iterable[dict[str, Any]]:
        return [{}] * len(rows) if self.explained is None else self.explained.of(rows)

    def _classes(self, rows: Table) -> list[int | None]:
        return [None] * len(rows) if self.explained is None else self.explained.class_of(rows)

    def flows(self, number: int) -> Iterator[tuple[Any, ...]]:
        """Yield a row of ``FLOW_COLUMNS`` for each township and city between which the round proposes posts."""
        rows = self.placed
        place = self.market.problem.posts.place[self.plan.post[rows]]
        pairs = np.column_stack([self.market.people.places[rows][:, :3], self.market.codes.places[place]])
        for (*places, region), many in zip(*_grouped(pairs), strict=True):
            yield (number, *(None if key == NONE else key for key in places), region, many)

    def _post_keys(self, positions: np.ndarray) -> Table:
        """Return the keys of posts; -1 for none."""
        if not len(self.market.openings.keys):
            return np.full(positions.shape, NONE)
        return np.where(positions >= 0, self.market.openings.keys[positions], NONE)

    def _lacks(self, rows: Table) -> tuple[list[str], list[str], list[int | None]]:
        """Return why each got nothing, what was missing, and the nearest post."""
        plan = self.plan
        code = np.where(plan.missing_rule[rows] > 0, plan.missing_rule[rows], plan.blocked_by[rows])
        why = [_WHY[one] for one in plan.reason[rows].tolist()]
        again = self._said_no(rows).tolist()
        reasons = [SAID_NO_BEFORE if no else one for no, one in zip(again, why, strict=True)]
        nearest = _or_nothing(self._post_keys(plan.missing_post[rows]))
        return reasons, [_RULES[one] for one in code.tolist()], nearest

    def _said_no(self, rows: Table) -> np.ndarray:
        """(rows,) Whether nothing but an earlier no keeps somebody without a choice from a post."""
        plan = self.plan
        alone = (plan.missing_rule[rows] == Rule.DECLINED) | (plan.blocked_by[rows] == Rule.DECLINED)
        return alone & (plan.reason[rows] == Reason.NO_POST)

    def _reasons(self, rows: Table) -> Iterator[dict[str, Any]]:
        """Yield why each placed worker has this post, in short codes; ``matching.words`` puts them into words."""
        plan, posts, workers = self.plan, self.market.problem.posts, self.market.problem.workers
        post = plan.post[rows]
        nth, near = nearest_wish(self.market, workers.wished[rows], posts.occupation[post])
        columns = (
            plan.reason[rows], plan.choices[rows], plan.best_score[rows], plan.score[rows], nth, near,
            practised(workers, rows, posts.occupation[post]),
            posts.wage_low_fen[post] - workers.wage_floor_fen[rows],
            wished_place(self.market, workers.wished_places[rows], posts.place[post]),
            workers.needs_dormitory[rows] & posts.dormitory[post],
            workers.group[rows] >= 0,
            plan.parts[rows, Part.FELLOWS] > 0,
            self._post_keys(plan.missing_post[rows]), plan.missing_rule[rows], plan.missing_score[rows],
        )  # fmt: skip
        lists = [column.tolist() for column in columns]
        told = self._told(rows)
        for parts, values, more in zip(
            plan.parts[rows].tolist(), zip(*lists, strict=True), told, strict=True
        ):
            yield _reason(parts, *values) | more

    def summary(self) -> dict[str, Any]:
        """Return the round in figures, fit for JSON; keys of places and occupations as numbers."""
        people = self.market.people
        given = {**self.plan.summary(), "placed": len(self.placed), "left_over": self.left_over_count}
        left = self.plan.reason[self.left]
        reasons = _counts(np.where(self._said_no(self.left), 0, left), {**_WHY, 0: SAID_NO_BEFORE})
        held = {reason: len(rows) for reason, rows in people.held_back.items() if len(rows)}
        return {
            **given,
            "seats": int(self.market.problem.posts.seats.sum()),
            "reasons_left": {**reasons, **held},
            "missing": self._missing(),
            "without_consent": people.without_consent,
            "couples": len(people.group_rule),
            "by_county": self._by_place(1),
            "by_town": self._by_place(2) if len(np.unique(people.places[:, 1])) <= 1 else [],
            "by_trade": self._by_trade(),
            "problem": self.plan.problem_digest,
            "seconds": dict(self.seconds),
            "stopped": self.stopped,
        }

    def _missing(self) -> dict[str, int]:
        rows, plan = self.left, self.plan
        code = np.where(plan.missing_rule[rows] > 0, plan.missing_rule[rows], plan.blocked_by[rows])
        return _counts(code[code > 0], _RULES)

    def _by_place(self, level: int) -> list[list[int]]:
        """Return place key, people who took part and people placed, for each place of a level."""
        keys, row = np.unique(self.market.people.places[:, level], return_inverse=True)
        took_part = np.bincount(row, minlength=len(keys))
        placed = np.bincount(row[self.placed], minlength=len(keys))
        return np.stack([keys, took_part, placed], axis=1).tolist()

    def _by_trade(self) -> list[list[int]]:
        """Return middle class of occupations, its seats, the seats given and the people whose first wish it is."""
        problem, codes = self.market.problem, self.market.codes
        middle = problem.trees.occupation[:, 1]
        offered, wished = problem.posts.occupation, problem.workers.wished[:, 0]
        classes = len(middle)
        coded = offered >= 0
        seats = np.bincount(middle[offered[coded]], problem.posts.seats[coded], minlength=classes)
        given = offered[self.plan.post[self.placed]]
        filled = np.bincount(middle[given[given >= 0]], minlength=classes)
        wanted = np.bincount(middle[wished[wished >= 0]], minlength=classes)
        there = np.flatnonzero(seats + wanted)
        rows = [codes.occupations[there], seats[there].astype(int), filled[there], wanted[there]]
        return sorted(np.stack(rows, axis=1).tolist(), key=lambda row: -row[1])


def _reason(
    parts: list[int], why: int, choices: int, best: int, fit: int, nth: int, near: int, years: int, wage: int,
    place: int, bed: bool, mate: bool, fellows: bool, post: int, rule: int, missing_fit: int,
) -> dict[str, Any]:  # fmt: skip
    found: dict[str, Any] = {
        "why": _WHY[why],
        "parts": parts,
        "choices": choices,
        "wage": wage,
        "place": place,
    }
    if best > fit:
        found["best"] = best
    if nth:
        found["wish"], found["near"] = nth, near
    if years >= 0:
        found["years"] = years
    found |= {name: 1 for name, so in (("bed", bed), ("mate", mate), ("fellows", fellows)) if so}
    if rule:
        found["missing"] = {"demand": post, "rule": _RULES[rule], "fit": missing_fit}
    return found


def nearest_wish(market: Market, wished: np.ndarray, offered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which wish lies nearest to the post's occupation (1 first, 0 none), and the distance in the tree."""
    classes = market.problem.trees.occupation
    distance = np.full(wished.shape, 4)
    known = (wished >= 0) & (offered >= 0)[:, None]
    row, column = np.nonzero(known)
    wish, post = wished[row, column], offered[row]
    same = [wish == post, *(classes[wish, level] == classes[post, level] for level in range(3))]
    distance[row, column] = np.select(same, [0, 1, 2, 3], 4)
    nth = distance.argmin(axis=1) if wished.shape[1] else np.zeros(len(wished), int)
    near = distance[np.arange(len(nth)), nth] if wished.shape[1] else np.full(len(wished), 4)
    return np.where(near < 4, nth + 1, 0), near


def practised(workers: Any, rows: Table, offered: np.ndarray) -> np.ndarray:
    """Return the years in exactly the post's occupation; -1 for someone who never practised it."""
    same = (workers.experienced[rows] == offered[:, None]) & (offered >= 0)[:, None]
    return np.where(same, workers.experience_years[rows], NONE).max(axis=1, initial=NONE)


def wished_place(market: Market, wished: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Return which wished place the post's is (1 first), itself or within the province; 0 for a place not named."""
    province = market.problem.trees.place_parent[place]
    same = (wished >= 0) & ((wished == place[:, None]) | (wished == province[:, None]))
    return (
        np.where(same.any(axis=1), same.argmax(axis=1) + 1, 0) if wished.size else np.zeros(len(place), int)
    )


def _grouped(rows: Table) -> tuple[list[list[int]], list[int]]:
    """Return the different rows, and how often each stands there."""
    found, counts = np.unique(rows, axis=0, return_counts=True)
    return found.tolist(), counts.tolist()


def _keys(places: Table) -> list[list[int | None]]:
    return [_or_nothing(places[:, level]) for level in range(places.shape[1])]


def _or_nothing(keys: np.ndarray) -> list[int | None]:
    return [None if key == NONE else key for key in keys.tolist()]


def _counts(codes: np.ndarray, names: dict[int, str]) -> dict[str, int]:
    values, counts = np.unique(codes, return_counts=True)
    return {names[int(one)]: int(count) for one, count in zip(values, counts, strict=True)}
