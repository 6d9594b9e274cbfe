"""The auction by itself, on lists that are whole."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from zhitong.engines.matching.auction import Auction, wide_lists


def lists_of(seed: int, highest: int) -> tuple[Auction, np.ndarray, np.ndarray]:
    """Sixty rows with eight different posts each, worth up to `highest`."""
    random = np.random.default_rng(seed)
    post = np.array([random.permutation(20)[:8] for _ in range(60)], np.int32)
    value = random.integers(1, highest, (60, 8)).astype(np.int32)
    seats = random.integers(0, 5, 20).astype(np.int32)
    auction = Auction(
        wide_lists(post.copy(), value.copy(), np.zeros(60, np.int32)), seats, np.zeros(20, np.int32)
    )
    worth = np.zeros((60, 20), np.int64)
    np.put_along_axis(worth, post, value, axis=1)
    return auction, worth, seats


@pytest.mark.parametrize("highest", [2000, 4])
def test_it_works(highest: int) -> None:
    for seed in range(30):
        auction, worth, seats = lists_of(seed, highest)
        auction.approach((128, 16, 2, 1))
        single = worth[:, np.repeat(np.arange(20), seats)]
        best = single[linear_sum_assignment(single, maximize=True)].sum()
        held = np.flatnonzero(auction.post() >= 0)
        assert (worth[held, auction.post()[held]] == auction.value()[held]).all()
        assert (np.bincount(auction.post()[held], minlength=20) <= seats).all()
        assert best - len(worth) <= auction.value().sum() <= best


def test_what_is_missed_outside_a_list_is_at_most_the_slack() -> None:
    auction, worth, _ = lists_of(1, 2000)
    asked = []

    def draw(rows: np.ndarray, price: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        asked.extend(rows)
        gain = worth[rows] - np.where(worth[rows] > 0, price, 2**20)
        order = np.argsort(-gain, axis=1)[:, :9].astype(np.int32)
        post, best = order[:, :8], np.take_along_axis(gain, order, axis=1)
        value = np.take_along_axis(worth[rows], post.astype(np.int64), axis=1).astype(np.int32)
        return post, value, np.maximum(best[:, 8], 0).astype(np.int32)

    auction.lists.outside[:] = 40
    auction.rise(np.arange(60, dtype=np.int32), 1, draw, slack=40)
    assert not asked
    auction.lists.outside[:] = 2000
    auction.restart()
    auction.rise(np.arange(60, dtype=np.int32), 1, draw, slack=10)
    assert set(asked) == set(range(60))
