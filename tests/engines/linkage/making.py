"""Small lists for the tests: named ones written by hand in `data/`, and short samples with known truth."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from zhitong.engines.linkage import COLUMNS, Plan, Problem, Rows, Verdict, rows_of, solve
from zhitong.engines.linkage.files import load_rows, load_truth
from zhitong.engines.linkage.sample import write_sample

DATA = Path(__file__).parent / "data"
CHECK = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(head: str) -> str:
    """Seventeen digits with the check character that belongs to them."""
    return head + CHECK[sum(int(one) * by for one, by in zip(head, WEIGHTS, strict=True)) % 11]


def listed(*rows: dict[str, str]) -> Rows:
    """Rows that state only what is given."""
    return rows_of({name: [row.get(name, "") for row in rows] for name in COLUMNS})


def every_name() -> list[str]:
    """The names of the lists in `data/`."""
    return sorted(path.stem for path in DATA.glob("*.json"))


def named(name: str) -> dict[str, Any]:
    """A list from `data/`: what it shows, its rows, decisions, and what is expected of pairs of rows."""
    told: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    for row in told["rows"]:
        if "id_head" in row:
            row["id_number"] = number(row.pop("id_head"))
    return told


def verdicts(plan: Plan) -> dict[tuple[int, int], str]:
    """The verdict of each listed pair, by the positions of its rows."""
    rows = zip(plan.row_a.tolist(), plan.row_b.tolist(), plan.verdict.tolist(), strict=True)
    return {(one, other): Verdict(verdict).name.lower() for one, other, verdict in rows}


def answered(*rows: dict[str, str], **decisions: Any) -> dict[tuple[int, int], str]:
    """The verdicts on a list, after the plan was held against its rules."""
    problem = Problem(listed(*rows), **{name: np.array(pairs) for name, pairs in decisions.items()})
    plan = solve(problem, seed=1)
    assert plan.broken_rules(problem) == ()
    return verdicts(plan)


@cache
def sampled(people: int, seed: int, errors: float = 1.0) -> tuple[Rows, Any, Any]:
    """Rows of a sample, who each is about, and which are about twins."""
    with TemporaryDirectory() as folder:
        rows, truth = Path(folder) / "rows.csv", Path(folder) / "truth.csv"
        write_sample(rows, truth, people=people, seed=seed, errors=errors)
        _labels, person, twin = load_truth(truth)
        return load_rows(rows)[0], person, twin
