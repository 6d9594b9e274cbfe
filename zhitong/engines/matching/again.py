"""Clearing a round again after a change, from the prices and seats of before: few move, and only those who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.arrange import Arranged, arranged
from zhitong.engines.matching.auction import Auction, wide_lists
from zhitong.engines.matching.bidding import MORE
from zhitong.engines.matching.clearing import Market
from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.guess import WIDTH, lists_at
from zhitong.engines.matching.pairs import points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.standing import Standing, never
from zhitong.engines.matching.together import Groups, placed_together

STEP = 6
"""Points by which a bid must beat the price: more than in a whole round, so that fewer bystanders move."""
UNASKED = 2**30
"""Bound on what lies outside the list of someone who has not been asked: anything may."""
CUTS = (80, 60, 0)
"""Per cent of its price at which a post that stays empty is shown to people, time after time."""
TIMES = 7

Table = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What is known from the round before, in positions of the new problem."""

    post: Table
    """(workers,) The post held; -1 none. Nobody holds a post that breaks a rule for him."""
    score: Table
    """(workers,) Its fit."""
    price: Table
    """(posts,) The price of before; for a new post any number not below what it may come to cost."""
    fixed: Flags
    """(workers,) Has an adopted offer: is never moved."""
    asks: Flags
    """(workers,) Newly come, with other wishes, or without a post for another reason: bids now."""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The round after the change."""

    post: Ints
    """(workers,) -1 none."""
    score: Ints
    price: Ints
    """(posts,)"""
    bound: int | None
    """No plan that leaves whoever is fixed, and the groups that have seats, where they are reaches more; or None."""
    bystanders: int
    """People who did not ask and have another post now, or none."""

    @property
    def total(self) -> int:
        """Sum of the scores."""
        return int(self.score.sum(dtype=np.int64))


def before_of(problem: Problem, params: Params, post: Table, price: Table) -> Before:
    """What is known when everyone without a post asks and nobody is fixed; the scores are computed from the pairs."""
    held, score = np.flatnonzero(post >= 0), np.zeros(len(post), np.int32)
    score[held] = points_of(problem, params, held, post[held]).sum(axis=1)
    return Before(post, score, price, np.zeros(len(post), np.bool_), post < 0)


def solve_again(
    problem: Problem,
    before: Before,
    params: Params | None = None,
    *,
    seed: int,
    certified: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Change:
    """Let those who ask bid at the old prices, and posts with empty seats look for people.

    ValueError when more people are fixed on a post than it has seats.
    """
    laid = arranged(problem, seed)
    market = Market(laid.problem, params or Params(), seed, stop or never)
    market.large = True
    known = _laid(before, laid)
    seats = np.where(problem.posts.valid_until_day >= problem.on_day, problem.posts.seats, 0)[laid.posts]
    post, score = _kept(known, laid.problem, seats)
    free = Standing(post.copy(), score.copy(), _left(seats, post))
    groups = market.groups((laid.problem.workers.group >= 0) & (post < 0))
    price = np.maximum(known.price, 0).astype(np.int32)
    sits, worth, most = _seated(market, groups, free, price)
    free.give(groups.member, sits, worth)
    alone = np.flatnonzero((laid.problem.workers.group < 0) & ~known.fixed).astype(np.int32)
    auction = _opened(known, alone, free.seats, price)
    _bid(market, auction, alone, known.asks[alone])
    after = free.copy()
    after.post[alone], after.score[alone] = auction.post(), auction.value()
    bound = None
    if certified:
        gains = market.shelves.sorted_at(auction.books.price).best(alone, 1, auction.books.price)
        paid = int((_left(seats, post).astype(np.int64) * auction.books.price).sum())
        _, _, most = _seated(market, groups, Standing(post, score, _left(seats, post)), auction.books.price)
        bound = int(score.sum(dtype=np.int64)) + int(gains.value.sum(dtype=np.int64)) + most + paid
    return _given(after, auction.books.price, bound, before, laid)


def _laid(before: Before, laid: Arranged) -> Before:
    place = np.empty(len(laid.posts) + 1, np.int64)
    place[laid.posts] = np.arange(len(laid.posts))
    place[-1] = -1
    rows = laid.workers
    return Before(
        place[before.post[rows]],
        before.score[rows],
        before.price[laid.posts],
        before.fixed[rows],
        before.asks[rows],
    )


def _kept(known: Before, problem: Problem, seats: Table) -> tuple[Ints, Ints]:
    """Posts and scores of those who stay put: whoever is fixed, and groups whose seats are all still there."""
    group = problem.workers.group
    asking = np.zeros(len(problem.group_rule) + 1, np.bool_)
    asking[group[known.asks | (known.post < 0)]] = True
    asking[-1] = False
    stays = known.fixed | ((group >= 0) & ~asking[group])
    post = np.where(stays, known.post, -1)
    lost = (post >= 0) & (_left(seats, post) < 0)[post] & ~known.fixed
    asking[group[lost]] = True
    asking[-1] = False
    post = np.where(known.fixed | ~asking[group], post, -1).astype(np.int32)
    if (_left(seats, post) < 0).any():
        raise ValueError("More people are fixed on a post than it has seats.")
    return post, np.where(post >= 0, known.score, 0).astype(np.int32)


def _left(seats: Table, post: Table) -> Ints:
    return (seats - np.bincount(post[post >= 0], minlength=len(seats))).astype(np.int32)


def _seated(market: Market, groups: Groups, free: Standing, price: Ints) -> tuple[Ints, Ints, int]:
    if not len(groups.member):
        return np.zeros(0, np.int32), np.zeros(0, np.int32), 0
    return placed_together(market.search, groups, market.choices, free.seats.copy(), price)


def _opened(known: Before, alone: Ints, seats: Ints, price: Ints) -> Auction:
    """An auction in which everyone holds what he held and has been asked nothing."""
    rows = len(alone)
    post, value = np.full((rows, WIDTH), -1, np.int32), np.zeros((rows, WIDTH), np.int32)
    post[:, 0], value[:, 0] = known.post[alone], known.score[alone]
    asked = known.asks[alone] | (known.post[alone] >= 0)
    auction = Auction(
        wide_lists(post, value, np.where(asked, UNASKED, 0).astype(np.int32)), seats, price.copy()
    )
    holds = (known.post[alone] >= 0) & ~known.asks[alone]
    auction.books.taken[:] = np.where(holds, np.arange(rows) * WIDTH, -1)
    auction.reseat(seats)
    return auction


def _bid(market: Market, auction: Auction, alone: Ints, asks: Flags) -> None:
    shelves, everyone = market.shelves, market.problem.posts.seats > 0
    held = auction.lists.post.reshape(-1, WIDTH)[:, 0] >= 0
    bids = np.flatnonzero((auction.books.taken < 0) & (asks | held)).astype(np.int32)
    auction.rise(bids, STEP, lists_at(shelves, alone, everyone, WIDTH))
    times = np.zeros(len(everyone), np.int64)
    for _ in range(TIMES):
        books = auction.books
        hollow = (books.held < books.seats) & (books.price > 0)
        if not hollow.any() or market.stop():
            return
        cut = np.array(CUTS)[np.minimum(times, len(CUTS) - 1)]
        times += hollow
        shown = np.where(hollow, books.price.astype(np.int64) * cut // 100, books.price).astype(np.int32)
        profit = np.maximum(auction.profit(), 0)
        found = shelves.best(alone, MORE, shown, open_to=hollow, least=profit)
        _show(auction, np.flatnonzero(found.kept > 0), found.post, found.value, shown)
        auction.sink(STEP, shown)


def _show(auction: Auction, rows: Table, post: Ints, value: Ints, price: Ints) -> None:
    """Give these rows lists of what they hold and what they were shown."""
    mine, worth = auction.post()[rows], auction.value()[rows]
    fresh = post[rows]
    fit = np.where(fresh >= 0, value[rows] + price[fresh], 0)
    fresh = np.where(fresh == mine[:, None], -1, fresh)
    wide = np.concatenate([mine[:, None], fresh, np.full((len(rows), WIDTH - 1 - MORE), -1)], axis=1)
    worths = np.concatenate([worth[:, None], fit, np.zeros((len(rows), WIDTH - 1 - MORE))], axis=1)
    order = np.argsort(wide < 0, axis=1, kind="stable")
    auction.lists.post.reshape(-1, WIDTH)[rows] = np.take_along_axis(wide, order, axis=1)
    auction.lists.value.reshape(-1, WIDTH)[rows] = np.take_along_axis(worths, order, axis=1)
    auction.lists.outside[rows] = UNASKED
    auction.books.taken[rows] = np.where(mine >= 0, rows * WIDTH, -1)


def _given(after: Standing, price: Ints, bound: int | None, before: Before, laid: Arranged) -> Change:
    post, score, cost = np.empty_like(after.post), np.empty_like(after.score), np.empty_like(price)
    post[laid.workers] = np.append(laid.posts, -1)[after.post]
    score[laid.workers], cost[laid.posts] = after.score, price
    moved = (post != before.post) & (before.post >= 0) & ~before.asks
    return Change(post, score, cost, bound, int(moved.sum()))
