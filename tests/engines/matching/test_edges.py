"""Plain assignment problems: solved to the optimum, certified apart from the solver, read from files of others."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from zhitong.engines.matching.__main__ import main
from zhitong.engines.matching.convert import MOST, read_edges
from zhitong.engines.matching.edges import Edges, certificate, solve_edges
from zhitong.engines.matching.files import load_edge_plan, load_edges, save_edge_plan, save_edges

SQUARE = "3\n 4 2 8\n 4 3 7\n 3 1 6\n"
"""OR-Library: the cheapest assignment of three to three costs 12."""
SPARSE = "3\n1 1 4\n1 2 2\n2 1 4\n2 3 7\n3 3 6\n"
"""The same with five pairs only: 12 again."""
FLOW = """c two sources, two sinks
p min 4 3
n 1 1
n 2 2
n 3 -2
n 4 -1
a 1 3 0 1 5
a 2 3 0 2 4
a 2 4 0 2 9
"""
SOURCES = "p asn 4 3\nn 1\nn 2\na 1 3 5\na 1 4 6\na 2 3 9\n"


def edges_of(worth: np.ndarray, allowed: np.ndarray, seats: Any, staying: Any) -> Edges:
    """The allowed pairs of a table."""
    row, post = np.nonzero(allowed)
    return Edges(row=row, post=post, value=worth[row, post], seats=np.array(seats), staying=np.array(staying))


def random_edges(seed: int) -> tuple[Edges, int]:
    """A small problem with capacities and floors, and the best that SciPy finds."""
    random = np.random.default_rng(seed)
    rows, posts = int(random.integers(0, 10)), int(random.integers(0, 8))
    seats, staying = random.integers(0, 4, posts), random.integers(-2, 4, rows)
    allowed, worth = random.random((rows, posts)) < 0.6, random.integers(-3, (15, 4)[seed % 2], (rows, posts))
    gain = np.where(allowed, np.maximum(worth - staying[:, None], 0), 0)[
        :, np.repeat(np.arange(posts), seats)
    ]
    best = int(gain[linear_sum_assignment(gain, maximize=True)].sum() + staying.sum())
    return edges_of(worth, allowed, seats, staying), best


def test_it_works() -> None:
    for seed in range(200):
        edges, best = random_edges(seed)
        plan = solve_edges(edges, seed=seed % 3)
        assert plan.total == plan.bound == best, seed
        told = certificate(edges, plan)
        assert (told["fit"], told["bound"], told["broken_rules"]) == (best, best, []), seed


@pytest.mark.parametrize("size", [100, 300])
def test_as_many_as_in_the_or_library_are_assigned_at_least_cost(size: int, tmp_path: Path) -> None:
    cost = np.random.default_rng(size).integers(1, 101, (size, size))
    (tmp_path / "assign").write_text(f" {size}\n" + " ".join(str(one) for one in cost.ravel()), "ascii")
    plan = solve_edges(read_edges(tmp_path / "assign"), seed=1)
    assert sorted(plan.post) == list(range(size))
    assert cost[np.arange(size), plan.post].sum() == cost[linear_sum_assignment(cost)].sum()
    assert plan.total == plan.bound


@pytest.mark.parametrize(
    ("text", "posts"),
    [(SQUARE, [1, 0, 2]), (SPARSE, [1, 0, 2]), (FLOW, [0, 0, 1]), (SOURCES, [1, 0])],
    ids=["square", "sparse", "flow", "sources"],
)
def test_files_of_others_are_read(text: str, posts: list[int], tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text(text, "ascii")
    edges = read_edges(tmp_path / "told.txt")
    plan = solve_edges(edges)
    cost = [int(edges.value.max()) - int(edges.value[(edges.row == row) & (edges.post == post)][0])
            for row, post in enumerate(plan.post)]  # fmt: skip
    best = [int(edges.value.max()) - int(edges.value[(edges.row == row) & (edges.post == post)][0])
            for row, post in enumerate(posts)]  # fmt: skip
    assert sum(cost) == sum(best)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("2 1 2 3", "has 5 numbers, not 4"),
        ("2\n1 1 4\n3 2 5", "Node 3 is not among"),
        ("2 1 2 x 3", "whole number was expected"),
        ("p max 2 1\na 1 2 0 1 1", "first line must be"),
        ("p min 2 2\nn 1 1\nn 2 -1\na 1 2 0 1 1", "2 arcs are announced and 1 given"),
        ("p min 3 2\nn 1 1\nn 3 -1\na 1 2 0 1 1\na 2 3 0 1 1", "Only arcs from a node of supply"),
        ("p min 2 1\nn 1 1\nn 2 -1\na 1 2 1 1 1", "lower bound"),
        ("p min 2 1\nn 1 3\nn 2 -3\na 1 2 0 1 1", "less room"),
        ("p asn 2 1\nn 1\na 1 5 3", "Node 5 is not among"),
        ("p asn 2 1\nn 1\na 1 2", "has 3 numbers, not 2"),
        ("1000000000000", "1000000000000 items cannot be read"),
        ("-5", "-5 items cannot be read"),
        ("p asn 1000000000000 0", "1000000000000 nodes cannot be read"),
        ("p min -4 0", "-4 nodes cannot be read"),
        ("p min 2 1\nn 1 100000000\nn 2 -100000000\na 1 2 0 100000000 5", "100000000 units of supply cannot"),
        (
            f"p min 3 2\nn 1 {MOST}\nn 2 -{MOST}\nn 3 -1\na 1 2 0 {MOST} 5\na 1 3 0 1 5",
            "pairs cannot be read",
        ),
    ],
)
def test_files_that_are_no_assignment_are_refused(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text(text, "ascii")
    with pytest.raises(ValueError, match=sentence):
        read_edges(tmp_path / "told.txt")


ONE = {"row": [0], "post": [0], "value": [3], "seats": [1], "staying": [0]}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": [float("nan")]}, "value holds NaN in row 0"),
        ({"seats": [-1]}, "seats holds -1"),
        ({"row": [1]}, "row names 1 in edge 0; there are 1 rows"),
        ({"post": [4]}, "post names 4 in edge 0; there are 1 posts"),
        ({"row": [0, 0], "post": [0, 0], "value": [1, 2]}, "Edges 0 and 1 join the same row and post"),
        ({"value": [1, 2]}, "must have the same length"),
    ],
)
def test_nonsense_is_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Edges(**{name: np.array(values) for name, values in {**ONE, **change}.items()})


def test_nobody_and_nothing_are_answers() -> None:
    nothing = np.zeros(0, np.int64)
    empty = Edges(row=nothing, post=nothing, value=nothing, seats=nothing, staying=nothing)
    assert solve_edges(empty).bound == 0
    alone = Edges(row=nothing, post=nothing, value=nothing, seats=np.array([0, 5]), staying=np.array([7, -2]))
    plan = solve_edges(alone)
    assert (plan.total, plan.bound, list(plan.post)) == (5, 5, [-1, -1])
    with pytest.raises(ValueError, match="seed must not be negative"):
        solve_edges(empty, seed=-1)


def test_when_time_is_up_the_gap_is_told() -> None:
    cost = np.random.default_rng(1).integers(1, 10_000, (60, 60))
    edges = edges_of(cost, cost > 0, np.ones(60, np.int64), np.zeros(60, np.int64))
    hasty, patient = solve_edges(edges, stop=lambda: True), solve_edges(edges)
    assert hasty.total <= patient.total == patient.bound <= hasty.bound
    assert certificate(edges, hasty)["broken_rules"] == []


def test_a_broken_plan_is_found() -> None:
    edges = edges_of(np.full((2, 2), 5), np.eye(2, dtype=bool), [1, 1], [0, 6])
    plan = solve_edges(edges)
    assert list(plan.post) == [0, -1]
    for post, code in (
        ([1, -1], "no_edge"),
        ([0, 1], "staying"),
        ([0, 7], "unknown_post"),
        ([0], "other_problem"),
    ):
        told = certificate(edges, replace(plan, post=np.array(post)))
        assert code in {fault["code"] for fault in told["broken_rules"]}
    crowded = edges_of(np.full((2, 1), 5), np.ones((2, 1), bool), [1], [0, 0])
    told = certificate(crowded, replace(solve_edges(crowded), post=np.array([0, 0])))
    assert told["broken_rules"][0]["code"] == "seats"
    assert certificate(edges, replace(plan, total=3))["broken_rules"][0]["code"] == "total"


def test_problems_and_plans_survive_files(tmp_path: Path) -> None:
    edges, _ = random_edges(8)
    plan = solve_edges(edges)
    save_edges(edges, tmp_path / "edges.npz")
    save_edge_plan(plan, tmp_path / "plan.npz")
    assert (load_edges(tmp_path / "edges.npz").value == edges.value).all()
    assert (load_edge_plan(tmp_path / "plan.npz").post == plan.post).all()


def test_the_commands_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, problem, plan = (str(tmp_path / name) for name in ("assign", "problem.npz", "plan.npz"))
    Path(text).write_text(SQUARE, "ascii")
    assert main(["convert", text, "-o", problem]) == 0
    assert main(["solve", problem, "-o", plan, "--seconds", "30"]) == 0
    assert main(["certify", problem, plan]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0] == {"rows": 3, "posts": 3, "edges": 9}
    assert told[1] == told[2]
    assert (told[2]["placed"], told[2]["certified_gap"]) == (3, 0.0)


def test_people_and_posts_are_certified_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, plan = str(tmp_path / "problem.npz"), str(tmp_path / "plan.npz")
    assert main(["sample", problem, "--workers", "150", "--posts", "20", "--family", "hot"]) == 0
    assert main(["solve", problem, "-o", plan]) == 0
    assert main(["certify", problem, plan]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["fit"] <= told["bound"]
    assert told["broken_rules"] == []
    assert main(["solve", problem, "-o", plan, "--seconds", "-1"]) == 2
