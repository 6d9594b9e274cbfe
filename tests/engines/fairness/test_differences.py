"""Differences and drifts against SciPy and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from zhitong.engines.fairness import Sums, adjusted, drift, of_means, of_rates


def sums_of(values: list[int]) -> Sums:
    return Sums(len(values), sum(values), sum(one * one for one in values))


@pytest.mark.parametrize(
    ("a", "n", "b", "m"), [(30, 100, 45, 120), (1, 10, 9, 10), (5_000, 9_000, 5_200, 9_100)]
)
def test_rates_agree_with_the_chi_square_of_scipy(a: int, n: int, b: int, m: int) -> None:
    theirs = stats.chi2_contingency([[a, n - a], [b, m - b]], correction=False).pvalue
    ours = of_rates(a, n, b, m)
    assert ours.chance == pytest.approx(theirs) and ours.value == pytest.approx(a / n - b / m)


def test_means_agree_with_welch_of_scipy() -> None:
    lot = np.random.default_rng(5)
    one, other = lot.integers(1000, 3000, 40).tolist(), lot.integers(1200, 2500, 90).tolist()
    theirs = stats.ttest_ind(one, other, equal_var=False).pvalue
    assert of_means(sums_of(one), sums_of(other)).chance == pytest.approx(theirs)


def test_where_nothing_is_known_nothing_is_claimed() -> None:
    assert of_rates(0, 0, 5, 10).chance == of_rates(5, 5, 7, 7).chance == of_rates(0, 5, 0, 7).chance == 1
    assert of_means(Sums(1, 5, 25), Sums(9, 9, 9)).chance == 1
    assert of_means(Sums(3, 3, 3), Sums(4, 4, 4)).chance == 1


def test_holm_gives_the_worked_example() -> None:
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert adjusted([0.9, 0.8]) == [1.0, 1.0] and adjusted([]) == []


USUAL = [(600, 1000, 1200, 2000), (620, 1000, 1230, 2000), (590, 1000, 1190, 2000)]


def test_a_good_season_for_everybody_is_no_drift() -> None:
    found = drift((800, 1000, 1600, 2000), USUAL)
    assert found is not None and abs(found.change) < 0.01 and found.chance > 0.5


def test_a_group_that_falls_behind_is_one() -> None:
    found = drift((480, 1000, 1200, 2000), USUAL)
    assert found is not None and found.change == pytest.approx(-0.12, abs=0.01) and found.chance < 1e-3


def test_without_a_past_nothing_is_claimed() -> None:
    assert drift((480, 1000, 1200, 2000), USUAL[:1]) is None
    assert drift((0, 0, 1, 2), USUAL) is None
    assert drift((1, 2, 1, 2), [(0, 0, 1, 1), USUAL[0]]) is None


def test_it_cries_wolf_no_more_often_than_it_says() -> None:
    lot = np.random.default_rng(11)
    alarms = 0
    for _trial in range(400):
        rounds = [(int(lot.binomial(200, 0.6)), 200, int(lot.binomial(900, 0.6)), 900) for _one in range(5)]
        found = drift(rounds[0], rounds[1:])
        alarms += found is not None and found.chance < 0.05
    assert alarms / 400 < 0.08
