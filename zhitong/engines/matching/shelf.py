"""A problem laid out for scanning under prices, and the scanning of many workers in pieces and on threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from zhitong.engines.matching import index as tables
from zhitong.engines.matching.arrange import taken
from zhitong.engines.matching.columns import Flags, Ints, Longs, Words
from zhitong.engines.matching.index import posts_in_bits
from zhitong.engines.matching.loops import layout, scan
from zhitong.engines.matching.loops.cards import fill_most
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.standing import Stop, TimeUp, never
from zhitong.engines.matching.tables import EDUCATION_LEVELS

PIECE = 8192
FEW = 4096
BUCKETS, STEPS = 24, 64
VILLAGES = 64


class Best(NamedTuple):
    """The best posts of some workers, one row for each asked for."""

    post: Ints
    """(rows, columns) In no order, ended by -1."""
    value: Ints
    """(rows, columns) Fit less price; what stands behind the last post is left as it was."""
    kept: Ints
    """(rows,) How many posts stand in the row."""


class Most(NamedTuple):
    """What the posts of each slot and word bring at most, at these prices or higher ones."""

    price: Ints
    bits: Words
    slots: Ints
    words: Ints


class Shelves:
    """All pairs of one arranged problem, to be asked for the best posts of some workers at some prices."""

    def __init__(
        self, problem: Problem, params: Params, order: Ints | None = None, stop: Stop = never
    ) -> None:
        """`order` is how the posts stand inside: a permutation that leaves each slot together.

        Where `stop` says so a search ends with `TimeUp`.
        """
        self.problem, self.params, self.stop = problem, params, stop
        self.threads, self.workers, self.posts = params.threads, len(problem.workers), len(problem.posts)
        self.order: Ints = np.arange(self.posts, dtype=np.int32) if order is None else order
        problem = replace(problem, posts=taken(problem.posts, self.order))
        self.words = (self.posts + 63) // 64
        self.open = posts_in_bits(tables.open_on_day(problem))
        self.floors = _edges(problem.workers.wage_floor_fen, BUCKETS)
        self.shelf, self.cards = _shelf(problem, params, self.floors)
        self.slot_of = np.repeat(np.arange(len(self.shelf.first) - 1), np.diff(self.shelf.first))
        self.free = np.zeros(self.posts, np.int32)
        self.near = _neighbours(problem)
        self.most: Most | None = None

    def sorted_at(self, price: Ints) -> Shelves:
        """The same with the best bargains of each slot first: less is looked at when asked near `price`."""
        inside = self.order
        full = self.params.full_wage_fen
        worth = self.cards[:, scan.NET] - price[inside]
        worth += (
            self.params.weights.wage * np.minimum(self.cards[:, scan.WAGE].astype(np.int64), 3 * full) // full
        )
        other = Shelves(self.problem, self.params, inside[np.lexsort((-worth, self.slot_of))], self.stop)
        mine = self.shelf
        other.shelf = other.shelf._replace(worker=mine.worker, lists=mine.lists, held=mine.held)
        return other

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
        bits = self.open if open_to is None else posts_in_bits(open_to[self.order]) & self.open
        out = Best(
            np.full((len(rows), columns), -1, np.int32),
            np.zeros((len(rows), columns), np.int32),
            np.zeros(len(rows), np.int32),
        )
        if not len(rows) or not self.posts:
            return out
        least = np.zeros(len(rows), np.int32) if least is None else least.astype(np.int32)
        walk = np.argsort(self.near[rows], kind="stable").astype(np.int32)
        few = len(rows) < FEW
        asked = (
            scan.Asked(bits, *self._priced(price[self.order], bits, few)),
            np.ascontiguousarray(rows, np.int32),
            least,
            self.order,
            *out,
        )
        starts = range(0, len(rows), PIECE)
        if self.threads == 1 or len(starts) == 1:
            room = self._room(columns)
            for start in starts:
                self._piece(room, asked, walk, start)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(lambda start: self._piece(self._room(columns), asked, walk, start), starts))
        return out

    def _piece(self, room: scan.Room, asked: tuple[Any, ...], walk: Ints, start: int) -> None:
        if self.stop():
            raise TimeUp
        scan.scan(self.shelf, room, asked[0], walk[start : start + PIECE], *asked[1:])

    def _priced(self, price: Ints, bits: Words, few: bool) -> tuple[Ints, Ints, Ints]:
        """The cards at these prices and the most that they bring; for few rows that at lower prices will do."""
        cards = self.cards.copy()
        cards[:, scan.NET] -= price
        known = self.most
        if few and known is not None and (known.bits == bits).all() and (known.price <= price).all():
            return cards, known.slots, known.words
        cards[~tables.flags_of_bits(bits, self.posts), scan.LOW] = -1
        slots = np.empty((2 * len(self.floors), len(self.shelf.first) - 1), np.int32)
        words = np.empty((2 * len(self.floors), self.words), np.int32)
        fill_most(cards, self.floors, self.shelf.wage_points, self.slot_of, slots, words)
        self.most = Most(price, bits, slots, words)
        return cards, slots, words

    def _room(self, columns: int) -> scan.Room:
        return scan.Room(
            slot=np.zeros((4, len(self.shelf.first)), np.int32),
            spans=np.zeros((len(self.shelf.lists[0]) + 1, 2), np.int32),
            bins=np.zeros(scan.BINS, np.int32),
            place=np.zeros(len(self.shelf.child_first) - 1, np.int64),
            demanded=np.zeros(self.words, np.uint64),
            keys=np.empty(columns, np.int64),
        )


def _neighbours(problem: Problem) -> Ints:
    """A number for each worker, alike for those who wish for the same: who reads the same sets is asked together."""
    workers = problem.workers
    first = [
        column[:, 0] if column.shape[1] else np.zeros(len(workers), np.int32)
        for column in (workers.wished, workers.wished_places)
    ]
    rank = np.empty(len(workers), np.int32)
    rank[np.lexsort((first[1], first[0], workers.anywhere))] = np.arange(len(workers), dtype=np.int32)
    return rank


def _edges(values: Ints, most: int) -> Ints:
    """Rising lower ends of at most so many bands of about as many values each; the first lies below all values."""
    if not len(values):
        return np.zeros(1, np.int32)
    marks = np.quantile(values, np.arange(1, most) / most, method="lower")
    return np.unique(np.concatenate([[0], marks])).astype(np.int32)


def _band(edges: Ints, values: Ints) -> Ints:
    return np.searchsorted(edges, values, side="right") - 1


def _shelf(problem: Problem, params: Params, floors: Ints) -> tuple[scan.Shelf, Ints]:
    posts, parent = problem.posts, problem.trees.place_parent
    post, slots = tables._posts(problem, params), tables._slots(problem)
    fellow_first, fellow_employer, village, employer = tables._fellows(problem)
    last = np.maximum(posts.begins_day, posts.valid_until_day)
    steps = _edges(posts.wage_low_fen, STEPS), _edges(last, STEPS)
    kinds = _kinds(problem, *steps)
    starts = np.cumsum([0, *(len(kind) for kind in kinds)])
    worker = _workers(problem, params, steps, starts)
    worker[:, scan.VILLAGE] = village
    worker[:, scan.BUCKET] += 2 * _band(floors, problem.workers.wage_floor_fen)
    children = np.flatnonzero(parent >= 0)
    children = children[np.argsort(parent[children], kind="stable")]
    demands, demand_first, demand_posts = tables._demands(posts)
    runs = _runs(problem, slots)
    shelf = scan.Shelf(
        worker=worker,
        lists=tables._lists(problem),
        held=problem.workers.certificates,
        runs=runs,
        span=_spans(runs, params.furthest_occupation, slots.shape[1] - 1),
        first=slots[0].copy(),
        child_first=np.searchsorted(parent[children], np.arange(len(parent) + 1)).astype(np.int32),
        child=children.astype(np.int32),
        sets=np.concatenate(kinds),
        undemanding=posts_in_bits((posts.certificates == 0).all(axis=1)),
        demands=demands,
        demand_first=demand_first,
        demand_posts=demand_posts,
        fellows=_fellows(fellow_first, fellow_employer, employer),
        number=_numbers(problem, params, starts),
        **tables._points(params),
    )
    return shelf, _cards(problem, params, post)


def _kinds(problem: Problem, wage_steps: Ints, day_steps: Ints) -> list[Words]:
    """Sets of posts by age, education, wage, day and place."""
    posts, parent = problem.posts, problem.trees.place_parent
    places = np.arange(len(parent))[:, None]
    last = np.maximum(posts.begins_day, posts.valid_until_day)
    return [
        posts_in_bits(tables._allowed_ages(posts)),
        posts_in_bits(posts.education <= np.arange(EDUCATION_LEVELS)[:, None]),
        posts_in_bits(posts.wage_low_fen >= wage_steps[:, None]),
        posts_in_bits(last >= day_steps[:, None]),
        posts_in_bits((posts.place == places) | (parent[posts.place] == places)),
    ]


def _workers(problem: Problem, params: Params, steps: tuple[Ints, Ints], starts: Longs) -> Ints:
    """The numbers of each worker; village and band of the floor are still to come."""
    workers, worker = problem.workers, np.zeros((len(problem.workers), 12), np.int32)
    worker[:, scan.AGE_ROW] = workers.age
    worker[:, scan.EDUCATION_ROW] = starts[1] + workers.education
    worker[:, scan.WAGE_ROW] = starts[2] + _band(steps[0], workers.wage_floor_fen)
    worker[:, scan.DAY_ROW] = starts[3] + np.maximum(_band(steps[1], workers.earliest_day), 0)
    worker[:, scan.FLOOR] = workers.wage_floor_fen
    worker[:, scan.READY] = np.maximum(workers.earliest_day, problem.on_day)
    worker[:, scan.EARLIEST] = workers.earliest_day
    worker[:, scan.ANYWHERE] = workers.anywhere
    worker[:, scan.LODGES] = workers.needs_dormitory
    worker[:, scan.BASE] = params.weights.placed + params.weights.priority * workers.priority.astype(np.int32)
    worker[:, scan.BUCKET] = workers.needs_dormitory
    return worker


def _numbers(problem: Problem, params: Params, starts: Longs) -> Ints:
    workers, weights, numbers = problem.workers, params.weights, np.empty(8, np.int32)
    numbers[scan.WISHED], numbers[scan.PRACTISED] = workers.wished.shape[1], workers.experienced.shape[1]
    numbers[scan.WISHED_PLACES] = workers.wished_places.shape[1]
    numbers[scan.EXCLUDED_PLACES] = workers.excluded_places.shape[1]
    numbers[scan.UNSTATED] = weights.wish * params.wish_unstated_percent // 100
    numbers[scan.ACCEPTED] = weights.place * params.place_accepted_percent // 100
    numbers[scan.FELLOWS], numbers[scan.PLACE_ROWS] = weights.fellows, starts[4]
    return numbers


def _cards(problem: Problem, params: Params, post: Ints) -> Ints:
    posts = problem.posts
    cards = np.zeros((len(posts), 8), np.int32)
    cards[:, scan.PLACE], cards[:, scan.BEGINS] = posts.place, posts.begins_day
    cards[:, scan.WAGE], cards[:, scan.NET] = post[:, layout.WAGE_AT], post[:, layout.POINTS_AT]
    cards[:, scan.LODGING_AT] = params.weights.lodging * posts.dormitory
    cards[:, scan.LOW] = posts.wage_low_fen
    cards[:, scan.LAST] = np.maximum(posts.begins_day, posts.valid_until_day)
    return cards


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


def _fellows(first: Ints, employer: Ints, of_post: Ints) -> Words:
    """(villages + 1, words) The posts of employers where people of each village work; none in the last row."""
    villages, known = np.repeat(np.arange(len(first) - 1), np.diff(first)), int(of_post.max(initial=-1)) + 1
    pieces, nowhere = [], np.zeros((1, (len(of_post) + 63) // 64), np.uint64)
    for start in range(0, len(first) - 1, VILLAGES):
        some = slice(first[start], first[min(start + VILLAGES, len(first) - 1)])
        met = np.zeros((min(VILLAGES, len(first) - 1 - start), known), np.bool_)
        met[villages[some] - start, employer[some]] = True
        pieces.append(posts_in_bits(met[:, of_post]))
    return np.concatenate([*pieces, nowhere])
