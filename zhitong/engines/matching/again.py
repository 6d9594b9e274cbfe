"""Clearing a round again after a change, from the prices and seats of before: few move, and only those who may.

Those may move who ask, those whom new posts would gain, and a lot of the others (`resale`). Among them those who ask
bid, new posts sell their seats, and seats that somebody left look for people. All others stay where they are.

**The bound** needs no search of all pairs where the `slack` of the round before is known. Take as prices q those of
before, and for new posts those at which they sell their seats when everyone keeps the gain that he had. By weak
duality no plan brings more than the best gain at q of everyone who goes alone, the best gain of the groups that
ask, q for every seat that is not kept, and the fit of those who are kept. Let b(w) be the best that w could gain at
the old prices, and h(w) what he gained by the post that he held. The slack is not below the sum of b(w) - h(w) over
all who were there, each of these being 0 or more: so it is not below the sum over those who are still there and
have not asked. New posts have no price of before; of them everyone was asked what is worth more than h(w), and
n(w), the most that they bring at q, is known from the answers, or is bounded by the last answer of whoever had no
room for more. So whoever has not asked gains at most max(b(w), n(w)), which is not above h(w) + (b(w) - h(w)) +
max(n(w) - h(w), 0), and together these gain at most the sum of h(w) + max(n(w) - h(w), 0), plus the slack. Whoever
asks is asked about every post at q. Without a slack everyone is.

In the strict mode those who ask bid by fit as everyone does; a whole round is to be cleared where priority decides.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.arrange import arranged, taken
from zhitong.engines.matching.certify import most_at_all
from zhitong.engines.matching.clearing import Market
from zhitong.engines.matching.columns import Flags, Ints, Longs
from zhitong.engines.matching.newposts import NewPosts
from zhitong.engines.matching.pairs import points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.posted import Posted, with_posts
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.resale import Held, Resale
from zhitong.engines.matching.standing import Standing, Stop, TimeUp, never
from zhitong.engines.matching.together import Groups, placed_together

Table = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What is known from the round before, in positions of the new problem."""

    post: Table
    """(workers,) The post held; -1 none. Nobody holds a post that breaks a rule for him."""
    score: Table
    """(workers,) Its fit."""
    price: Table
    """(posts,) The price of before; for a new post any number."""
    fixed: Flags
    """(workers,) Has an adopted offer: is never moved."""
    asks: Flags
    """(workers,) Newly come, with other wishes, or without a post for another reason: bids now."""
    new: Flags | None = None
    """(posts,) Is new, or brings someone who does not ask more than before: every worker is asked about it."""
    slack: int | None = None
    """So much, at most, could all workers of before together have had more at the prices; None: not known.

    It holds for the same day and weights, and for people whose own facts and wishes are as they were, or who ask.
    """

    @property
    def new_posts(self) -> Flags:
        """(posts,) The same as `new`, where it is not said: none."""
        return np.zeros(len(self.price), np.bool_) if self.new is None else self.new


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The round after the change."""

    post: Ints
    """(workers,) -1 none."""
    score: Ints
    price: Ints
    """(posts,) At these the bound is proven."""
    bound: int | None
    """No plan that leaves whoever is fixed, and the groups that have seats, where they are reaches more; or None."""
    bystanders: int
    """People who did not ask and have another post now, or none."""

    @property
    def total(self) -> int:
        """Sum of the scores."""
        return int(self.score.sum(dtype=np.int64))


def before_of(
    problem: Problem, params: Params, post: Table, price: Table, bound: int | None = None
) -> Before:
    """What is known when everyone without a post asks and nobody is fixed; the scores are computed from the pairs.

    `bound`, of the plan that these posts and prices are from, gives the slack; `problem` is then the one before.
    """
    held, score = np.flatnonzero(post >= 0), np.zeros(len(post), np.int32)
    score[held] = points_of(problem, params, held, post[held]).sum(axis=1)
    slack = None
    if bound is not None and bound < most_at_all(problem, params):
        empty = problem.posts.seats - np.bincount(post[held], minlength=len(price))
        paid = int((empty * price.astype(np.int64)).sum())
        slack = bound - int(score.sum(dtype=np.int64)) - paid
    return Before(post, score, price, np.zeros(len(post), np.bool_), post < 0, slack=slack)


def solve_again(
    problem: Problem,
    before: Before,
    params: Params | None = None,
    *,
    seed: int,
    certified: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Change:
    """Let those who ask bid at the old prices, new posts look for people, and people for seats that were left.

    When `stop` says that time is up, the round as far as it has come is returned, without a bound. ValueError when
    more people are fixed on a post than it has seats.
    """
    if not len(problem.workers) or not len(problem.posts):
        return _unchanged(before, certified)
    again = _Again(problem, before, params or Params(), seed, stop or never)
    with suppress(TimeUp):
        again.move()
    bound = None
    with suppress(TimeUp):
        bound = again.most() if certified and not again.stop() else None
    return again.change(bound)


class _Again:
    """A round while it is cleared again; its posts stand in the order of the occupation tree."""

    def __init__(self, problem: Problem, before: Before, params: Params, seed: int, stop: Stop) -> None:
        self.before, self.params, self.seed, self.stop = before, params, seed, stop
        nobody = taken(problem.workers, np.zeros(0, np.int64))
        self.order = arranged(replace(problem, workers=nobody), seed).posts
        self.problem = with_posts(problem, self.order)
        self.known = _known(before, problem, self.order)
        open_ = problem.posts.valid_until_day >= problem.on_day
        seats = np.where(open_, problem.posts.seats, 0)[self.order]
        self.post, self.score = _kept(self.known, self.problem, seats)
        self.left = _left(seats, self.post)
        self.price = np.maximum(self.known.price, 0).astype(np.int32)
        self.alone = np.flatnonzero((problem.workers.group < 0) & ~before.fixed).astype(np.int32)
        self.numbers = np.random.default_rng(seed).permutation(len(problem.workers)).astype(np.int32)
        self.after = Standing(self.post.copy(), self.score.copy(), self.left.copy())

    @cached_property
    def new(self) -> Longs:
        """The new posts."""
        return np.flatnonzero(self.known.new_posts & (self.left > 0))

    @cached_property
    def fresh(self) -> NewPosts:
        """The new posts, to ask everyone about."""
        return NewPosts(self.problem, self.params, self.alone, self.new, self.numbers, self.stop)

    @cached_property
    def posted(self) -> Posted:
        """All posts, to be asked about by some."""
        return Posted(self.problem, self.params, self.price, self.numbers, self.stop)

    @cached_property
    def members(self) -> Longs:
        """The members of groups without a seat."""
        return np.flatnonzero((self.problem.workers.group >= 0) & (self.post < 0))

    @cached_property
    def market(self) -> Market:
        """These groups."""
        workers = taken(self.problem.workers, self.members)
        market = Market(replace(self.problem, workers=workers), self.params, self.seed, self.stop)
        market.large = True
        return market

    @cached_property
    def groups(self) -> Groups:
        """The same, by positions among their members; nobody joins one of whom someone has an adopted offer."""
        group, count = self.problem.workers.group, len(self.problem.group_rule)
        here = np.bincount(group[self.members], minlength=count)
        whole = here == np.bincount(group[group >= 0], minlength=count)
        return self.market.groups(whole[group[self.members]])

    def move(self) -> None:
        """Let people bid, and empty seats look for people."""
        known = self.known
        if len(self.new):
            self.price[self.new] = self.fresh.guess(np.maximum(self._profit_before(), 0))
        if len(self.members):
            post, score, _ = self._seated(self.after.seats.copy(), self.price)
            self.after.give(self.members[self.groups.member], post, score)
        held = Held(
            known.post[self.alone],
            known.score[self.alone],
            self.price,
            self.after.seats,
            known.asks[self.alone],
        )
        held = held.with_seats()
        self._give(held.post, held.value)
        fresh = self.fresh if len(self.new) else None
        resale = Resale(self.posted, self.alone, held.left_by_askers(), fresh)
        resale.run()
        self.price[:] = resale.price
        self._give(*resale.result())

    def _give(self, post: Ints, score: Ints) -> None:
        self.after.post[self.alone], self.after.score[self.alone] = post, score

    def most(self) -> int:
        """No plan that leaves whoever is fixed, and the groups that have seats, where they are reaches more."""
        together = self._seated(self.left.copy(), self.price)[2] if len(self.members) else 0
        paid = int((self.left.astype(np.int64) * self.price).sum())
        return int(self.score.sum(dtype=np.int64)) + together + self._most_alone() + paid

    def _most_alone(self) -> int:
        """What those who go alone could gain together at most."""
        known, slack = self.known, self.known.slack
        if slack is None:
            return int(self._best(np.ones(len(self.alone), np.bool_)).sum())
        asked = known.asks[self.alone]
        gains = self._profit_before().astype(np.int64)
        if len(self.new):
            gains += self.fresh.more()
        return slack + int(gains[~asked].sum()) + int(self._best(asked).sum())

    def _seated(self, seats: Ints, price: Ints) -> tuple[Ints, Ints, int]:
        return placed_together(self.market.search, self.groups, self.market.choices, seats, price)

    def _profit_before(self) -> Ints:
        """(alone,) What everyone had, less its price."""
        post = self.known.post[self.alone]
        paid = np.append(np.maximum(self.known.price, 0), 0)[post]
        return np.where(post >= 0, self.known.score[self.alone] - paid, 0).astype(np.int32)

    def _best(self, asked: Flags) -> Longs:
        """The most that each of these could have."""
        rows, price = self.alone[asked], self.price
        return self.posted.best(rows, 1, price, open_to=self.left > 0).value[:, 0].astype(np.int64)

    def change(self, bound: int | None) -> Change:
        """What has become of the round, in the order of its own posts."""
        before, post = self.before, np.append(self.order, -1)[self.after.post].astype(np.int32)
        price = np.empty_like(self.price)
        price[self.order] = self.price
        moved = (post != before.post) & (before.post >= 0) & ~before.asks
        return Change(post, self.after.score, price, bound, int(moved.sum()))


def _unchanged(before: Before, certified: bool) -> Change:
    """The round of nobody, or of no posts."""
    nothing = np.zeros(len(before.post), np.int32)
    return Change(nothing - 1, nothing, np.asarray(before.price, np.int32), 0 if certified else None, 0)


def _known(before: Before, problem: Problem, order: Longs) -> Before:
    """The same with the posts in `order`; whoever holds a new post and may move asks."""
    place = np.empty(len(order) + 1, np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1
    new = before.new_posts
    moving = np.append(new, False)[before.post] & ~before.fixed & (problem.workers.group < 0)
    return replace(
        before, post=place[before.post], price=before.price[order], asks=before.asks | moving, new=new[order]
    )


def _kept(known: Before, problem: Problem, seats: Table) -> tuple[Ints, Ints]:
    """Posts and scores of those who stay put: whoever is fixed, and groups whose seats are all still there or of whom
    someone is fixed."""
    group, groups = problem.workers.group, len(problem.group_rule)
    asking, fixed = np.zeros(groups + 1, np.bool_), np.zeros(groups + 1, np.bool_)
    asking[group[known.asks | (known.post < 0)]] = True
    fixed[group[known.fixed]] = True
    fixed[-1] = False
    asking[fixed] = False
    asking[-1] = False
    stays = known.fixed | ((group >= 0) & ~asking[group])
    post = np.where(stays, known.post, -1)
    lost = (post >= 0) & (_left(seats, post) < 0)[post] & ~known.fixed & ~fixed[group]
    asking[group[lost]] = True
    asking[-1] = False
    post = np.where(known.fixed | ~asking[group], post, -1).astype(np.int32)
    if (_left(seats, post) < 0).any():
        raise ValueError("More people are fixed on a post than it has seats.")
    return post, np.where(post >= 0, known.score, 0).astype(np.int32)


def _left(seats: Table, post: Table) -> Ints:
    return (seats - np.bincount(post[post >= 0], minlength=len(seats))).astype(np.int32)
