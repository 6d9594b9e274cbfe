"""Draws meet their shares."""

import numpy as np
import pytest

from zhitong.site.demo.sampling import balance, draw, draw_by_row, rake, share_out, tilt


def test_draws_follow_their_weights() -> None:
    found = draw(np.random.default_rng(1), (0, 1, 3, 0), 40_000)
    assert np.bincount(found, minlength=4).tolist()[::3] == [0, 0]
    assert (found == 2).mean() == pytest.approx(0.75, abs=0.01)


def test_draws_by_row_never_leave_their_row() -> None:
    table = np.array([[0.0, 1.0, 0.0], [5.0, 0.0, 0.0], [0.0, 0.0, 0.1]])
    row = np.array([2, 0, 1, 2, 0])
    assert draw_by_row(np.random.default_rng(1), table, row).tolist() == [2, 1, 0, 2, 1]


def test_a_row_without_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="positive weight"):
        draw_by_row(np.random.default_rng(1), np.zeros((1, 2)), np.array([0]))


def test_raking_meets_both_margins() -> None:
    table = rake(np.array([[1.0, 2.0], [3.0, 1.0]]), (30, 70), (0.4, 0.6))
    assert table.sum(axis=1) == pytest.approx([30, 70])
    assert table.sum(axis=0) == pytest.approx([40, 60])


def test_tilting_meets_share_and_means() -> None:
    counts = np.array([10.0, 20, 30, 40])
    age = np.array([[20.0], [30], [40], [50]])
    chance = tilt(counts, age, 0.5, [36.0])
    assert (counts * chance).sum() == pytest.approx(50)
    assert (counts * chance * age[:, 0]).sum() / 50 == pytest.approx(36)


def test_an_impossible_mean_is_refused() -> None:
    with pytest.raises((ValueError, np.linalg.LinAlgError)):
        tilt(np.array([10.0, 10]), np.array([[20.0], [30]]), 0.9, [20.0])


def test_sharing_out_is_whole_fair_and_leaves_nobody_out() -> None:
    assert share_out(10, (1, 1, 1)).tolist() == [4, 3, 3]
    assert share_out(10, (98, 1, 1), least=1).tolist() == [8, 1, 1]
    assert share_out(2, (1, 1, 1), least=1).sum() == 2


def test_balancing_meets_the_means() -> None:
    counts = np.array([[10.0, 30], [20, 5]])
    level = balance(np.ones((2, 2)), counts, (5.0, 4.0), (6.0, 3.0))
    rows = (level * counts).sum(axis=1) / counts.sum(axis=1)
    columns = (level * counts).sum(axis=0) / counts.sum(axis=0)
    assert rows == pytest.approx([5, 4])
    assert columns[0] / columns[1] == pytest.approx(2, rel=0.02)
