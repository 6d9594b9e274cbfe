"""The engine on samples whose truth is known, by itself, and for rows that arrive."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from tests.engines.linkage.making import listed, number, sampled, verdicts
from zhitong.engines.linkage import (
    PARTS,
    Key,
    Params,
    Problem,
    Reason,
    Scores,
    Verdict,
    keys_of,
    learn,
    link_arrivals,
    solve,
)
from zhitong.engines.linkage.baseline import equal_numbers
from zhitong.engines.linkage.keys import candidate_pairs
from zhitong.engines.linkage.measuring import measured

PEOPLE = 20_000
pytestmark = pytest.mark.slow

ALONE = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
from zhitong.engines.linkage import Problem, rows_of, solve
plan = solve(Problem(rows_of({"name": ["a", "b"]})), seed=1)
assert "django" not in sys.modules
print(plan.summary()["rows"])
"""


def test_it_works_where_the_web_framework_is_absent() -> None:
    ran = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) == 2


def figures(plan: Any, person: Any, twin: Any) -> dict[str, Any]:
    return measured(person, twin, (plan.row_a, plan.row_b), plan.bits, plan.verdict == Verdict.SAME)


@pytest.mark.slow
def test_a_sample_is_linked_well_and_its_plan_keeps_the_rules() -> None:
    rows, person, twin = sampled(PEOPLE, 1)
    problem = Problem(rows)
    plan = solve(problem, seed=1)
    assert plan.broken_rules(problem) == ()
    found = figures(plan, person, twin)
    assert found["listed"]["f1"] >= 0.99
    assert found["automatic_wrong"] == found["twins_merged"] == 0
    assert found["automatic"]["recall"] >= 0.93
    assert found["review_share_of_rows"] <= 0.005
    simple = figures(equal_numbers(problem, Params()), person, twin)
    assert found["listed"]["f1"] > simple["listed"]["f1"] + 0.05


@pytest.mark.slow
def test_with_twice_the_errors_it_is_still_linked_well() -> None:
    rows, person, twin = sampled(PEOPLE, 2, errors=2.0)
    found = figures(solve(Problem(rows), seed=1), person, twin)
    assert found["listed"]["f1"] >= 0.975
    assert found["automatic_wrong_rate"] <= 1 / 1000
    assert found["twins_merged"] == 0


