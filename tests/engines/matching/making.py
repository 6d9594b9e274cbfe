"""Small rounds for the tests: named ones written by hand in `data/`, and random ones in which every rule bites."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from zhitong.engines.matching import Fellows, Part, Posts, Problem, Trees, Workers

DATA = Path(__file__).parent / "data"
TODAY = 1000
TREE = Trees(
    # 12 occupations, 6 minor, 3 middle and 2 major classes
    occupation=np.stack([np.arange(12) // 2, np.arange(12) // 4, np.arange(12) // 8], axis=1),
    # places 0 and 1 are provinces with prefectures 2, 3 and 4, 5, 6
    place_parent=np.array([-1, -1, 0, 0, 1, 1, 1]),
)
WORKER: dict[str, Any] = {
    "age": 30,
    "education": 2,
    "wished": [0],
    "experienced": [],
    "experience_years": [],
    "certificates": [],
    "earliest_day": TODAY,
    "wage_floor_fen": 300_000,
    "wished_places": [2],
    "anywhere": False,
    "excluded_places": [],
    "needs_dormitory": False,
    "priority": 0,
    "village": -1,
    "group": -1,
    "declined_posts": [],
    "declined_employers": [],
}
POST: dict[str, Any] = {
    "occupation": 0,
    "place": 2,
    "employer": 0,
    "seats": 1,
    "wage_low_fen": 400_000,
    "wage_high_fen": 500_000,
    "min_age": 0,
    "max_age": 0,
    "heavy": False,
    "certificates": [],
    "education": 0,
    "begins_day": TODAY + 10,
    "valid_until_day": TODAY + 20,
    "dormitory": False,
    "meals": False,
    "minutes_from_home": 600,
}
WIDE = {
    "wished": 3, "experienced": 3, "experience_years": 3, "wished_places": 4, "excluded_places": 2,
    "declined_posts": 2, "declined_employers": 1,
}  # fmt: skip
FLAGS = {"anywhere", "needs_dormitory", "heavy", "dormitory", "meals"}


def round_of(
    workers: list[dict[str, Any]],
    posts: list[dict[str, Any]],
    groups: list[int] | None = None,
    fellows: list[tuple[int, int]] | None = None,
) -> Problem:
    """A round in which each worker and post differs from `WORKER` or `POST` only by what is given."""
    pairs = np.array(fellows or [], np.int32).reshape(-1, 2)
    return Problem(
        workers=Workers(**_columns(Workers, WORKER, workers)),
        posts=Posts(**_columns(Posts, POST, posts)),
        trees=TREE,
        on_day=TODAY,
        group_rule=np.array(groups or [], np.int8),
        fellows=Fellows(village=pairs[:, 0], employer=pairs[:, 1]),
    )


def _columns(kind: type[Any], common: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    unknown = {name for row in rows for name in row} - {field.name for field in fields(kind)}
    assert not unknown, unknown
    whole = [{**common, **row} for row in rows]
    return {field.name: _column(field.name, [row[field.name] for row in whole]) for field in fields(kind)}


def _column(name: str, values: list[Any]) -> Any:
    if name == "certificates":
        words = [sum(1 << bit for bit in set(held)) for held in values]
        return np.array([[word % 2**64, word >> 64] for word in words], np.uint64).reshape(-1, 2)
    if name in WIDE:
        filling = 0 if name == "experience_years" else -1
        lists = [[*value, *[filling] * (WIDE[name] - len(value))] for value in values]
        return np.array(lists, np.int32).reshape(-1, WIDE[name])
    return np.array(values, np.bool_ if name in FLAGS else np.int64)


def named(name: str) -> tuple[Problem, dict[str, Any]]:
    """A round from `data/`, and what is expected of its plan."""
    told = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    fellows = [tuple(pair) for pair in told.get("fellows", [])]
    return round_of(told["workers"], told["posts"], told.get("groups"), fellows), told["expected"]


def every_name() -> list[str]:
    """The names of the rounds in `data/`."""
    return sorted(path.stem for path in DATA.glob("*.json"))


def random_round(seed: int, workers: int, posts: int, grouped: float) -> Problem:
    """A round of the small tree in which about every third pair passes and each rule refuses some."""
    random = np.random.default_rng(seed)
    group, rules = _random_groups(random, workers, grouped)
    low = random.integers(30, 50, posts) * 10_000
    return Problem(
        workers=replace(_random_workers(random, workers, group), **_random_noes(seed, workers, posts)),
        posts=Posts(
            occupation=random.integers(-1, 12, posts),
            place=random.integers(2, 7, posts),
            employer=random.integers(0, max(posts // 2, 1), posts) * 3,
            seats=random.integers(0, 4, posts),
            wage_low_fen=low,
            wage_high_fen=low + random.integers(0, 10, posts) * 10_000,
            min_age=random.choice([0, 0, 0, 18], posts),
            max_age=random.choice([0, 0, 0, 50], posts),
            heavy=random.random(posts) < 0.2,
            certificates=_random_bits(random, posts, 0.15),
            education=random.choice([0, 0, 0, 1, 3], posts),
            begins_day=TODAY + random.integers(0, 30, posts),
            valid_until_day=TODAY + random.integers(-3, 40, posts),
            dormitory=random.random(posts) < 0.5,
            meals=random.random(posts) < 0.5,
            minutes_from_home=random.integers(-1, 2000, posts),
        ),
        trees=TREE,
        on_day=TODAY,
        group_rule=rules,
        fellows=Fellows(village=random.integers(0, 4, 6), employer=random.integers(0, 8, 6)),
    )


def _random_workers(random: np.random.Generator, count: int, group: Any) -> Workers:
    practised = np.where(random.random((count, 2)) < 0.5, random.integers(0, 12, (count, 2)), -1)
    return Workers(
        age=random.choice([15, 16, 17, 25, 35, 45, 55], count),
        education=random.integers(0, 5, count),
        wished=np.where(random.random((count, 3)) < 0.6, random.integers(0, 12, (count, 3)), -1),
        experienced=practised,
        experience_years=np.where(practised >= 0, random.integers(0, 9, (count, 2)), 0),
        certificates=_random_bits(random, count, 0.5),
        earliest_day=TODAY + random.integers(-10, 35, count),
        wage_floor_fen=random.integers(20, 45, count) * 10_000,
        wished_places=random.integers(-1, 7, (count, 3)),
        anywhere=random.random(count) < 0.3,
        excluded_places=np.where(random.random((count, 1)) < 0.2, random.integers(0, 7, (count, 1)), -1),
        needs_dormitory=random.random(count) < 0.5,
        priority=random.choice([0, 0, 1, 3], count),
        village=random.integers(-1, 5, count),
        group=group,
    )


def _random_noes(seed: int, workers: int, posts: int) -> dict[str, Any]:
    random = np.random.default_rng((seed, 1))
    some = random.random((workers, 2)) < 0.15
    return {
        "declined_posts": np.where(some & (posts > 0), random.integers(0, max(posts, 1), (workers, 2)), -1),
        "declined_employers": np.where(some[:, :1], random.integers(0, max(posts, 1), (workers, 1)), -1),
    }


def _random_bits(random: np.random.Generator, count: int, share: float) -> Any:
    bits = random.random((count, 4)) < share
    words = np.zeros((count, 2), np.uint64)
    for bit, (word, place) in enumerate([(0, 0), (0, 63), (1, 0), (1, 5)]):
        words[bits[:, bit], word] |= np.uint64(1 << place)
    return words


def _random_groups(random: np.random.Generator, workers: int, grouped: float) -> tuple[Any, Any]:
    group, number, row = np.full(workers, -1), 0, 0
    order = random.permutation(workers)
    while row < workers * grouped:
        size = int(random.choice([1, 2, 2, 2, 3]))
        group[order[row : row + size]] = number
        number, row = number + 1, row + size
    return group, random.integers(0, 2, number)


def rounds(*, grouped: bool = True, workers: int = 24, posts: int = 14) -> st.SearchStrategy[Problem]:
    """Random rounds of up to so many workers and posts."""
    share = st.sampled_from([0.0, 0.3, 1.0]) if grouped else st.just(0.0)
    return st.builds(
        random_round, st.integers(0, 2**32), st.integers(0, workers), st.integers(0, posts), share
    )


def shuffled(problem: Problem, seed: int) -> Problem:
    """The same round with its workers and posts in another order."""
    random = np.random.default_rng(seed)
    tables: dict[str, Any] = {}
    for name in ("workers", "posts"):
        table = getattr(problem, name)
        order = random.permutation(len(table))
        tables[name] = type(table)(
            **{column.name: getattr(table, column.name)[order] for column in fields(table)}
        )
    place = np.append(np.argsort(order), -1)
    workers = tables["workers"]
    return replace(
        problem, posts=tables["posts"], workers=replace(workers, declined_posts=place[workers.declined_posts])
    )


def part(plan: Any, worker: int, name: str) -> int:
    """One part of the score of one worker, by the name of the part."""
    return int(plan.parts[worker, Part[name.upper()]])
