"""On a cluster the plan is the same bit for bit, whatever the number of partitions and whichever machine is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engines.matching.making import random_round
from tests.engines.matching.test_apart import differing, same
from zhitong.engines.matching import Params, Plan, Problem, solve
from zhitong.engines.matching import cluster as cluster_module
from zhitong.engines.matching.__main__ import main
from zhitong.engines.matching.apart import Asked, Lost
from zhitong.engines.matching.arrange import arranged
from zhitong.engines.matching.cluster import Cluster, Part, Rows, engine
from zhitong.engines.matching.edges import Edges
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.files import save_edges, save_problem
from zhitong.engines.matching.shelf import Shelves
from zhitong.engines.matching.standing import TimeUp


def parts_of(shelves: Shelves, partitions: int) -> list[Part]:
    """The partitions of a round, all here."""
    here = cluster_module.Cluster.__new__(Cluster)
    here.partitions = partitions
    here.load(shelves)
    return [Part(rows) for rows in here._rows]


@pytest.mark.parametrize("partitions", [1, 2, 7])
def test_it_works(partitions: int) -> None:
    laid, random = arranged(random_round(6, 90, 200, 0.2), 2).problem, np.random.default_rng(2)
    price = random.integers(0, 900, 200).astype(np.int32)
    open_to, shelves = random.random(200) < 0.7, Shelves(laid, Params())
    parts = parts_of(shelves, partitions)
    for by in (None, price, price // 2, price // 3, price):
        shelf = shelves if by is None else shelves.sorted_at(by)
        for part in parts:
            rows = np.arange(
                part.rows.first, part.rows.first + len(part.rows.problem.workers), dtype=np.int32
            )
            least = random.integers(0, 900, len(rows)).astype(np.int32)
            asked = Asked(rows, 5, price, open_to, least, by)
            spread = cluster_module._spread(shelf, asked)
            assert same(part.answer(spread, rows, asked.least), asked.answered_by(shelf))
            assert same(
                part.answer(spread._replace(sorted_at=None), rows, asked.least), asked.answered_by(shelf)
            )


def test_a_partition_of_a_round_with_ties_decides_as_the_whole() -> None:
    laid = arranged(family_problem("ties", 3000, 200, 1), 1).problem
    shelves = Shelves(laid, Params())
    whole = Asked(np.arange(3000, dtype=np.int32), 8, shelves.free).answered_by(shelves)
    for part in parts_of(shelves, 3):
        mine = slice(part.rows.first, part.rows.first + 1000)
        asked = Asked(np.arange(3000, dtype=np.int32)[mine], 8, shelves.free)
        found = part.answer(cluster_module._spread(shelves, asked), asked.rows, None)
        assert (found.post == whole.post[mine]).all()


def test_prices_unheard_of() -> None:
    shelves = Shelves(arranged(random_round(6, 90, 200, 0.2), 2).problem, Params())
    (part,) = parts_of(shelves, 1)
    asked = Asked(np.arange(9, dtype=np.int32), 5, shelves.free, sorted_at=shelves.free)
    with pytest.raises(LookupError, match="not known"):
        part.answer(cluster_module._spread(shelves, asked)._replace(sorted_at=None), asked.rows, None)


def test_another_version_of_the_engine() -> None:
    problem = random_round(6, 9, 20, 0.0)
    assert Part(Rows(problem, Params(), 0, engine()))
    with pytest.raises(ValueError, match="another version"):
        Part(Rows(problem, Params(), 0, engine()[::-1]))


def test_nobody_who_asks_for_no_cluster_loads_one() -> None:
    words = "import sys, zhitong.engines.matching.__main__; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0


def test_dask_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ValueError, match=r"pip install 'zhitong\[cluster\]'"):
        Cluster("local", 1)


@pytest.mark.parametrize("partitions", [0, -1, 4097])
def test_numbers_that_make_no_sense(partitions: int) -> None:
    with pytest.raises(ValueError, match="partitions must be a whole number"):
        Cluster("local", partitions)


@pytest.mark.slow
def test_a_cluster_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 0.5)
    with pytest.raises(Lost, match="cannot be reached"):
        Cluster("tcp://127.0.0.1:9", 1)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return family_problem("ties", 3500, 230, 5, grouped=0.05)


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solve(problem, seed=3)


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    """A cluster of two processes, each begun anew when it is killed."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        memory_limit=None,
        dashboard_address="127.0.0.1:0",
        silence_logs="CRITICAL",
    ) as machines:
        yield machines


