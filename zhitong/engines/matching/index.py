"""A problem laid out for scanning: each hard rule as sets of posts in bits, each part of the fit as a small table.

A set of posts is a row of 64-bit words, bit b of word w standing for post 64 w + b. Posts stand in the order of the
occupation tree, so that the posts of one occupation (a *slot*) are neighbours. What the loops read together lies
together: few arrays with many columns, since a compiled loop pays for every array that it is handed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from zhitong.engines.matching.columns import Flags, Ints, Longs, Words
from zhitong.engines.matching.loops import layout
from zhitong.engines.matching.loops.layout import Index
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.problem import Problem
from zhitong.engines.matching.tables import EDUCATION_LEVELS, MOST, Posts

MOST_BLOCKS = 1024


def index_of(problem: Problem, params: Params) -> Index:
    """Lay out an arranged problem; the posts must stand in the order of the occupation tree."""
    worker, post, slots = _workers(problem, params), _posts(problem, params), _slots(problem)
    sets, starts = _sets(problem)
    fellow_first, fellow_employer, worker[:, layout.VILLAGE_OF], post[:, layout.EMPLOYER_AT] = _fellows(
        problem
    )
    demands, demand_first, demand_posts = _demands(problem.posts)
    orders = [np.argsort(numbers, kind="stable") for numbers in _rising(problem.posts)]
    return Index(
        worker=worker,
        lists=_lists(problem),
        held=problem.workers.certificates,
        declined=declined_of(problem),
        post=post,
        slots=slots,
        classes=problem.trees.occupation,
        place_parent=problem.trees.place_parent,
        sets=sets,
        ladder=np.stack(orders).astype(np.int32),
        demands=demands,
        demand_first=demand_first,
        demand_posts=demand_posts,
        fellow_first=fellow_first,
        fellow_employer=fellow_employer,
        number=_numbers(problem, params, post, starts),
        **_points(params),
    )


def posts_in_bits(chosen: Flags) -> Words:
    """Rows of flags (…, posts) as rows of words (…, words)."""
    words = (chosen.shape[-1] + 63) // 64
    padded = np.zeros((*chosen.shape[:-1], words * 64), np.bool_)
    padded[..., : chosen.shape[-1]] = chosen
    return np.packbits(padded, axis=-1, bitorder="little").view("<u8").astype(np.uint64)


def flags_of_bits(words: Words, posts: int) -> Flags:
    """Rows of words as rows of flags; the inverse of `posts_in_bits`."""
    octets = words.astype("<u8").view(np.uint8)
    return np.unpackbits(octets, axis=-1, bitorder="little")[..., :posts].astype(np.bool_)


def declined_of(problem: Problem) -> Ints:
    """(workers, any) Posts that do not come in question, and employers as their number behind the last post; -1."""
    workers, employers = problem.workers, np.unique(problem.posts.employer)
    named = workers.declined_employers
    place = np.searchsorted(employers, named)
    known = np.append(employers, -1)[place] == named
    behind = np.where(known & (named >= 0), place + len(problem.posts), -1)
    return np.concatenate([workers.declined_posts, behind], axis=1, dtype=np.int32)


def open_on_day(problem: Problem) -> Flags:
    """(posts,) Whether the post can be taken on the day of the round and has a seat."""
    return (problem.posts.valid_until_day >= problem.on_day) & (problem.posts.seats > 0)


def _rising(posts: Posts) -> tuple[Ints, Ints]:
    return posts.wage_low_fen, np.maximum(posts.begins_day, posts.valid_until_day)


def _workers(problem: Problem, params: Params) -> Ints:
    workers, weights = problem.workers, params.weights
    wage, day = _rising(problem.posts)
    table = np.empty((len(workers), 10), np.int32)
    table[:, layout.AGE_OF] = workers.age
    table[:, layout.EDUCATION_OF] = workers.education
    table[:, layout.FLOOR_OF] = workers.wage_floor_fen
    table[:, layout.WAGE_RUNG_OF] = np.searchsorted(np.sort(wage), workers.wage_floor_fen)
    table[:, layout.READY_OF] = np.maximum(workers.earliest_day, problem.on_day)
    table[:, layout.DAY_RUNG_OF] = np.searchsorted(np.sort(day), workers.earliest_day)
    table[:, layout.ANYWHERE_OF] = workers.anywhere
    table[:, layout.LODGES_OF] = workers.needs_dormitory
    table[:, layout.POINTS_OF] = weights.placed + weights.priority * workers.priority.astype(np.int32)
    return table


def _lists(problem: Problem) -> Ints:
    workers = problem.workers
    occupations = [workers.wished, workers.experienced, workers.experience_years]
    places = [workers.wished_places, workers.excluded_places]
    return np.concatenate([*occupations, *places], axis=1, dtype=np.int32)


def _posts(problem: Problem, params: Params) -> Ints:
    posts, weights, longest = problem.posts, params.weights, params.longest_journey_minutes
    first = _slot_firsts(posts.occupation)
    minutes = np.where(posts.minutes_from_home >= 0, posts.minutes_from_home, longest)
    near = weights.distance * (longest - np.minimum(minutes, longest)) // longest
    table = np.empty((len(posts), 7), np.int32)
    table[:, layout.SLOT_AT] = np.repeat(np.arange(len(first) - 1), np.diff(first))
    table[:, layout.PLACE_AT] = posts.place
    table[:, layout.WAGE_AT] = (posts.wage_low_fen.astype(np.int64) + posts.wage_high_fen) // 2
    table[:, layout.BEGINS_AT] = posts.begins_day
    table[:, layout.DORMITORY_AT] = posts.dormitory
    table[:, layout.POINTS_AT] = near + weights.meals * posts.meals
    return table


def _slots(problem: Problem) -> Ints:
    first = _slot_firsts(problem.posts.occupation)
    occupation = problem.posts.occupation[first[:-1]]
    uncoded = np.full((1, 3), -1, np.int32)
    classes = np.concatenate([problem.trees.occupation, uncoded])
    table = np.full((5, len(first)), -1, np.int32)
    table[0], table[1, :-1], table[2:, :-1] = first, occupation, classes[occupation].T
    return table


def _slot_firsts(occupation: Ints) -> Ints:
    changes: Longs = np.flatnonzero(np.diff(occupation)) + 1
    ends = np.array([len(occupation)] if len(occupation) else [], np.int64)
    return np.concatenate([np.zeros(1, np.int64), changes, ends]).astype(np.int32)


def _sets(problem: Problem) -> tuple[Words, list[int]]:
    """All sets of posts; and the first rows of those by place, by rungs of wages and by rungs of days."""
    posts, parent = problem.posts, problem.trees.place_parent
    places = np.arange(len(parent))[:, None]
    fixed = [
        posts_in_bits(open_on_day(problem))[None],
        posts_in_bits((posts.certificates == 0).all(axis=1))[None],
        posts_in_bits(_allowed_ages(posts)),
        posts_in_bits(posts.education <= np.arange(EDUCATION_LEVELS)[:, None]),
        posts_in_bits((posts.place == places) | (parent[posts.place] == places)),
    ]
    blocks = [_blocks(numbers) for numbers in _rising(posts)]
    kinds = [*fixed, *blocks]
    firsts = np.cumsum([0, *(len(kind) for kind in kinds)])
    return np.concatenate(kinds), [int(first) for first in firsts[4:7]]


def _allowed_ages(posts: Posts) -> Flags:
    age = np.arange(layout.OLDEST + 1)[:, None]
    oldest = np.where(posts.max_age > 0, posts.max_age, layout.OLDEST)
    lowest = np.maximum(np.where(posts.heavy, 18, 16), posts.min_age)
    return np.asarray((age >= lowest) & (age <= oldest), np.bool_)


def _block_size(posts: int) -> int:
    return max(64, posts // MOST_BLOCKS)


def _blocks(numbers: Ints) -> Words:
    """The posts from every so many-th rung of a ladder upwards; the rungs between are added one by one."""
    order, size = np.argsort(numbers, kind="stable"), _block_size(len(numbers))
    rung = np.empty(len(order), np.int64)
    rung[order] = np.arange(len(order))
    return np.stack([posts_in_bits(rung >= start) for start in np.arange(len(order) // size + 2) * size])


def _demands(posts: Posts) -> tuple[Words, Ints, Ints]:
    """Sets of certificates that are demanded somewhere, with the posts of each listed set by set."""
    asked = np.flatnonzero(posts.certificates.any(axis=1))
    demands, number = np.unique(posts.certificates[asked], axis=0, return_inverse=True)
    number = number.reshape(-1)
    order = np.argsort(number, kind="stable")
    first = np.searchsorted(number[order], np.arange(len(demands) + 1))
    return demands, first.astype(np.int32), asked[order].astype(np.int32)


def _fellows(problem: Problem) -> tuple[Ints, Ints, Ints, Ints]:
    """First entry of each village, employers village by village, and the villages and employers of the rows.

    Villages and employers are numbered anew without holes; -1 is a village without fellows anywhere.
    """
    fellows, village = problem.fellows, problem.workers.village
    employers, employer = np.unique(problem.posts.employer, return_inverse=True)
    known = np.flatnonzero(np.isin(fellows.employer, employers))
    order = known[np.lexsort((fellows.employer[known], fellows.village[known]))]
    villages, ordered = np.unique(fellows.village[order]), fellows.village[order]
    row = np.where(np.isin(village, villages), np.searchsorted(villages, village), -1)
    first = np.searchsorted(ordered, np.append(villages, MOST + 1)).astype(np.int32)
    places = np.searchsorted(employers, fellows.employer[order]).astype(np.int32)
    return first, places, row.astype(np.int32), employer.astype(np.int32)


def _numbers(problem: Problem, params: Params, post: Ints, starts: list[int]) -> Ints:
    workers, weights = problem.workers, params.weights
    numbers = np.empty(15, np.int32)
    numbers[layout.WISHED], numbers[layout.PRACTISED] = workers.wished.shape[1], workers.experienced.shape[1]
    numbers[layout.WISHED_PLACES], numbers[layout.EXCLUDED_PLACES] = (
        workers.wished_places.shape[1],
        workers.excluded_places.shape[1],
    )
    numbers[layout.WISH_UNSTATED] = weights.wish * params.wish_unstated_percent // 100
    numbers[layout.PLACE_ACCEPTED] = weights.place * params.place_accepted_percent // 100
    numbers[layout.LODGING], numbers[layout.FELLOWS] = weights.lodging, weights.fellows
    numbers[layout.FURTHEST] = params.furthest_occupation
    numbers[layout.TOP_WAGE], numbers[layout.TOP_POINTS] = (
        post[:, layout.WAGE_AT].max(initial=0),
        post[:, layout.POINTS_AT].max(initial=0),
    )
    numbers[layout.PLACE_SETS], numbers[layout.WAGE_BLOCKS], numbers[layout.DAY_BLOCKS] = starts
    numbers[layout.BLOCK] = _block_size(len(post))
    return numbers


def _points(params: Params) -> dict[str, Ints]:
    weights, percent = params.weights, np.array(params.occupation_percent)
    years = np.arange(params.full_experience_years + 1)
    steps = np.arange(params.full_wage_fen // layout.WAGE_STEP_FEN + 2) * layout.WAGE_STEP_FEN
    full, longest = params.full_wage_fen, params.longest_wait_days
    tables: dict[str, npt.NDArray[np.int64]] = {
        "wish_points": weights.wish * percent // 100,
        "practice_points": weights.experience
        * percent[:, None]
        * years
        // (100 * params.full_experience_years),
        "wage_points": weights.wage * np.minimum(steps, full) // full,
        "place_points": weights.place * np.array(params.place_percent) // 100,
        "season_points": weights.season * (longest - np.arange(longest + 1)) // longest,
    }
    return {name: np.ascontiguousarray(table, np.int32) for name, table in tables.items()}