def test_keys_find_nearly_all_pairs() -> None:
    rows, person, _twin = sampled(PEOPLE, 1)
    one, other = candidate_pairs(rows, tuple(Key))
    counts = np.bincount(person)
    assert (person[one] == person[other]).sum() >= 0.99 * (counts * (counts - 1) // 2).sum()


def test_every_row_has_its_keys_and_the_same_ones_in_every_process() -> None:
    row = {
        "id_number": number("52990119900102001"),
        "name": "王大明",
        "phone": "15400000001",
        "village": "529901101201",
    }
    keys = keys_of(listed(row, {"name": "王大鸣", "birth_on": "1990-01-02"}))
    assert set(keys.kind[keys.row == 0].tolist()) == set(Key)
    assert set(keys.kind[keys.row == 1].tolist()) == {Key.SOUND_BIRTH, Key.SOUND_YEAR, Key.SOUND}
    shared = set(keys.value[keys.row == 0].tolist()) & set(keys.value[keys.row == 1].tolist())
    assert len(shared) == 3
    only = keys_of(listed({"phone": "15400000001"}))
    assert only.value.tolist() == [17745864017298634977]


def test_a_pair_tells_what_each_comparison_contributed() -> None:
    row = {
        "name": "冉光荣",
        "sex": "男",
        "birth_on": "1970-08-09",
        "phone": "15400000001",
        "village": "529901101201",
    }
    plan = solve(Problem(listed(row, row)), seed=1)
    parts = dict(zip(PARTS, plan.parts[0].tolist(), strict=True))
    assert parts["name"] > 0 and parts["identity"] >= 0
    assert sum(parts.values()) == pytest.approx(plan.bits[0], abs=1e-3)
    assert plan.reason.tolist() == [Reason.SCORE]


def test_two_numbers_in_spite_of_all_the_rest_are_for_a_person() -> None:
    wife = {"id_number": number("52990119820304002"), "name": "李秀英", "sex": "女", "birth_on": "1982-03-04"}
    man = {
        "name": "冉光荣",
        "sex": "男",
        "birth_on": "1979-11-20",
        "phone": "15400000001",
        "village": "529901101201",
    }
    dragged, own = {**man, "id_number": wife["id_number"]}, {**man, "id_number": number("52990119791120001")}
    plan = solve(Problem(listed(wife, dragged, own)), Params(review_bits=-10.0, same_bits=-5.0), seed=1)
    found = verdicts(plan)
    assert found[1, 2] == "review"
    at = [(int(a), int(b)) for a, b in zip(plan.row_a, plan.row_b, strict=True)].index((1, 2))
    assert plan.reason[at] == Reason.TWO_NUMBERS


def test_scores_are_stored_and_read_back() -> None:
    rows, _person, _twin = sampled(PEOPLE, 1)
    scores = learn(Problem(rows), seed=1)
    again = Scores.from_bytes(scores.to_bytes())
    assert again.rows == len(rows)
    assert (again.same == scores.same).all() and (again.name_hash == scores.name_hash).all()
    with pytest.raises(ValueError, match="not stored scores"):
        Scores.from_bytes(b"nonsense")


def test_arrivals_are_linked_as_the_whole_list_would_be() -> None:
    rows, person, _twin = sampled(PEOPLE, 1)
    scores = learn(Problem(rows), seed=1)
    counts = np.bincount(person)
    arriving = np.flatnonzero(counts[person] > 1)[:300]
    register = np.setdiff1d(np.arange(len(rows)), arriving)
    keys, known = keys_of(rows.taken(arriving)), keys_of(rows.taken(register))
    near = np.unique(known.row[np.isin(known.value, keys.value)])
    candidates = register[near]
    plan = link_arrivals(rows.taken(arriving), rows.taken(candidates), scores)
    place = np.concatenate([arriving, candidates])
    right = person[place[plan.row_a]] == person[place[plan.row_b]]
    assert right.mean() > 0.98
    assert (plan.row_a < len(arriving)).all()
    possible = sum(counts[person[row]] - 1 for row in set(arriving.tolist())) // 2
    assert right.sum() >= 0.95 * possible
    assert plan.broken_rules(Problem(rows.taken(place))) == ()


def test_what_was_rejected_of_arrivals_stays_apart() -> None:
    row = {"name": "冉光荣", "birth_on": "1970-08-09", "phone": "15400000001", "village": "529901101201"}
    scores = learn(Problem(listed(row, row)))
    assert verdicts(link_arrivals(listed(row), listed(row), scores)) == {(0, 1): "same"}
    assert verdicts(link_arrivals(listed(row), listed(row), scores, rejected=np.array([[0, 1]]))) == {}


def test_an_empty_list_is_an_answer() -> None:
    problem = Problem(listed())
    plan = solve(problem, seed=1)
    assert plan.summary()["people"] == 0
    assert plan.broken_rules(problem) == ()


def test_a_negative_seed_and_strange_params_are_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        solve(Problem(listed()), seed=-1)
    with pytest.raises(ValueError, match="review_bits must not be above"):
        Params(review_bits=12.0)
    with pytest.raises(ValueError, match="no entry 'bits'"):
        Params.from_json('{"bits": 1}')
    with pytest.raises(ValueError, match="one JSON object"):
        Params.from_json("[]")
    with pytest.raises(ValueError, match="same_bits must be a number"):
        Params(same_bits=float("nan"))
    with pytest.raises(ValueError, match="sample_pairs"):
        Params(sample_pairs=1)
    assert Params.from_json(Params(same_bits=7.0).as_json()) == Params(same_bits=7.0)
