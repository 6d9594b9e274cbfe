"""How a round is solved: lists of posts that grow under prices until nothing outside them is missed.

1. The groups choose one after another at the present prices, each the unit where all its members find seats.
2. The others are assigned exactly over their lists, as a flow of least cost.
3. The prices at which everyone likes best what they have are read off the flow. With them all pairs are searched
   again: every post that someone would like better joins that person's list, and an upper bound comes out.

This is column generation (Gilmore and Gomory 1961) on the assignment problem with capacities. It ends when the bound
is met, when a round brings nothing more, or after `Params.rounds`. What is left is settled one by one on the empty
seats, so that nobody stays away from a seat that is free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.index import index_of
from zhitong.engines.matching.lists import Lists
from zhitong.engines.matching.params import STRICT_MODE, Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.search import Search
from zhitong.engines.matching.together import Groups, groups_of, placed_together

CLOSE = 10_000
"""A round that brings less than one part in so many, of the total or of the bound, is the last."""


@dataclass(slots=True)
class Standing:
    """Who has what so far, in the order of solving."""

    post: Ints
    score: Ints
    seats: Ints
    """Seats not yet taken."""

    @property
    def total(self) -> int:
        """Sum of the scores."""
        return int(self.score.sum(dtype=np.int64))

    def copy(self) -> Standing:
        """The same standing, to be changed on trial."""
        return Standing(self.post.copy(), self.score.copy(), self.seats.copy())

    def give(self, rows: Ints, post: Ints, score: Ints) -> None:
        """Give each row, which had none, a post (-1: none) with its score."""
        self.post[rows], self.score[rows] = post, score
        self.seats -= np.bincount(post[post >= 0], minlength=len(self.seats)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan can reach more than `most`; found at these prices."""

    most: int
    price: Ints


class Market:
    """An arranged problem while it is being solved: what is known of all pairs, and the standing."""

    def __init__(self, problem: Problem, params: Params) -> None:
        self.problem, self.params = problem, params
        self.search = Search(index_of(problem, params), params.threads)
        self.survey, self.candidates = self.search.survey()
        self.choices = self.survey.available
        workers, seats = len(problem.workers), problem.posts.seats
        self.standing = Standing(np.full(workers, -1, np.int32), np.zeros(workers, np.int32), seats.copy())

    def singles(self, chosen: Flags) -> Ints:
        """The chosen workers who go alone and have a choice."""
        return np.flatnonzero(chosen & (self.problem.workers.group < 0) & (self.choices > 0)).astype(np.int32)

    def groups(self, chosen: Flags) -> Groups:
        """The groups all of whose members are chosen and have a choice."""
        group, able = self.problem.workers.group, np.ones(len(self.problem.group_rule), np.bool_)
        able[group[(group >= 0) & ~(chosen & (self.choices > 0))]] = False
        return groups_of(self.problem, able)


def clear(problem: Problem, params: Params) -> tuple[Market, Bound]:
    """Solve an arranged problem; the market returned holds the standing."""
    market = Market(problem, params)
    tiers = _tiers(problem, params)
    bounds = [_clear_tier(market, chosen) for chosen in tiers]
    if len(bounds) == 1:
        return market, bounds[0]
    return market, _bound_at(market, np.max([bound.price for bound in bounds], axis=0))


def _tiers(problem: Problem, params: Params) -> list[Flags]:
    """Who chooses together: everyone, or in the strict mode each step of priority, highest first, groups at the
    highest priority of their members."""
    rank = problem.workers.priority.astype(np.int64)
    if params.priority_mode != STRICT_MODE or len(rank) == 0:
        return [np.ones(len(rank), np.bool_)]
    group, highest = problem.workers.group, np.zeros(len(problem.group_rule) + 1, np.int64)
    np.maximum.at(highest, group[group >= 0], rank[group >= 0])
    rank = np.where(group >= 0, highest[group], rank)
    return [rank == step for step in np.unique(rank)[::-1]]


def _clear_tier(market: Market, chosen: Flags) -> Bound:
    """Give the seats that are left to the chosen workers; no plan gives these seats to more fit than the bound."""
    search, free = market.search, market.standing.copy()
    singles, groups = market.singles(chosen), market.groups(chosen)
    lists = Lists(search, singles, market.params.candidates, free.seats > 0)
    best, bound = free, Bound(2**62, search.free)
    post, score, _ = placed_together(search, groups, market.choices, free.seats.copy(), search.free)
    for _ in range(market.params.rounds):
        trial = free.copy()
        trial.give(groups.member, post, score)
        seats = trial.seats.copy()
        trial.give(singles, *lists.assign(seats))
        price = lists.prices(seats)
        alone = lists.grow(price)
        post, score, together = placed_together(search, groups, market.choices, free.seats.copy(), price)
        most = free.total + alone + together + int((free.seats.astype(np.int64) * price).sum())
        before = best.total, bound.most
        best = trial if trial.total > best.total else best
        bound = Bound(most, price) if most < bound.most else bound
        if _is_last(best.total, bound.most, *before):
            break
    market.standing = best
    _settle_rest(market, singles, groups)
    return bound


def _is_last(total: int, most: int, total_before: int, most_before: int) -> bool:
    small = most // CLOSE
    return most - total <= small or (total - total_before <= small and most_before - most <= small)


def _bound_at(market: Market, price: Ints) -> Bound:
    everyone = np.ones(len(market.problem.workers), np.bool_)
    groups, singles = market.groups(everyone), market.singles(everyone)
    seats = market.problem.posts.seats
    alone = int(market.search.draw(singles, 1, seats > 0, price).value.sum(dtype=np.int64))
    together = placed_together(market.search, groups, market.choices, seats.copy(), price)[2]
    return Bound(alone + together + int((seats.astype(np.int64) * price).sum()), price)


def _settle_rest(market: Market, singles: Ints, groups: Groups) -> None:
    """Give seats that are empty to whoever gains by them, until nobody does; each step raises the total."""
    standing, search = market.standing, market.search
    while True:
        before = standing.total
        _settle_groups(market, groups)
        hopeful = singles[standing.score[singles] < market.survey.value[singles, 0]]
        drawn = search.draw(hopeful, 1, standing.seats > 0, search.free, standing.score)
        for entry in np.argsort(standing.score[hopeful] - drawn.value[:, 0], kind="stable"):
            _move(standing, hopeful[entry], drawn.post[entry, 0], drawn.value[entry, 0])
        if standing.total == before:
            return


def _settle_groups(market: Market, groups: Groups) -> None:
    left = np.zeros(len(market.problem.group_rule), np.bool_)
    left[market.problem.workers.group[groups.member[market.standing.post[groups.member] < 0]]] = True
    again = groups_of(market.problem, left)
    seats, search = market.standing.seats.copy(), market.search
    post, score, _ = placed_together(search, again, market.choices, seats, search.free)
    market.standing.give(again.member, post, score)


def _move(standing: Standing, row: int, post: int, score: int) -> None:
    """Move one worker to a post that is liked better, if it still has a seat."""
    if post < 0 or standing.seats[post] == 0:
        return
    if standing.post[row] >= 0:
        standing.seats[standing.post[row]] += 1
    standing.post[row], standing.score[row] = post, score
    standing.seats[post] -= 1
