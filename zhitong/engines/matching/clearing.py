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

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from zhitong.engines.matching.apart import Apart, Crew
from zhitong.engines.matching.bidding import Sale
from zhitong.engines.matching.certify import most_at_all
from zhitong.engines.matching.columns import Flags, Ints
from zhitong.engines.matching.index import index_of
from zhitong.engines.matching.lists import Lists
from zhitong.engines.matching.loops.layout import Drawn
from zhitong.engines.matching.params import STRICT_MODE, Params
from zhitong.engines.matching.pieces import solved_whole
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.search import Search
from zhitong.engines.matching.shelf import Shelves
from zhitong.engines.matching.standing import Bound, Standing, Stop, TimeUp, never
from zhitong.engines.matching.together import Groups, Placed, groups_of, placed_together

EXACT = 3000
"""So many workers at most are assigned exactly."""
SHARES = (0.6, 0.5, 0.4, 0.3)
NEAR = 4000
"""An auction whose plan and bound are this near to each other, one part in so many, ends."""
CLOSE = 10_000
"""A round that brings less than one part in so many, of the total or of the bound, is the last."""


@dataclass(slots=True)
class Run:
    """How far an auction has come."""

    free: Standing
    best: Standing
    bound: Bound


class Market:
    """An arranged problem while it is being solved: what is known of all pairs, and the standing."""

    def __init__(
        self, problem: Problem, params: Params, seed: int, stop: Stop = never, crew: Crew | None = None
    ) -> None:
        self.problem, self.params, self.seed, self.stop, self.crew = problem, params, seed, stop, crew
        self.large = len(problem.workers) > EXACT
        workers, seats = len(problem.workers), problem.posts.seats
        self.standing = Standing(np.full(workers, -1, np.int32), np.zeros(workers, np.int32), seats.copy())

    @cached_property
    def search(self) -> Search:
        """All pairs, rule by rule."""
        return Search(index_of(self.problem, self.params), self.params.threads)

    @cached_property
    def shelves(self) -> Shelves:
        """All pairs, for the best posts under prices; a crew, if there is one, answers for many workers at once."""
        here = Shelves(self.problem, self.params, stop=self.stop)
        if self.crew is None:
            return here
        self.crew.load(here)
        return cast(Shelves, Apart(here, self.crew))

    @cached_property
    def _surveyed(self) -> tuple[Drawn, Ints]:
        return self.search.survey(np.arange(len(self.problem.workers), dtype=np.int32))

    @property
    def survey(self) -> Drawn:
        """The best open post of every worker, and how many pass."""
        return self._surveyed[0]

    @property
    def candidates(self) -> Ints:
        """(posts,) How many workers pass the rules of each post."""
        return self._surveyed[1]

    @cached_property
    def choices(self) -> Ints:
        """(workers,) How many open posts pass the rules; in a large problem only for members of groups, else 1."""
        if not self.large:
            return self.survey.available
        members = np.flatnonzero(self.problem.workers.group >= 0).astype(np.int32)
        choices = np.ones(len(self.problem.workers), np.int32)
        choices[members] = self.search.survey(members)[0].available
        return choices

    def singles(self, chosen: Flags) -> Ints:
        """The chosen workers who go alone and have a choice."""
        alone = chosen & (self.problem.workers.group < 0)
        if not self.large:
            alone &= self.choices > 0
        return np.flatnonzero(alone).astype(np.int32)

    def groups(self, chosen: Flags) -> Groups:
        """The groups all of whose members are chosen and have a choice."""
        group, able = self.problem.workers.group, np.ones(len(self.problem.group_rule), np.bool_)
        able[group[(group >= 0) & ~(chosen & (self.choices > 0))]] = False
        return groups_of(self.problem, able)


def clear(
    problem: Problem, params: Params, seed: int, stop: Stop = never, crew: Crew | None = None
) -> tuple[Market, Bound]:
    """Solve an arranged problem, or what can be done of it until `stop`; the market returned holds the standing."""
    market = Market(problem, params, seed, stop, crew)
    if stop is not never:
        _ = market.survey  # it cannot be cut short, so it comes while there is time
    tiers = _tiers(problem, params)
    bounds = [_clear_tier(market, chosen) for chosen in tiers]
    most = Bound(most_at_all(problem, params), np.zeros(len(problem.posts), np.int32))
    if len(bounds) == 1:
        return market, _lower(bounds[0], most)
    with suppress(TimeUp):
        return market, _lower(_bound_at(market, np.max([bound.price for bound in bounds], axis=0)), most)
    return market, most


def _lower(bound: Bound, most: Bound) -> Bound:
    """The bound, which need not be above what can be had at all; its prices stay."""
    return Bound(min(bound.most, most.most), bound.price)


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
    singles, groups = market.singles(chosen), market.groups(chosen)
    bound = (_sold if market.large else _assigned)(market, singles, groups)
    with suppress(TimeUp):
        _settle_rest(market, singles, groups)
    return bound


