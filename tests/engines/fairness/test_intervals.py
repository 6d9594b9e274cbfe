"""Intervals against published values and against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from zhitong.engines.fairness import Sums, mean_interval, wilson


def sums_of(values: list[int]) -> Sums:
    return Sums(len(values), sum(values), sum(one * one for one in values))


@pytest.mark.parametrize(
    ("hits", "many", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_values(hits: int, many: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = wilson(hits, many)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("hits", "many"), [(0, 1), (1, 1), (7, 11), (500, 1000), (999_999, 1_000_000)])
def test_wilson_agrees_with_scipy(hits: int, many: int) -> None:
    theirs = stats.binomtest(hits, many).proportion_ci(method="wilson")
    ours = wilson(hits, many)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_of_nobody_nothing_is_known() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)
    assert mean_interval(Sums(1, 5, 25)).high == math.inf


def test_means_agree_with_scipy() -> None:
    values = np.random.default_rng(3).integers(0, 4000, 57).tolist()
    low, high = stats.t.interval(0.95, 56, np.mean(values), stats.sem(values))
    ours = mean_interval(sums_of(values))
    assert (ours.low, ours.high) == pytest.approx((low, high))
    assert sums_of(values).variance == pytest.approx(np.var(values, ddof=1))


def test_a_whole_city_keeps_its_digits() -> None:
    """Sums stay whole numbers, so that a million values lose nothing."""
    assert Sums(10**6, 2 * 10**9, 4 * 10**12 + 10**6).variance == pytest.approx(1, rel=1e-5)


def test_nonsense_is_refused() -> None:
    for wrong in ((-1, 2), (3, 2)):
        with pytest.raises(ValueError, match="no share"):
            wilson(*wrong)
    with pytest.raises(ValueError, match="add up"):
        Sums(2, 10, 1)
