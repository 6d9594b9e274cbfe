"""The engine by itself: no web framework, nothing that the law forbids to weigh, machine code kept safely."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.caching import CacheImpl

from tests.engines.matching.making import round_of
from zhitong.engines.matching import Problem, solve
from zhitong.engines.matching.loops import compiled as machine
from zhitong.engines.matching.sample import sample_problem

ALONE = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
from zhitong.engines.matching import solve
assert "numba" not in sys.modules and "ortools" not in sys.modules
from zhitong.engines.matching.sample import sample_problem
plan = solve(sample_problem(50, 10, 1), seed=1)
assert "django" not in sys.modules
print(plan.placed)
"""


@pytest.mark.slow
def test_it_works_where_the_web_framework_is_absent() -> None:
    ran = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 0


def test_no_column_carries_what_the_law_forbids_to_weigh() -> None:
    names = {word for name, _ in round_of([{}], [{}]).arrays() for word in name.replace(".", "_").split("_")}
    assert not names & {
        "sex",
        "gender",
        "ethnicity",
        "nation",
        "religion",
        "household",
        "hukou",
        "marital",
        "illness",
    }


def test_machine_code_is_not_kept_where_nothing_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CacheImpl, "_locator_classes", [])
    doubled = machine.compiled(_doubled)
    assert doubled(np.arange(3)).tolist() == [0, 2, 4]


def test_damaged_machine_code_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))
    assert machine.compiled(_doubled)(np.arange(3)).tolist() == [0, 2, 4]
    kept = list(tmp_path.rglob("*.nb*"))
    assert kept
    for path in kept:
        path.write_bytes(b"damaged")
    assert machine.compiled(_doubled)(np.arange(3)).tolist() == [0, 2, 4]


def test_machine_code_of_other_loops_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))
    first, again, other = (machine.compiled(_doubled) for _ in range(3))
    first(np.arange(3))
    again(np.arange(3))
    other._cache._cache_file._source_stamp = "another content"  # type: ignore[attr-defined]
    other(np.arange(3))
    assert sum(again.stats.cache_hits.values()) == 1  # type: ignore[attr-defined]
    assert sum(other.stats.cache_hits.values()) == 0  # type: ignore[attr-defined]


def _doubled(values):  # type: ignore[no-untyped-def]
    return values * 2


def test_a_sample_is_the_same_each_time_and_another_for_another_seed() -> None:
    assert sample_problem(100, 20, 1).digest() == sample_problem(100, 20, 1).digest()
    assert sample_problem(100, 20, 1).digest() != sample_problem(100, 20, 2).digest()
    assert len(sample_problem(0, 0, 1).workers) == 0


def first_come(problem: Problem) -> int:
    """The fit of those placed when one after another takes the best seat that is left."""
    from zhitong.engines.matching.pairs import points_of
    from zhitong.engines.matching.vacancies import passing_pairs

    workers, posts = np.arange(len(problem.workers)), np.arange(len(problem.posts))
    params, seats, total = solve(round_of([], []), seed=0).params, problem.posts.seats.copy(), 0
    for worker, post in passing_pairs(problem, params, workers, posts):
        points = points_of(problem, params, worker, post).sum(axis=1, dtype=np.int64)
        for one in np.unique(worker):
            mine = np.flatnonzero((worker == one) & (seats[post] > 0))
            if len(mine):
                taken = mine[points[mine].argmax()]
                seats[post[taken]] -= 1
                total += int(points[taken])
    return total


def test_a_round_of_thousands_is_close_to_the_best_and_better_than_first_come() -> None:
    problem = sample_problem(4000, 250, 1)
    plan = solve(problem, seed=1)
    assert plan.broken_rules(problem) == ()
    assert plan.gap < 0.005
    assert plan.total > 1.03 * first_come(sample_problem(4000, 250, 1, grouped=0.0))


@pytest.mark.slow
@pytest.mark.parametrize(("grouped", "most"), [(0.0, 0.001), (0.06, 0.001), (0.2, 0.0025)])
def test_a_twentieth_of_the_city_is_close_to_the_best(grouped: float, most: float) -> None:
    """Certified within 0.1 %, and within 0.25 % where a fifth of the people go in groups."""
    problem = sample_problem(52_500, 3_300, 2, grouped=grouped)
    plan = solve(problem, seed=1)
    assert plan.broken_rules(problem) == ()
    assert plan.gap < most
