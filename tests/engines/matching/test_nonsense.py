"""Arrays that make no sense are refused with a sentence; they never reach the solver."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engines.matching.making import TREE, random_round, round_of
from zhitong.engines.matching import Params, Problem, Trees, Weights

ROUND = random_round(1, 8, 5, 0.5)


def with_column(table: str, column: str, row: Any, value: Any) -> Problem:
    """The round with one cell changed, where the column may become one of floats."""
    old = getattr(getattr(ROUND, table), column)
    values = old.astype(np.float64 if isinstance(value, float) else np.int64)
    values[row] = value
    return replace(ROUND, **{table: replace(getattr(ROUND, table), **{column: values})})


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "sentence"),
    [
        ("workers", "age", 2, float("nan"), "workers.age holds NaN in row 2"),
        ("workers", "age", 0, 131, "workers.age holds 131 in row 0; it must lie in 0..130"),
        ("workers", "age", 3, -1, "workers.age holds -1 in row 3"),
        ("workers", "wage_floor_fen", 1, 1.5, "workers.wage_floor_fen must hold int32, not float64"),
        ("workers", "wage_floor_fen", 1, -5, "workers.wage_floor_fen holds -5 in row 1"),
        ("workers", "wished", (4, 1), 12, "workers.wished names 12 in row 4; there are 12 occupations"),
        ("workers", "experienced", (4, 1), -2, "workers.experienced holds -2 in row 4"),
        ("workers", "wished_places", (1, 0), 7, "workers.wished_places names 7 in row 1; there are 7 places"),
        ("workers", "excluded_places", (1, 0), 9, "workers.excluded_places names 9"),
        ("workers", "group", 5, 99, "workers.group names 99 in row 5"),
        ("workers", "priority", 5, 10, "workers.priority holds 10"),
        ("workers", "education", 5, 7, "workers.education holds 7"),
        ("posts", "seats", 0, -1, "posts.seats holds -1 in row 0"),
        ("posts", "seats", 0, float("nan"), "posts.seats holds NaN in row 0"),
        ("posts", "place", 3, -1, "posts.place holds -1 in row 3"),
        ("posts", "place", 3, 7, "posts.place names 7 in row 3; there are 7 places"),
        ("posts", "occupation", 3, 12, "posts.occupation names 12"),
        ("posts", "wage_low_fen", 2, 900_000_000, "posts.wage_high_fen is below posts.wage_low_fen in row 2"),
        ("posts", "begins_day", 2, 4_000_001, "posts.begins_day holds 4000001"),
        ("fellows", "village", 2, -1, "fellows.village holds -1 in row 2"),
    ],
)
def test_an_impossible_cell_is_named(table: str, column: str, row: Any, value: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        with_column(table, column, row, value)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"workers.education has 7 rows where the other columns have 8"):
        replace(ROUND.workers, education=ROUND.workers.education[:7])


def test_a_wrong_number_of_axes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"workers.wished must have 2 axes, not 1"):
        replace(ROUND.workers, wished=ROUND.workers.age)
    with pytest.raises(ValueError, match="at most 32"):
        replace(ROUND.workers, wished=np.zeros((8, 33), np.int32))


def test_years_need_the_shape_of_occupations() -> None:
    with pytest.raises(ValueError, match=r"must have the shape of workers.experienced"):
        replace(ROUND.workers, experience_years=np.zeros((8, 3), np.int16))


@pytest.mark.parametrize("wrong", [np.zeros((8, 2), np.int64), np.zeros((8, 2), np.bool_)])
def test_certificates_are_words_of_bits(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"workers.certificates must hold uint64"):
        replace(ROUND.workers, certificates=wrong)


def test_both_sides_have_the_same_certificates() -> None:
    one_word = replace(ROUND.workers, certificates=np.zeros((8, 1), np.uint64))
    with pytest.raises(ValueError, match="same number of words"):
        replace(ROUND, workers=one_word)


def test_flags_are_flags() -> None:
    with pytest.raises(ValueError, match=r"workers.anywhere must hold bool"):
        replace(ROUND.workers, anywhere=np.ones(8, np.int8))


def test_ages_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match=r"max_age is below posts.min_age in row 0"):
        round_of([], [{"min_age": 18, "max_age": 17}])


@pytest.mark.parametrize("day", [-1, 4_000_001, 1000.0, True, "1000"])
def test_the_day_is_a_day_number(day: Any) -> None:
    with pytest.raises(ValueError, match="on_day must be a whole day number"):
        replace(ROUND, on_day=day)


def test_a_group_of_thirteen_is_too_large() -> None:
    with pytest.raises(ValueError, match="Group 0 has 13 members; at most 12 are possible"):
        round_of([{"group": 0}] * 13, [], groups=[0])


def test_a_group_needs_a_known_rule() -> None:
    with pytest.raises(ValueError, match="group_rule holds 2 in row 0"):
        replace(ROUND, group_rule=np.full(len(ROUND.group_rule), 2))


def test_a_place_that_contains_itself_is_a_cycle() -> None:
    with pytest.raises(ValueError, match="a cycle or a third level"):
        Trees(occupation=TREE.occupation, place_parent=np.array([1, 0]))
    with pytest.raises(ValueError, match="names place 5, which is not there"):
        Trees(occupation=TREE.occupation, place_parent=np.array([-1, 5]))


def test_a_class_under_two_classes_is_refused() -> None:
    with pytest.raises(ValueError, match="minor class 0 under two middle classes"):
        Trees(occupation=np.array([[0, 0, 0], [0, 1, 0]]), place_parent=np.array([-1]))
    with pytest.raises(ValueError, match="middle class 0 under two major classes"):
        Trees(occupation=np.array([[0, 0, 0], [1, 0, 1]]), place_parent=np.array([-1]))
    with pytest.raises(ValueError, match="three columns"):
        Trees(occupation=np.zeros((2, 2), np.int32), place_parent=np.array([-1]))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"priority_mode": "always"}, "priority_mode must be 'weight' or 'strict'"),
        ({"candidates": 0}, "candidates must be a whole number in 1..256"),
        ({"rounds": 2.0}, "rounds must be a whole number"),
        ({"threads": True}, "threads must be a whole number"),
        ({"occupation_percent": (100, 80, 90, 0, 0)}, "occupation_percent must not rise"),
        ({"occupation_percent": (100, 50)}, "occupation_percent must have 5 to 5 values"),
        ({"place_percent": ()}, "place_percent must have 1 to 32 values"),
        ({"furthest_occupation": 5}, "furthest_occupation must be a whole number in 0..4"),
    ],
)
def test_parameters_out_of_bounds_are_refused(entry: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Params(**entry)


@pytest.mark.parametrize("entry", [{"wish": -1}, {"wish": 1001}, {"placed": 0}, {"wage": 1.5}])
def test_weights_out_of_bounds_are_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"weights.{next(iter(entry))} must be a whole number"):
        Weights(**entry)


def test_parameters_survive_json() -> None:
    params = Params(weights=Weights(wish=7), priority_mode="strict", place_percent=(90, 10), rounds=3)
    assert Params.from_json(params.as_json()) == params
    assert Params.from_json('{"weights": {"wish": 7}}') == Params(weights=Weights(wish=7))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"sex": 1}', "params has no entry 'sex'"),
        ('{"weights": {"ethnicity": 1}}', "weights has no entry 'ethnicity'"),
        ('{"weights": 3}', "one JSON object"),
        ("[]", "one JSON object"),
        ("{", "Expecting property name"),
    ],
)
def test_unknown_parameters_are_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Params.from_json(text)


def test_the_caller_keeps_the_right_to_write_to_own_arrays() -> None:
    seats = np.array([1, 2], np.int32)
    posts = replace(round_of([], [{}, {}]).posts, seats=seats)
    seats[0] = 5
    with pytest.raises(ValueError, match="read-only"):
        posts.seats[0] = 7
