"""A problem laid out for scanning under prices, and the scanning of many workers in pieces and on threads."""

from __future__ import annotations

from copy import copy
from typing import Any, NamedTuple

import numpy as np

from zhitong.engines.matching import index as tables
from zhitong.engines.matching.columns import Flags, Ints, Longs, Words
from zhitong.engines.matching.index import posts_in_bits
from zhitong.engines.matching.loops import laid, layout, scan
from zhitong.engines.matching.loops.cards import fill_most
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.standing import Stop, TimeUp, never
from zhitong.engines.matching.tables import EDUCATION_LEVELS
from zhitong.engines.matching.threads import in_pieces

PIECE = 8192
FEW = 4096
BUCKETS, STEPS = 24, 64


class Best(NamedTuple):
    """The best posts of some workers, one row for each asked for."""

    post: Ints
    """(rows, columns) Best first, equals as the row and the post decide, ended by -1."""
    value: Ints
    """(rows, columns) Fit less price; what stands behind the last post is left as it was."""
    kept: Ints
    """(rows,) How many posts stand in the row."""


class Most(NamedTuple):
    """What posts bring at most at these prices or higher ones."""

    price: Ints
    slots: Ints
    worth: Words
    lowest: int
    walks: Ints


class Shelves:
    """All pairs of one arranged problem, to be asked for the best posts of some workers at some prices."""

    def __init__(
        self, problem: Problem, params: Params, stop: Stop = never, numbers: Ints | None = None
    ) -> None:
        """Where `stop` says so a search ends with `TimeUp`.

        `numbers` (workers,) decide between posts that are worth the same; by default the positions.
        """
        self.problem, self.params, self.stop = problem, params, stop
        self.threads, self.workers, self.posts = params.threads, len(problem.workers), len(problem.posts)
        self.free = np.zeros(self.posts, np.int32)
        self.open = tables.open_on_day(problem)
        self.floors = _edges(problem.workers.wage_floor_fen, BUCKETS)
        slots, ranks = tables._slots(problem), _ranks(problem)
        slot_of = np.repeat(np.arange(slots.shape[1] - 1), np.diff(slots[0])).astype(np.int32)
        fellows, likely, village, employer = _fellows(problem)
        cards, terms, demands = _cards(problem, params, employer, ranks)
        self.slot_of, self.cards, self.terms = slot_of, cards, terms
        self.kinds, kind = _kinds(problem)
        self.wages = _edges(problem.posts.wage_low_fen, STEPS)
        self.days = _edges(terms[:, laid.LAST], STEPS)
        worker = self._workers(kind, village)
        worker[:, laid.TIE] = np.arange(self.workers) if numbers is None else numbers
        self.lowest = _lowest(params, problem)
        inner = _neighbours(problem, worker[:, laid.BUCKET])
        self.near = np.empty(self.workers, np.int32)
        self.near[inner] = np.arange(self.workers, dtype=np.int32)
        runs = _runs(problem, slots)
        self.shelf = laid.Shelf(
            worker=worker[inner],
            lists=_narrow(tables._lists(problem))[inner],
            held=problem.workers.certificates[inner],
            declined=tables.declined_of(problem)[inner],
            runs=runs,
            span=_spans(runs, params.furthest_occupation, slots.shape[1] - 1),
            first=slots[0].copy(),
            cell=_cells(slot_of, terms[:, laid.RANK], slots.shape[1] - 1, len(ranks)),
            ranks=ranks,
            walk=np.zeros(0, np.int32),
            demands=demands,
            fellows=fellows,
            likely=likely,
            number=_numbers(problem, params),
            **tables._points(params),
        )
        self.most: Most | None = None
        self._sort(self.free)

    def sorted_at(self, price: Ints) -> Shelves:
        """The same with the best bargains first: less is looked at when asked near `price`."""
        self.most, other = None, copy(self)
        other._sort(price)
        return other

    def _sort(self, price: Ints) -> None:
        at = np.argsort(self.terms[:, laid.NUMBER])
        cards, terms, full = self.cards[at], self.terms[at], self.params.full_wage_fen
        paid = np.minimum(cards[:, laid.WAGE].astype(np.int64), 3 * full)
        worth = cards[:, laid.NEAR] - price + self.params.weights.wage * paid // full
        self.order = np.lexsort((-worth, terms[:, laid.RANK], self.slot_of)).astype(np.int32)
        self.cards, self.terms = cards[self.order], terms[self.order]
        walk = np.lexsort((-worth[self.order], self.slot_of)).astype(np.int32)
        self.shelf = self.shelf._replace(walk=walk)
        self.standing, self.walked = self._sets(self.order), self._sets(self.order[walk])
        self.most = None

    def _sets(self, order: Ints) -> laid.Sets:
        posts = self.problem.posts
        wage, day = posts.wage_low_fen[order], np.maximum(posts.begins_day, posts.valid_until_day)[order]
        return laid.Sets(
            posts_in_bits(self.kinds[:, order]),
            posts_in_bits(wage >= self.wages[:, None]),
            posts_in_bits(day >= self.days[:, None]),
        )

    def _workers(self, kind: Ints, village: Ints) -> Ints:
        problem, weights = self.problem, self.params.weights
        workers, worker = problem.workers, np.zeros((len(problem.workers), 12), np.int32)
        worker[:, laid.KIND] = kind
        worker[:, laid.WAGE_ROW] = _band(self.wages, workers.wage_floor_fen)
        worker[:, laid.DAY_ROW] = np.maximum(_band(self.days, workers.earliest_day), 0)
        worker[:, laid.FLOOR] = workers.wage_floor_fen
        worker[:, laid.READY] = np.maximum(workers.earliest_day, problem.on_day)
        worker[:, laid.EARLIEST] = workers.earliest_day
        worker[:, laid.ANYWHERE] = workers.anywhere
        worker[:, laid.LODGES] = workers.needs_dormitory
        worker[:, laid.VILLAGE] = village
        worker[:, laid.BASE] = weights.placed + weights.priority * workers.priority.astype(np.int32)
        worker[:, laid.BUCKET] = workers.needs_dormitory + 2 * _band(self.floors, workers.wage_floor_fen)
        return worker

    def best(
        self,
        rows: Ints,
        columns: int,
        price: Ints,
        *,
        open_to: Flags | None = None,
        least: Ints | None = None,
    ) -> Best:
        """The open posts (of `open_to`) of highest fit less `price` for each worker of `rows`.

        Only posts that bring more than `least`, one entry for each row (default 0), are found.
        """
        is_open = self.open if open_to is None else open_to & self.open
        out = Best(
            np.full((len(rows), columns), -1, np.int32),
            np.zeros((len(rows), columns), np.int32),
            np.zeros(len(rows), np.int32),
        )
        if not len(rows) or not self.posts:
            return out
        least = np.zeros(len(rows), np.int32) if least is None else least.astype(np.int32)
        inner = self.near[rows]
        walk = np.argsort(inner, kind="stable").astype(np.int32)
        asked = (self._priced(price, is_open, len(rows) < FEW), inner, least, *out)
        in_pieces(lambda part: self._scan(columns, walk[part], asked), len(rows), PIECE, self.threads)
        return out

    def _scan(self, columns: int, walk: Ints, asked: tuple[Any, ...]) -> None:
        if self.stop():
            raise TimeUp
        scan.scan(self.shelf, self._room(columns), asked[0], walk, *asked[1:])

    def _priced(self, price: Ints, is_open: Flags, few: bool) -> laid.Asked:
        """The posts at these prices and the most that they bring; for few rows that at lower prices will do."""
        price = np.where(is_open, np.minimum(price, laid.SHUT - 1), laid.SHUT).astype(np.int32)[self.order]
        known = self.most
        if few and known is not None and (known.price <= price).all():
            return laid.Asked(self.cards, self.terms, price, self.standing, self.walked, *known[1:])
        asked = laid.Asked(
            self.cards,
            self.terms,
            price,
            self.standing,
            self.walked,
            slots=np.empty((2 * len(self.floors), len(self.shelf.first) - 1), np.int32),
            worth=np.empty((2 * len(self.floors), laid.LEVELS, (self.posts + 63) // 64), np.uint64),
            lowest=self.lowest,
            walks=np.empty((2 * len(self.floors), self.posts), np.int32),
        )
        tables_of = (self.floors, self.shelf.wage_points, self.slot_of, self.shelf.walk)
        in_pieces(
            lambda part: fill_most(asked, *tables_of, part.start, part.stop),
            len(asked.slots),
            4,
            self.threads,
        )
        self.most = Most(price, *asked[5:])
        return asked

    def _room(self, columns: int) -> laid.Room:
        ranks = self.shelf.cell.shape[1] - 1
        return laid.Room(
            slot=np.zeros((4, len(self.shelf.first)), np.int32),
            spans=np.zeros((len(self.shelf.lists[0]) + 1, 2), np.int32),
            bins=np.zeros(laid.BINS, np.int32),
            named=np.zeros((3, ranks), np.int32),
            shut=np.zeros(ranks, np.int8),
            keys=np.empty(columns, np.int64),
        )


def _neighbours(problem: Problem, bucket: Ints) -> Longs:
    """(workers,) The workers so that those who read the same tables stand side by side."""
    workers = problem.workers
    wished, place = [
        column[:, 0] if column.shape[1] else np.zeros(len(workers), np.int32)
        for column in (workers.wished, workers.wished_places)
    ]
    return np.lexsort((place, wished, bucket))


def _narrow(values: Ints) -> Ints:
    """The same numbers in half the room where they fit."""
    return values.astype(np.int16) if values.max(initial=0) < 2**15 else values


def _lowest(params: Params, problem: Problem) -> int:
    """So little, at most, must a post bring by itself to be worth while for anyone."""
    weights = params.weights
    beside = weights.wish + weights.experience + weights.place + weights.season + weights.fellows
    return -(beside + weights.placed + weights.priority * int(problem.workers.priority.max(initial=0)))


def _edges(values: Ints, most: int) -> Ints:
    """Rising lower ends of at most so many bands of about as many values each; the first lies below all values."""
    if not len(values):
        return np.zeros(1, np.int32)
    marks = np.quantile(values, np.arange(1, most) / most, method="lower")
    return np.unique(np.concatenate([[0], marks])).astype(np.int32)


def _band(edges: Ints, values: Ints) -> Ints:
    return np.searchsorted(edges, values, side="right") - 1


def _ranks(problem: Problem) -> Ints:
    """(places, 2) First and last + 1 rank of each place: a province stands before its prefectures and spans them."""
    parent = problem.trees.place_parent
    place = np.arange(len(parent))
    order = np.lexsort((place, parent >= 0, np.where(parent >= 0, parent, place)))
    rank = np.empty(len(parent), np.int64)
    rank[order] = place
    children = np.bincount(parent[parent >= 0], minlength=len(parent))
    return np.stack([rank, rank + 1 + children], axis=1).astype(np.int32)


def _cells(slot_of: Ints, rank: Ints, slots: int, ranks: int) -> Ints:
    """(slots, ranks + 1) First post of each place of each slot, when posts stand by slot and rank."""
    count = np.zeros((slots, ranks + 1), np.int64)
    np.add.at(count, (slot_of, rank + 1), 1)
    start = np.append(0, np.cumsum(count.sum(axis=1)))[:-1]
    return np.asarray(count.cumsum(axis=1) + start[:, None], np.int32)


def _kinds(problem: Problem) -> tuple[Flags, Ints]:
    """(kinds, posts) The posts that workers of one kind may take on account of age, education and, when they hold no
    certificate, of what is demanded; and (workers,) the kind of each."""
    posts, workers = problem.posts, problem.workers
    ages = tables._allowed_ages(posts)
    first, age = np.unique(np.packbits(ages, axis=1), axis=0, return_index=True, return_inverse=True)[1:]
    allowed = ages[first]
    taught = posts.education <= np.arange(EDUCATION_LEVELS)[:, None]
    easy = np.stack([(posts.certificates == 0).all(axis=1), np.ones(len(posts), np.bool_)])
    kinds = allowed[:, None, None] & taught[:, None] & easy
    holds = (workers.certificates != 0).any(axis=1)
    kind = (age.reshape(-1)[workers.age] * EDUCATION_LEVELS + workers.education) * 2 + holds
    return kinds.reshape(2 * EDUCATION_LEVELS * len(allowed), len(posts)), kind.astype(np.int32)


def _numbers(problem: Problem, params: Params) -> Ints:
    workers, weights, numbers = problem.workers, params.weights, np.empty(7, np.int32)
    numbers[laid.WISHED], numbers[laid.PRACTISED] = workers.wished.shape[1], workers.experienced.shape[1]
    numbers[laid.WISHED_PLACES] = workers.wished_places.shape[1]
    numbers[laid.EXCLUDED_PLACES] = workers.excluded_places.shape[1]
    numbers[laid.UNSTATED] = weights.wish * params.wish_unstated_percent // 100
    numbers[laid.ACCEPTED] = weights.place * params.place_accepted_percent // 100
    numbers[laid.FELLOWS] = weights.fellows
    return numbers


def _cards(problem: Problem, params: Params, employer: Ints, ranks: Ints) -> tuple[Ints, Ints, Words]:
    """Cards and terms in the order of the problem, and the demands that the terms name."""
    posts = problem.posts
    cards, terms = np.zeros((len(posts), 4), np.int32), np.zeros((len(posts), 6), np.int32)
    post = tables._posts(problem, params)
    cards[:, laid.NEAR], cards[:, laid.WAGE] = post[:, layout.POINTS_AT], post[:, layout.WAGE_AT]
    cards[:, laid.BEGINS], cards[:, laid.LODGING_AT] = (
        posts.begins_day,
        params.weights.lodging * posts.dormitory,
    )
    demands, number = np.unique(posts.certificates, axis=0, return_inverse=True)
    terms[:, laid.LOW], terms[:, laid.LAST] = (
        posts.wage_low_fen,
        np.maximum(posts.begins_day, posts.valid_until_day),
    )
    terms[:, laid.DEMAND] = np.where(posts.certificates.any(axis=1), number.reshape(-1), -1)
    terms[:, laid.RANK], terms[:, laid.EMPLOYER] = ranks[posts.place, 0], employer
    terms[:, laid.NUMBER] = np.arange(len(posts))
    return cards, terms, demands


def _runs(problem: Problem, slots: Ints) -> Ints:
    """(occupations, 5, 2) First and last + 1 slot at most 0, 1, 2, 3 or 4 steps in the tree from each occupation."""
    tree, near, count = problem.trees.occupation, slots[:, :-1], slots.shape[1] - 1
    runs = np.zeros((len(tree), 5, 2), np.int32)
    runs[:, 4, 1] = count
    if count:
        for apart, mine, theirs in [(0, np.arange(len(tree)), near[1])] + [
            (level + 1, tree[:, level], near[2 + level]) for level in range(3)
        ]:
            there = mine[:, None] == theirs
            runs[:, apart, 0] = there.argmax(axis=1)
            runs[:, apart, 1] = runs[:, apart, 0] + there.sum(axis=1)
    return runs


def _spans(runs: Ints, furthest: int, slots: int) -> Ints:
    """(occupations + 1, 2) The runs at most so far away, and every slot."""
    return np.concatenate([runs[:, furthest], [[0, slots]]]).astype(np.int32)


def _fellows(problem: Problem) -> tuple[Words, Words, Ints, Ints]:
    """(villages + 1, words) The employers at which people of each village work, none in the last row, and the same by
    the last bits of their numbers; and the numbers of the workers' villages and of the posts' employers."""
    first, employer, village, of_post = tables._fellows(problem)
    villages, known = np.repeat(np.arange(len(first) - 1), np.diff(first)), int(of_post.max(initial=-1)) + 1
    met = np.zeros((len(first), (known + 63) // 64), np.uint64)
    likely = np.zeros((len(first), laid.HINTS), np.uint64)
    bit = np.uint64(1) << (employer & 63).astype(np.uint64)
    np.bitwise_or.at(met, (villages, employer >> 6), bit)
    np.bitwise_or.at(likely, (villages, (employer >> 6) % laid.HINTS), bit)
    return met, likely, village, of_post
