"""The solvers of others, on the same plain assignments: what they answer is judged by us."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.engines.matching.test_edges import edges_of, random_edges
from zhitong.engines.matching.__main__ import main
from zhitong.engines.matching.families import family_problem
from zhitong.engines.matching.files import save_edges
from zhitong.engines.matching.measuring import METHODS, Setting, answered, pairs_of
from zhitong.engines.matching.pairs import kept_rules, points_of
from zhitong.engines.matching.params import Params
from zhitong.engines.matching.peers import PEERS, Answer, bound_at, whole

EXACT = ("ortools", "scipy", "highs")


@pytest.mark.parametrize("name", EXACT)
def test_it_works(name: str) -> None:
    """Each finds the best of small problems with capacities and floors."""
    for seed in range(2, 30):
        edges, best = random_edges(seed)
        if not len(edges.row):
            continue
        told = answered(edges, PEERS[name](edges, 60.0))
        assert told["fit"] == best, seed
        assert told["bound"] is None or told["bound"] >= best, seed


def test_pdlp_comes_near() -> None:
    value = np.random.default_rng(5).integers(1, 1000, (40, 12))
    edges = edges_of(value, value > 300, np.full(12, 3), np.zeros(40, np.int64))
    best = answered(edges, PEERS["ortools"](edges, 60.0))["fit"]
    told = answered(edges, PEERS["pdlp"](edges, 60.0))
    assert told["ended"] == "optimal"
    assert 0.98 * best <= told["fit"] <= best <= told["bound"] <= 1.001 * best


def test_who_has_no_dualip_is_told() -> None:
    if find_spec("dualip") is not None:
        pytest.skip("DuaLip is installed here")
    with pytest.raises(ValueError, match="DuaLip cannot be run here"):
        PEERS["dualip"](random_edges(9)[0], 60.0)


def test_shares_become_a_plan_that_keeps_the_rules() -> None:
    edges = edges_of(np.array([[5, 4], [5, 1], [0, 2]]), np.ones((3, 2), bool), [1, 1], [0, 0, 3])
    assert list(whole(edges, np.full(6, 0.5))) == [0, 1, -1]
    assert list(whole(edges, np.array([0.2, 0.8, 0.7, 0, 1, 1]))) == [1, 0, -1]
    told = answered(edges, Answer(np.array([0.2, 0.8, 0.7, 0, 0, 0]), np.array([4.0, 3.0]), "optimal"))
    assert (told["fit"], told["placed"], told["bound"]) == (12, 2, 12)
    assert answered(edges, Answer(None, None, "out of time"))["fit"] is None


def test_any_prices_bound_what_is_possible() -> None:
    random = np.random.default_rng(3)
    for seed in range(40):
        edges, best = random_edges(seed)
        assert bound_at(edges, random.normal(2, 2, len(edges.seats))) >= best


@pytest.mark.parametrize("family", ["city", "sparse"])
def test_all_pairs_are_those_that_keep_the_rules(family: str) -> None:
    problem = family_problem(family, 300, 40, 3)
    edges = pairs_of(problem)
    row, post = np.divmod(np.arange(300 * 40), 40)
    kept = kept_rules(problem, Params(), row, post).all(axis=1)
    value = points_of(problem, Params(), row[kept], post[kept]).sum(axis=1)
    assert len(edges.row) == kept.sum() > 10
    assert sorted(edges.value) == sorted(value)
    assert edges.seats.sum() == problem.posts.seats.sum()


def test_too_many_pairs_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.engines.matching.measuring.MOST_PAIRS", 10)
    with pytest.raises(ValueError, match="more than 10 pairs"):
        pairs_of(family_problem("city", 300, 40, 3))


@pytest.mark.slow
def test_every_method_tells_the_same_figures() -> None:
    problem, found = family_problem("hot", 3500, 230, 1), {}
    for name in set(METHODS) - {"lists-dualip", "lists-scipy"}:
        found[name] = METHODS[name](problem, Setting(gap_ppm=0))
        assert {"certified_gap", "fit", "placed", "cpu_s", "wall_s", "rss_mb"} <= set(found[name]), name
    best, on_lists = found["all-ortools"]["fit"], found["lists-ortools"]["fit"]
    assert found["top-32-ortools"]["fit"] <= best
    assert best * 0.999 <= found["ours"]["fit"] <= best <= found["ours"]["bound"]
    assert found["lists-highs"]["fit"] == on_lists == found["lists-highs"]["bound"]
    assert on_lists * 0.999 <= found["lists-ours"]["fit"] <= on_lists <= found["lists-ours"]["bound"]
    assert found["lists-pdlp"]["fit"] <= on_lists <= found["lists-pdlp"]["bound"]


def test_a_plain_assignment_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edges, best = random_edges(9)
    save_edges(edges, tmp_path / "edges.npz")
    assert main(["compare", str(tmp_path / "edges.npz"), "--peers", "ortools,scipy"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [told[name]["fit"] for name in ("ours", "ortools", "scipy")] == [best] * 3
    assert main(["compare", str(tmp_path / "edges.npz"), "--peers", "lemon"]) == 2
