"""Problems and plans as files, and the commands that read and write them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from zhitong.engines.matching import Params, solve
from zhitong.engines.matching.__main__ import main
from zhitong.engines.matching.files import load_plan, load_problem, save_plan, save_problem

ROUND = random_round(3, 20, 12, 0.3)


def rewritten(path: Path, **changes: Any) -> Path:
    """The same file with some arrays changed; None leaves one out."""
    with np.load(path) as file:
        arrays = {**{name: file[name] for name in file.files}, **changes}
    np.savez(path, **{name: values for name, values in arrays.items() if values is not None})
    return path


@pytest.fixture
def problem_path(tmp_path: Path) -> Path:
    save_problem(ROUND, tmp_path / "problem.npz")
    return tmp_path / "problem.npz"


@pytest.fixture
def plan_path(tmp_path: Path) -> Path:
    save_plan(solve(ROUND, Params(priority_mode="strict"), seed=4), tmp_path / "plan.npz")
    return tmp_path / "plan.npz"


def test_a_problem_comes_back_whole(problem_path: Path) -> None:
    again = load_problem(problem_path)
    assert again.digest() == ROUND.digest()
    assert dict(again.arrays()).keys() == dict(ROUND.arrays()).keys()


def test_a_plan_comes_back_whole(plan_path: Path) -> None:
    plan, again = solve(ROUND, Params(priority_mode="strict"), seed=4), load_plan(plan_path)
    assert all(
        (left == right).all() for (_, left), (_, right) in zip(plan.arrays(), again.arrays(), strict=True)
    )
    assert (again.total, again.bound, again.seed, again.params) == (plan.total, plan.bound, 4, plan.params)
    assert again.broken_rules(ROUND) == ()


def test_every_value_changes_the_digest() -> None:
    digests = {ROUND.digest(), random_round(4, 20, 12, 0.3).digest(), random_round(3, 20, 11, 0.3).digest()}
    assert len(digests) == 3


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"workers.age": None}, "lacks the column workers.age"),
        ({"workers.age": np.zeros(3, np.int16)}, "rows where the other columns have"),
        ({"posts.seats": np.full(12, -1)}, "posts.seats holds -1 in row 0"),
        ({"on_day": np.array([1, 2])}, "on_day must be one whole number"),
        ({"format": np.array("another")}, "is not of the form zhitong-matching-problem-1"),
        ({"format": np.array(3)}, "format must be one text"),
    ],
)
def test_a_faulty_problem_file_is_refused(problem_path: Path, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        load_problem(rewritten(problem_path, **changes))


def test_a_plan_is_no_problem(plan_path: Path) -> None:
    with pytest.raises(ValueError, match="is not of the form"):
        load_problem(plan_path)


def test_a_file_that_could_run_something_is_refused(problem_path: Path) -> None:
    rewritten(problem_path, **{"workers.age": np.array([object()] * 20, object)})
    with pytest.raises(ValueError, match="cannot be read"):
        load_problem(problem_path)


@pytest.mark.parametrize("keep", [0, 10, 1000])
def test_a_file_cut_short_is_refused(problem_path: Path, keep: int) -> None:
    problem_path.write_bytes(problem_path.read_bytes()[:keep])
    with pytest.raises(ValueError, match="cannot be read"):
        load_problem(problem_path)


def test_a_file_with_damaged_contents_is_refused(problem_path: Path) -> None:
    content = bytearray(problem_path.read_bytes())
    content[200:260] = bytes(60)
    problem_path.write_bytes(content)
    with pytest.raises(ValueError, match="cannot be read"):
        load_problem(problem_path)


def test_a_single_array_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "problem.npy", np.arange(3))
    with pytest.raises(ValueError, match="cannot be read"):
        load_problem(tmp_path / "problem.npy")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        load_problem(tmp_path / "none.npz")


def test_the_commands_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, plan = str(tmp_path / "problem.npz"), str(tmp_path / "plan.npz")
    assert main(["sample", problem, "--workers", "200", "--posts", "30"]) == 0
    assert main(["solve", problem, "-o", plan, "--seed", "5"]) == 0
    assert main(["check", problem, plan]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[1]["workers"] == 200
    assert told[1]["placed"] + told[1]["left_over"] == 200
    assert told[1]["seed"] == 5
    assert told[2]["broken_rules"] == []
    assert {key: told[2][key] for key in told[1]} == told[1]


def test_solve_reads_parameters(problem_path: Path, tmp_path: Path) -> None:
    (tmp_path / "params.json").write_text('{"furthest_occupation": 4, "weights": {"wish": 0}}', "utf-8")
    words = [
        "solve",
        str(problem_path),
        "-o",
        str(tmp_path / "plan.npz"),
        "--params",
        str(tmp_path / "params.json"),
    ]
    assert main(words) == 0
    assert load_plan(tmp_path / "plan.npz").params.weights.wish == 0


def test_check_tells_what_is_broken(
    problem_path: Path, plan_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewritten(plan_path, total=np.array(1))
    assert main(["check", str(problem_path), str(plan_path)]) == 1
    assert [fault["code"] for fault in json.loads(capsys.readouterr().out)["broken_rules"]] == ["total"]


def test_nonsense_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(tmp_path / "none.npz"), "-o", str(tmp_path / "plan.npz")]) == 2
    assert "cannot be read" in json.loads(capsys.readouterr().err)["error"]


@pytest.mark.slow
def test_it_runs_as_a_module(problem_path: Path, tmp_path: Path) -> None:
    words = ["solve", str(problem_path), "-o", str(tmp_path / "plan.npz")]
    ran = subprocess.run(
        [sys.executable, "-m", "zhitong.engines.matching", *words], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)["workers"] == 20
