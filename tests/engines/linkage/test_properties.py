"""What holds of every list, however wild its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.linkage.making import listed, number, verdicts
from zhitong.engines.linkage import Params, Problem, learn, score, solve
from zhitong.engines.linkage.learning import doubted_rows

pytestmark = pytest.mark.slow

NUMBERS = [
    "",
    number("52990119900102001"),
    number("52990119900102003"),
    number("52990119850506002"),
    "529901199001020010",
    "529901199001020000",
    "529901900102001",
    "5.29901E+17",
    "52990119900102",
]
NAMES = ["", "王大明", "王大鸣", "王大亮", "王明", "李秀英", "吉克·木呷", "吉克木呷", "𫖮", "a-b", "无"]
ROWS = st.fixed_dictionaries(
    {
        "id_number": st.sampled_from(NUMBERS),
        "name": st.sampled_from(NAMES),
        "sex": st.sampled_from(["", "男", "女"]),
        "birth_on": st.sampled_from(["", "1990-01-02", "1989-12-05", "1990-01-01", "1985/5/6", "不详"]),
        "phone": st.sampled_from(["", "15400000001", "15400000002", "154 0000 0010"]),
        "village": st.sampled_from(["", "529901101201", "529901101202", "529902101201"]),
    }
)
LISTS = st.lists(ROWS, max_size=14)
PAIRS = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=5)


def decided(rows: list[Any], pairs: list[tuple[int, int]]) -> Any:
    """Pairs of rows that are there, as positions."""
    kept = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and max(pair) < len(rows)}
    return np.array(sorted(kept), np.int64).reshape(-1, 2)


@settings(max_examples=60, deadline=None)
@given(LISTS, PAIRS, PAIRS, st.sampled_from([-5.0, 0.0]), st.sampled_from([0.0, 8.0]))
def test_every_plan_keeps_the_rules(
    rows: list[Any],
    confirmed: list[tuple[int, int]],
    rejected: list[tuple[int, int]],
    low: float,
    high: float,
) -> None:
    fixed = decided(rows, confirmed)
    refused = decided(
        rows, [pair for pair in rejected if tuple(sorted(pair)) not in {tuple(x) for x in fixed.tolist()}]
    )
    problem = Problem(listed(*rows), fixed, refused)
    plan = solve(problem, Params(review_bits=low, same_bits=high), seed=1)
    assert plan.broken_rules(problem) == ()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Any], random: Any) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    plain = solve(Problem(listed(*rows)), seed=1)
    mixed = solve(Problem(listed(*(rows[place] for place in order))), seed=1)
    assert sorted(np.round(plain.bits, 9)) == sorted(np.round(mixed.bits, 9))
    assert _people(plain.cluster, rows, range(len(rows))) == _people(mixed.cluster, rows, order)


def _people(cluster: Any, rows: list[Any], order: Any) -> list[Any]:
    """What the rows of each cluster hold."""
    held: dict[int, list[Any]] = {}
    for place, row in enumerate(order):
        held.setdefault(int(cluster[place]), []).append(sorted(rows[row].items()))
    return sorted(sorted(group) for group in held.values())


@settings(max_examples=60, deadline=None)
@given(LISTS)
def test_a_pair_scores_the_same_either_way_round(rows: list[Any]) -> None:
    given_rows = listed(*rows)
    scores = learn(Problem(given_rows))
    one, other = (place.ravel() for place in np.indices((len(rows), len(rows))))
    doubted: Callable[[], Any] = lambda: doubted_rows(given_rows)  # noqa: E731
    forth = score((one, other), given_rows, scores, doubted())
    back = score((other, one), given_rows, scores, doubted())
    assert np.allclose(forth.bits, back.bits)
    assert np.allclose(forth.parts.sum(axis=1), forth.bits, atol=1e-3)


@settings(max_examples=30, deadline=None)
@given(LISTS)
def test_the_same_seed_gives_the_same_plan(rows: list[Any]) -> None:
    first, again = (solve(Problem(listed(*rows)), seed=3) for _ in range(2))
    assert verdicts(first) == verdicts(again)
    assert (first.bits == again.bits).all()
