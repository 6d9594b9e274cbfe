"""Public instances, run where they are present: they are not shipped."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from zhitong.engines.matching.__main__ import main
from zhitong.engines.matching.convert import read_edges, read_ratings
from zhitong.engines.matching.edges import certificate, solve_edges
from zhitong.engines.matching.measuring import compare

MOVIELENS = os.environ.get("ZHITONG_MOVIELENS", "")
OR_LIBRARY = os.environ.get("ZHITONG_OR_LIBRARY", "")
OPTIMA = {
    "100": 305, "200": 475, "300": 626, "400": 804, "500": 991, "600": 1176, "700": 1362, "800": 1552,
    "p800": 2239, "p1500": 5839, "p3000": 18696, "p5000": 48533,
}  # fmt: skip
"""As the OR-Library gives them."""

RATINGS = "7\t30\t5\t881250949\n2\t30\t4\t891717742\n2\t10\t1\t878887116\n"


@pytest.mark.parametrize(("seats", "best"), [(1, 6), (2, 9)])
def test_a_list_of_ratings_is_a_matching(
    seats: int, best: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "u.data").write_text(RATINGS, "ascii")
    problem, plan = str(tmp_path / "problem.npz"), str(tmp_path / "plan.npz")
    assert main(["convert", str(tmp_path / "u.data"), "--ratings", str(seats), "-o", problem]) == 0
    assert main(["solve", problem, "-o", plan]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0] == {"rows": 2, "posts": 2, "edges": 3}
    assert (told[1]["fit"], told[1]["bound"], told[1]["placed"]) == (best, best, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("1\t2\t3\n", "a line of ratings has 4 numbers, not 3"),
        ("1\t2\tgood\t4\n", "whole number was expected"),
        (RATINGS + "2\t10\t3\t878887117\n", "join the same row and post"),
    ],
)
def test_what_is_no_list_of_ratings_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "u.data").write_text(text, "ascii")
    with pytest.raises(ValueError, match=f"(?i){sentence}"):
        read_ratings(tmp_path / "u.data", 1)


def test_what_a_file_of_costs_costs_is_told(tmp_path: Path) -> None:
    cost = np.random.default_rng(4).integers(1, 60, (8, 8))
    (tmp_path / "assign").write_text("8\n" + " ".join(str(one) for one in cost.ravel()), "ascii")
    edges = read_edges(tmp_path / "assign")
    plan = solve_edges(edges)
    assert certificate(edges, plan)["cost"] == cost[np.arange(8), plan.post].sum()


@pytest.mark.slow
@pytest.mark.skipif(
    not MOVIELENS, reason="ZHITONG_MOVIELENS names no u.data of MovieLens 100k; it is not shipped"
)
@pytest.mark.parametrize("seats", [1, 2, 5])
def test_movielens(seats: int) -> None:
    edges = read_ratings(MOVIELENS, seats)
    assert (edges.rows, len(edges.seats), len(edges.row)) == (943, 1682, 100_000)
    found = compare(edges, ("ortools",))
    assert found["ours"]["fit"] == found["ours"]["bound"] == found["ortools"]["fit"]


@pytest.mark.slow
@pytest.mark.skipif(
    not OR_LIBRARY, reason="ZHITONG_OR_LIBRARY names no folder of assignN.txt; they are not shipped"
)
@pytest.mark.parametrize("name", OPTIMA)
def test_the_or_library(name: str) -> None:
    path = Path(OR_LIBRARY) / f"assign{name}.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    edges = read_edges(path)
    told = certificate(edges, solve_edges(edges))
    assert (told["cost"], told["placed"], told["certified_gap"]) == (OPTIMA[name], edges.rows, 0.0)
