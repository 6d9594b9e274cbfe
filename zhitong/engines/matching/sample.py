"""Made-up rounds of any size, for tests and benchmarks: skewed like a labour market, and nobody in them is real."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Flags, Ints, Shorts, Words
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.rules import GroupRule
from zhitong.engines.matching.tables import Fellows, Posts, Trees, Workers

TODAY = 740_000
MAJORS, MIDDLES, MINORS, OCCUPATIONS = 8, 79, 450, 1639
PROVINCES, PREFECTURES = 31, 333
CERTIFICATES, WORDS = 139, 3
SEATS_FOR_EACH_WORKER = 0.9
GROUPED_SHARE = 0.06
FELLOW_PAIRS_FOR_EACH_POST = 2

Longs = npt.NDArray[np.int64]
Random = np.random.Generator


def sample_problem(workers: int, posts: int, seed: int, *, grouped: float = GROUPED_SHARE) -> Problem:
    """A round of so many workers and posts; `grouped` is the share of workers in couples and small groups.

    A few places, trades and employers draw most people; certificates go with trades; nine seats for ten workers.
    The same arguments give the same problem.
    """
    random = np.random.default_rng(seed)
    trees = _trees()
    group, rules = _groups(random, workers, grouped)
    made = _posts(random, posts, workers, trees)
    return Problem(
        workers=_workers(random, workers, trees, group),
        posts=made,
        trees=trees,
        on_day=TODAY,
        group_rule=rules,
        fellows=_fellows(random, workers, made),
    )


def _trees() -> Trees:
    occupation = np.arange(OCCUPATIONS)
    minor = occupation * MINORS // OCCUPATIONS
    middle = minor * MIDDLES // MINORS
    major = middle * MAJORS // MIDDLES
    parent = np.concatenate([np.full(PROVINCES, -1), np.arange(PREFECTURES) * PROVINCES // PREFECTURES])
    return Trees(occupation=np.stack([minor, middle, major], axis=1), place_parent=parent)


def _posts(random: Random, count: int, workers: int, trees: Trees) -> Posts:
    occupation = _trades(random, count)
    low = _wages(random, count, 4600)
    begins = TODAY + random.integers(0, 60, count)
    return Posts(
        occupation=occupation,
        place=_prefectures(random, count),
        employer=_skewed(random, max(count // 3, 1), count, 0.6),
        seats=_seats(random, count, workers),
        wage_low_fen=low,
        wage_high_fen=low + random.integers(0, 20, count) * 10_000,
        min_age=np.where(occupation % 11 == 0, 18, 0),
        max_age=np.where(occupation % 37 == 0, 55, 0),
        heavy=occupation % 7 == 0,
        certificates=_certificates(random, occupation, 0.5),
        education=np.maximum(random.integers(-2, 5, count), 0),
        begins_day=begins,
        valid_until_day=begins + random.integers(-10, 60, count),
        dormitory=random.random(count) < 0.6,
        meals=random.random(count) < 0.5,
        minutes_from_home=np.where(random.random(count) < 0.1, -1, random.integers(60, 1500, count)),
    )


def _workers(random: Random, count: int, trees: Trees, group: Ints) -> Workers:
    wished = np.stack([_trades(random, count) for _ in range(3)], axis=1)
    practised = np.where(random.random((count, 1)) < 0.7, wished[:, :2], -1)
    wished[random.random((count, 3)) < np.array([0.05, 0.4, 0.7])] = -1
    leader = _leaders(group)
    return Workers(
        age=np.clip(random.normal(36, 11, count), 15, 66).astype(np.int16),
        education=random.choice(7, count, p=[0.02, 0.15, 0.5, 0.2, 0.08, 0.04, 0.01]),
        wished=wished,
        experienced=practised,
        experience_years=np.where(practised >= 0, random.integers(0, 20, (count, 2)), 0),
        certificates=_certificates(random, practised[:, 0], 0.6),
        earliest_day=TODAY + random.integers(-30, 60, count),
        wage_floor_fen=_wages(random, count, 4000),
        wished_places=_wished_places(random, count, trees)[leader],
        anywhere=(random.random(count) < 0.15)[leader],
        excluded_places=np.where(
            random.random((count, 1)) < 0.1, random.integers(0, PROVINCES, (count, 1)), -1
        ),
        needs_dormitory=random.random(count) < 0.6,
        priority=np.where(random.random(count) < 0.2, random.integers(1, 3, count), 0),
        village=random.integers(0, max(count // 500, 1), count).astype(np.int32),
        group=group,
    )


def _leaders(group: Ints) -> Longs:
    """The worker whose destinations each worker shares: the first of the group, or the worker alone."""
    leader = np.arange(len(group))
    _, first, of = np.unique(group, return_index=True, return_inverse=True)
    return np.where(group >= 0, first[of], leader)


def _trades(random: Random, count: int) -> Ints:
    spread = np.random.default_rng(7).permutation(OCCUPATIONS)[:400]
    return spread[_skewed(random, len(spread), count, 0.9)].astype(np.int32)


def _prefectures(random: Random, count: int) -> Ints:
    spread = np.random.default_rng(8).permutation(PREFECTURES) + PROVINCES
    return spread[_skewed(random, PREFECTURES, count, 1.0)].astype(np.int32)


def _wished_places(random: Random, count: int, trees: Trees) -> Ints:
    places = np.stack([_prefectures(random, count) for _ in range(4)], axis=1)
    whole_province = random.random((count, 4)) < 0.25
    places = np.where(whole_province, trees.place_parent[places], places)
    places[random.random((count, 4)) < np.array([0.0, 0.3, 0.6, 0.8])] = -1
    return places


def _skewed(random: Random, among: int, count: int, steepness: float) -> Longs:
    share = 1.0 / np.arange(1, among + 1) ** steepness
    return random.choice(among, count, p=share / share.sum())


def _seats(random: Random, count: int, workers: int) -> Longs:
    mean = max(workers * SEATS_FOR_EACH_WORKER / max(count, 1), 1.0)
    return np.maximum(random.exponential(mean, count).astype(np.int64), 1)


def _wages(random: Random, count: int, middle: int) -> Longs:
    return np.round(random.lognormal(np.log(middle), 0.25, count) / 100).astype(np.int64) * 10_000


def _certificates(random: Random, occupation: Longs | Ints, share: float) -> Words:
    needed: Flags = (occupation >= 0) & (occupation % 3 == 0) & (random.random(len(occupation)) < share)
    number: Longs = np.asarray(occupation, np.int64) % CERTIFICATES
    words = np.zeros((len(occupation), WORDS), np.uint64)
    rows = np.flatnonzero(needed)
    words[rows, number[rows] // 64] = np.uint64(1) << (number[rows] % 64).astype(np.uint64)
    return words


def _groups(random: Random, workers: int, share: float) -> tuple[Ints, npt.NDArray[np.int8]]:
    sizes: Shorts = random.choice([2, 2, 2, 2, 3, 4], int(workers * share) // 2 + 1).astype(np.int16)
    sizes = sizes[np.cumsum(sizes) <= workers * share]
    group = np.full(workers, -1, np.int32)
    members = random.permutation(workers)[: int(sizes.sum())]
    group[members] = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    rules = np.where(random.random(len(sizes)) < 0.8, GroupRule.SAME_CITY, GroupRule.SAME_EMPLOYER)
    return group, rules.astype(np.int8)


def _fellows(random: Random, workers: int, posts: Posts) -> Fellows:
    pairs = len(posts) * FELLOW_PAIRS_FOR_EACH_POST
    if pairs == 0:
        return Fellows.nobody()
    village = random.integers(0, max(workers // 500, 1), pairs).astype(np.int32)
    return Fellows(village=village, employer=random.choice(posts.employer, pairs))
