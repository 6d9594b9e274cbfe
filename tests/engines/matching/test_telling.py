"""The command `explain`: a worker, a post, the office."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.engines.matching.making import random_round, round_of
from zhitong.engines.matching import solve
from zhitong.engines.matching.__main__ import NONSENSE, RIGHT, main
from zhitong.engines.matching.files import save_plan, save_problem
from zhitong.engines.matching.telling import measure_explaining


@pytest.fixture
def files(tmp_path):
    problem = round_of([{"wage_floor_fen": 430_000}, {}], [{"seats": 2}, {"certificates": [70]}])
    save_problem(problem, tmp_path / "problem.npz")
    save_plan(solve(problem, seed=0), tmp_path / "plan.npz")
    np.save(tmp_path / "groups.npy", np.array([4, 4]))
    return [str(tmp_path / name) for name in ("problem.npz", "plan.npz", "groups.npy")]


def test_it_works(files, capsys) -> None:
    assert main(["explain", *files[:2], "--worker", "0"]) == RIGHT
    told = json.loads(capsys.readouterr().out)
    assert told["reason"] == "no_post" and told["refused"]["rule"] == "wage"
    assert told["change"]["change"] == "wage" and told["change"]["amount"] == 30_000
    assert main(["explain", *files[:2], "--post", "0"]) == RIGHT
    told = json.loads(capsys.readouterr().out)
    assert told["remedies"] == [{"easing": "wage", "amount": 30_000, "people": 1}]
    assert [one["worker"] for one in told["workers"]] == [1]
    assert main(["explain", *files[:2], "--office", files[2]]) == RIGHT
    assert json.loads(capsys.readouterr().out) == {"classes": []}


def test_who_is_not_there_is_told_in_a_sentence(files, tmp_path, capsys) -> None:
    np.save(tmp_path / "wrong.npy", np.array([1.5, 2.0]))
    np.save(tmp_path / "short.npy", np.array([1]))
    save_problem(random_round(1, 2, 2, 0.0), tmp_path / "other.npz")
    asked = [("--worker", "9"), ("--worker", "-1"), ("--post", "2"), ("--post", "-1")]
    asked += [("--office", str(tmp_path / name)) for name in ("wrong.npy", "short.npy", "absent.npy")]
    for words in asked:
        assert main(["explain", *files[:2], *words]) == NONSENSE, words
        assert "error" in json.loads(capsys.readouterr().err)
    assert main(["explain", str(tmp_path / "other.npz"), files[1], "--worker", "0"]) == NONSENSE


def test_explaining_is_measured() -> None:
    found = measure_explaining("city", 300, 30, 1, grouped=0.05)
    assert found["wrong"] == 0 and found["counted_again"] == 20
    assert found["us_each"] > 0 and found["told_a_change"] > 0
