"""What would fill the seats that stay empty, and where a class should open."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engines.matching.making import TODAY, round_of, rounds
from zhitong.engines.matching import solve
from zhitong.engines.matching.classes import Opening, openings
from zhitong.engines.matching.recount import people_brought
from zhitong.engines.matching.vacant import Easing, Remedy, vacant


def test_it_works() -> None:
    floors = [{"wage_floor_fen": floor} for floor in (405_000, 440_000, 450_000)]
    problem = round_of(floors, [{"seats": 2}])
    found = vacant(problem, solve(problem, seed=0))
    assert found.remedies(0) == [Remedy(Easing.WAGE, 10_000, 1), Remedy(Easing.WAGE, 40_000, 2)]


@pytest.mark.parametrize(
    ("worker", "post", "remedy"),
    [
        ({"earliest_day": TODAY + 25}, {}, Remedy(Easing.DAY, 5, 1)),
        ({"education": 1}, {"education": 3}, Remedy(Easing.EDUCATION, 2, 1)),
        ({}, {"certificates": [70]}, Remedy(Easing.CERTIFICATE, 1, 1)),
    ],
)
def test_one_term_keeps_someone_away(worker, post, remedy) -> None:
    problem = round_of([worker], [post])
    assert vacant(problem, solve(problem, seed=0)).remedies(0) == [remedy]


@pytest.mark.parametrize(
    ("worker", "post"),
    [
        ({}, {"certificates": [3, 70]}),
        ({"wished_places": [3]}, {}),
        ({"age": 15}, {}),
        ({"education": 1, "wage_floor_fen": 500_000}, {"education": 2}),
        ({"wage_floor_fen": 800_000}, {"wage_low_fen": 400_000}),
    ],
)
def test_no_single_change_of_the_post_would_do(worker, post) -> None:
    problem = round_of([worker], [post])
    assert vacant(problem, solve(problem, seed=0)).remedies(0) == []


@given(rounds(workers=20, posts=8))
@settings(max_examples=20, deadline=None)
def test_everyone_brought_is_counted_again_without_the_loops(problem) -> None:
    plan = solve(problem, seed=0)
    found, posts = vacant(problem, plan), problem.posts
    for number, post in enumerate(found.post.tolist()):
        last = int(max(posts.begins_day[post], posts.valid_until_day[post]))
        for easing, column, value in (
            (
                Easing.WAGE,
                "wage_low_fen",
                lambda step, post=post: int(posts.wage_low_fen[post]) + step * 10_000,
            ),
            (Easing.DAY, "valid_until_day", lambda step, last=last: last + step),
            (
                Easing.EDUCATION,
                "education",
                lambda step, post=post: max(int(posts.education[post]) - step, 0),
            ),
        ):
            for step in (1, 3, 7):
                told = found.brings[number, easing - 1, step - 1]
                assert told == people_brought(problem, plan, post, **{column: value(step)})


def test_a_class_is_told_by_trade_and_county() -> None:
    workers = [{"village": 0}, {"village": 1}, {"village": 1}, {"village": 1, "wished": [9]}]
    problem = round_of(workers, [{"certificates": [70], "seats": 2}, {"occupation": 2, "certificates": [5]}])
    plan = solve(problem, seed=0)
    found = openings(problem, vacant(problem, plan), np.array([7, 8, 8, 8]))
    assert found == [
        Opening(group=8, trade=0, certificate=70, people=2, seats=2, placed=2, posts=(0,)),
        Opening(group=7, trade=0, certificate=70, people=1, seats=2, placed=1, posts=(0,)),
    ]


def test_a_trade_can_be_learned() -> None:
    problem = round_of([{"wished": [9]}, {"wished": [9]}], [{"occupation": 5}])
    found = openings(problem, vacant(problem, solve(problem, seed=0)), np.array([0, 0]))
    assert found == [Opening(group=0, trade=1, certificate=-1, people=2, seats=1, placed=1, posts=(0,))]


def test_whoever_belongs_to_no_county_is_not_counted() -> None:
    problem = round_of([{}], [{"certificates": [70]}])
    found = vacant(problem, solve(problem, seed=0))
    assert openings(problem, found, np.array([-1])) == []
    with pytest.raises(ValueError, match="2 groups for 1 workers"):
        openings(problem, found, np.array([0, 0]))


def test_nobody_and_nothing_are_answers() -> None:
    for workers, posts in (([], [{}]), ([{}], []), ([], []), ([{}], [{"seats": 0}])):
        problem = round_of(workers, posts)
        found = vacant(problem, solve(problem, seed=0))
        assert len(found.post) == int(len(posts) == 1 and posts != [{"seats": 0}])
        assert openings(problem, found, np.zeros(len(workers), np.int32)) == []