@pytest.mark.slow
@pytest.mark.parametrize("partitions", [1, 2, 7])
def test_the_plan_is_the_same(machines: Any, problem: Problem, plan: Plan, partitions: int) -> None:
    with Cluster(machines.scheduler_address, partitions) as crew:
        assert differing(solve(problem, seed=3, crew=crew), plan) == []


def killing(crew: Cluster, machines: Any) -> tuple[Callable[[], bool], list[int]]:
    """Says that there is time, but now and then kills the process that holds the first partition."""
    killed: list[int] = []
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        actor = crew.actors[0] if crew.actors else None
        if actor is not None and len(killed) < 2 and asked % 4 == 0:
            pids = {worker.worker_address: worker.pid for worker in machines.workers.values()}
            pid = pids.get(actor._address)  # none while it starts
            if pid and pid not in killed:
                killed.append(pid)
                os.kill(killed[-1], signal.SIGKILL)
        return False

    return stop, killed


@pytest.mark.slow
def test_killed_machines_change_nothing(machines: Any, problem: Problem, plan: Plan) -> None:
    with Cluster(machines.scheduler_address, 3) as crew:
        stop, killed = killing(crew, machines)
        again = solve(problem, seed=3, crew=crew, stop=stop)
    assert len(killed) == 2
    assert differing(again, plan) == []


@pytest.mark.slow
def test_time_is_up_while_machines_answer(machines: Any, problem: Problem) -> None:
    laid, rows = arranged(problem, 0).problem, np.zeros(1_000_000, np.int32)
    with Cluster(machines.scheduler_address, 2) as crew:
        shelves = Shelves(laid, Params(), stop=lambda: crew.actors[0] is not None)
        crew.load(shelves)
        with pytest.raises(TimeUp):
            crew.map(shelves, Asked(rows, 4, shelves.free))


@pytest.mark.slow
def test_no_machine_is_left(monkeypatch: pytest.MonkeyPatch, problem: Problem) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(cluster_module, "PATIENCE_SECONDS", 0.3)
    shelves = Shelves(arranged(problem, 0).problem, Params())
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as empty,
        Cluster(empty.scheduler_address, 2) as crew,
    ):
        crew.load(shelves)
        with pytest.raises(Lost, match="No machine of the cluster takes a partition: there is none"):
            crew.map(shelves, Asked(np.arange(9, dtype=np.int32), 4, shelves.free))


@pytest.mark.slow
def test_the_command_line(tmp_path: Path, problem: Problem, capsys: pytest.CaptureFixture[str]) -> None:
    save_problem(problem, tmp_path / "problem.npz")
    plans = []
    for words in ([], ["--processes", "2"], ["--cluster", "local", "--partitions", "3"]):
        assert main(["solve", str(tmp_path / "problem.npz"), "-o", str(tmp_path / "plan.npz"), *words]) == 0
        plans.append((tmp_path / "plan.npz").read_bytes())
    assert plans[0] == plans[1] == plans[2]


def test_words_that_make_no_sense(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_problem(random_round(6, 9, 20, 0.0), tmp_path / "problem.npz")
    save_edges(
        Edges(
            row=np.array([0]),
            post=np.array([0]),
            value=np.array([1]),
            seats=np.array([1]),
            staying=np.array([0]),
        ),
        tmp_path / "edges.npz",
    )
    for name, words, sentence in (
        ("problem", ["--partitions", "2"], "--partitions says nothing without --cluster"),
        ("problem", ["--processes", "0"], "processes must be a whole number"),
        ("edges", ["--processes", "2"], "solved in one process"),
    ):
        assert main(["solve", str(tmp_path / f"{name}.npz"), "-o", str(tmp_path / "plan.npz"), *words]) == 2
        assert sentence in capsys.readouterr().err