def _sold(market: Market, singles: Ints, groups: Groups) -> Bound:
    """Clear by an auction."""
    run = Run(market.standing.copy(), market.standing, Bound(2**62, market.shelves.free))
    with suppress(TimeUp):
        _bid(market, run, Sale(market.shelves, singles, run.free, market.seed), groups)
    market.standing = run.best
    return run.bound


def _bid(market: Market, run: Run, sale: Sale, groups: Groups) -> None:
    post, score, _ = _together(market, groups, run.free, sale.price)
    for turn in range(market.params.rounds):
        trial = run.free.copy()
        trial.give(groups.member, post, score)
        try:
            sale.seat(trial.seats.copy())
        finally:  # also when time is up: what is held counts
            sale.fill(trial)
            run.best, before = trial if trial.total > run.best.total else run.best, run.best.total
        most_before = run.bound.most
        together = _together(market, groups, run.free, sale.proof.price)[2]
        _prove(run, sale.proof.price, sale.proof.most + together)
        if (
            market.stop()
            or run.bound.most - run.best.total <= run.bound.most * market.params.gap_ppm // 1_000_000
        ):
            break
        price, alone = sale.price.copy(), sale.search_again()
        may = _share(len(groups.rule), turn, market.seed)
        post, score, together = _together(market, groups, run.free, price, Placed(post, score, may))
        _prove(run, price, alone + together)
        if market.stop() or _is_near(run.best.total, run.bound.most, before, most_before):
            break


def _prove(run: Run, price: Ints, gains: int) -> None:
    """Keep the bound at these prices, with what singles and groups gain at most, if it is the lowest so far."""
    most = run.free.total + gains + int((run.free.seats.astype(np.int64) * price).sum())
    run.bound = min(run.bound, Bound(most, price), key=lambda one: one.most)


def _together(
    market: Market, groups: Groups, free: Standing, price: Ints, before: Placed | None = None
) -> tuple[Ints, Ints, int]:
    if not len(groups.member):
        return np.zeros(0, np.int32), np.zeros(0, np.int32), 0
    return placed_together(market.search, groups, market.choices, free.seats.copy(), price, before)


def _share(groups: int, turn: int, seed: int) -> Flags:
    """Who may choose again: ever fewer, so that groups do not all leave for the same place and come back together."""
    return np.random.default_rng((seed, turn)).random(groups) < SHARES[min(turn, len(SHARES) - 1)]


def _is_near(total: int, most: int, total_before: int, most_before: int) -> bool:
    return most - total <= most // NEAR or (total - total_before) + (most_before - most) <= most // (4 * NEAR)


def _assigned(market: Market, singles: Ints, groups: Groups) -> Bound:
    """Clear exactly, by flows over growing lists."""
    search, free = market.search, market.standing.copy()
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
        if market.stop() or _is_last(best.total, bound.most, *before):
            break
    if best.total < bound.most:
        whole = solved_whole(search, market.choices, singles, groups, free)
        best = whole if whole is not None and whole.total > best.total else best
    market.standing = best
    return bound


def _is_last(total: int, most: int, total_before: int, most_before: int) -> bool:
    small = most // CLOSE
    return most - total <= small or (total - total_before <= small and most_before - most <= small)


def _bound_at(market: Market, price: Ints) -> Bound:
    everyone = np.ones(len(market.problem.workers), np.bool_)
    groups, singles = market.groups(everyone), market.singles(everyone)
    seats = market.problem.posts.seats
    alone = int(market.shelves.best(singles, 1, price).value.sum(dtype=np.int64))
    together = placed_together(market.search, groups, market.choices, seats.copy(), price)[2]
    return Bound(alone + together + int((seats.astype(np.int64) * price).sum()), price)


def _settle_rest(market: Market, singles: Ints, groups: Groups) -> None:
    """Give seats that are empty to whoever gains by them (after an auction: to whoever has none), until nobody does;
    each step raises the total."""
    standing, shelves = market.standing, market.shelves
    while True:
        before = standing.total
        _settle_groups(market, groups)
        rows = singles[standing.post[singles] < 0] if market.large else singles
        found = shelves.best(rows, 1, shelves.free, open_to=standing.seats > 0, least=standing.score[rows])
        gain = np.where(found.kept > 0, found.value[:, 0] - standing.score[rows], 0)
        for entry in np.argsort(-gain, kind="stable")[: int((gain > 0).sum())]:
            _move(standing, rows[entry], found.post[entry, 0], found.value[entry, 0])
        if standing.total == before:
            return


def _settle_groups(market: Market, groups: Groups) -> None:
    if not len(groups.member):
        return
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
