"""With the workers apart the plan is the same bit for bit, also when processes are killed while they answer."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from zhitong.engines.matching import Params, Plan, Problem, Reason, solve
from zhitong.engines.matching.apart import FEW, TRIES, Apart, Asked, Lost, Processes
from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.sample import sample_problem
from zhitong.engines.matching.shelf import Best, Shelves
from zhitong.engines.matching.standing import TimeUp


def same(one: Best, other: Best) -> bool:
    """Whether the posts are the same, each in its place; what stands behind the last one is not looked at."""
    there = one.post >= 0
    return (
        (one.post == other.post).all()
        and (one.kept == other.kept).all()
        and (one.value[there] == other.value[there]).all()
    )


def differing(one: Plan, other: Plan) -> list[str]:
    """Names of what differs between two plans."""
    return [
        field.name
        for field in fields(Plan)
        if not np.array_equal(getattr(one, field.name), getattr(other, field.name))
    ]


@pytest.fixture(scope="module")
def problem() -> Problem:
    return sample_problem(3500, 230, 5)


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solve(problem, seed=3)


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_it_works(processes: int) -> None:
    laid, random = arranged(random_round(2, 60, 150, 0.2), 2).problem, np.random.default_rng(2)
    rows, price = (
        random.permutation(60)[:40].astype(np.int32),
        random.integers(0, 900, 150).astype(np.int32),
    )
    open_to, least = random.random(150) < 0.7, random.integers(0, 900, 40).astype(np.int32)
    shelves = Shelves(laid, Params())
    with Processes(processes) as crew:
        crew.load(shelves)
        for shelf in (shelves, shelves.sorted_at(price)):
            for asked in (Asked(rows, 4, price), Asked(rows, 9, price, open_to, least)):
                assert same(asked.answered_by(shelf), crew.map(shelf, asked))
    assert not multiprocessing.active_children()


def test_equal_bargains_come_in_the_same_order_whoever_searches() -> None:
    laid = arranged(family_problem("ties", 300, 200, 1), 1).problem
    rows, free = np.arange(300, dtype=np.int32), np.zeros(200, np.int32)
    shelves = Shelves(laid, Params())
    found = shelves.best(rows, 6, free)
    assert (np.diff(found.value[found.kept == 6]) == 0).mean() > 0.1
    random = np.random.default_rng(1)
    for by in random.integers(0, 900, (3, 200)).astype(np.int32):
        assert same(shelves.sorted_at(by).best(rows, 6, free), found)
    dear = Shelves(laid, Params())
    dear.best(rows, 6, free - 400)  # leaves behind tables by which posts are come upon in another order
    for row in rows[::10]:
        assert same(
            dear.best(rows[row : row + 1], 6, free), Best(*(column[row : row + 1] for column in found))
        )


@pytest.mark.parametrize("processes", [1, 2])
def test_the_plan_is_the_same(problem: Problem, plan: Plan, processes: int) -> None:
    with Processes(processes) as crew:
        assert differing(solve(problem, seed=3, crew=crew), plan) == []
    assert not plan.broken_rules(problem)


def killing(every: int) -> tuple[Callable[[], bool], list[int | None]]:
    """Says that there is time, but kills every so many-th of the processes that answer when it has just begun; and
    how those ended."""
    killed: list[int | None] = []
    seen: list[int | None] = []

    def stop() -> bool:
        for child in multiprocessing.active_children():
            if child.pid not in seen:
                seen.append(child.pid)
                if len(seen) % every == 0:
                    os.kill(child.pid or 0, signal.SIGKILL)
                    child.join()
                    killed.append(child.exitcode)
        return False

    return stop, killed


def test_killed_processes_change_nothing(problem: Problem, plan: Plan) -> None:
    ends: list[int | None] = []
    while -signal.SIGKILL not in ends:  # some have answered before they are killed
        stop, killed = killing(every=3)
        with Processes(2) as crew:
            again = solve(problem, seed=3, crew=crew, stop=stop)
        assert differing(again, plan) == []
        assert len(ends) < 200
        ends += killed


def test_a_question_that_kills_whoever_answers_is_given_up() -> None:
    stop, killed = killing(every=1)
    shelves = Shelves(arranged(sample_problem(400, 200, 1), 0).problem, Params(), stop=stop)
    long = np.zeros(3_000_000, np.int32)
    with Processes(1) as crew, pytest.raises(Lost, match="again and again"):
        crew.map(shelves, Asked(long, 1, shelves.free))
    assert killed == [-signal.SIGKILL] * TRIES
    assert not multiprocessing.active_children()


def test_time_is_up_while_others_answer(problem: Problem) -> None:
    laid, rows = arranged(problem, 0).problem, np.arange(len(problem.workers), dtype=np.int32)
    shelves = Shelves(laid, Params(), stop=lambda: bool(multiprocessing.active_children()))
    with Processes(2) as crew, pytest.raises(TimeUp):
        crew.load(shelves)
        Apart(shelves, crew).best(rows, 4, shelves.free)
    assert not multiprocessing.active_children()


def test_the_plan_so_far_comes_when_time_is_up(problem: Problem) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += len(multiprocessing.active_children()) > 0
        return asked > 2

    with Processes(2) as crew:
        early = solve(problem, seed=3, crew=crew, stop=stop)
    assert not early.broken_rules(problem)
    assert early.bound >= early.total
    assert (early.reason == Reason.TIME_UP).any()


class Nobody:
    """A crew that is never to be asked."""

    def load(self, shelves: Shelves) -> None:
        """Nobody is there to be told."""

    def map(self, shelves: Shelves, asked: Asked) -> Best:
        raise AssertionError("The crew was asked.")

    def close(self) -> None:
        """Nobody is there to be ended."""


def test_a_few_are_asked_here() -> None:
    shelves = Shelves(arranged(random_round(2, 60, 150, 0.2), 2).problem, Params())
    apart, rows = Apart(shelves, Nobody()), np.arange(60, dtype=np.int32)
    sorted_here = shelves.sorted_at(shelves.free)
    assert same(apart.sorted_at(apart.free).best(rows, 2, apart.free), sorted_here.best(rows, 2, apart.free))
    with pytest.raises(AssertionError, match="The crew was asked"):
        apart.best(np.zeros(FEW, np.int32), 2, apart.free)


@pytest.mark.parametrize("processes", [0, -1, 4097])
def test_numbers_that_make_no_sense(processes: int) -> None:
    with pytest.raises(ValueError, match="processes must be a whole number"):
        Processes(processes)
