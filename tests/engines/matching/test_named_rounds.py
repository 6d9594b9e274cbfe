"""Rounds small enough to be worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.engines.matching.making import DATA, every_name, named, part
from zhitong.engines.matching import Params, Plan, Reason, Rule, SeatReason, solve

CODES = {"reason": Reason, "blocked_by": Rule, "missing_rule": Rule, "seat_reason": SeatReason}


@pytest.mark.parametrize("name", every_name())
def test_it_is_solved_as_expected(name: str) -> None:
    problem, expected = named(name)
    told = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    plan = solve(problem, Params.from_json(json.dumps(told.get("params", {}))), seed=0)
    for what, value in expected.items():
        _compare(plan, what, value)
    assert plan.broken_rules(problem) == ()


def _compare(plan: Plan, what: str, value: Any) -> None:
    if what in CODES:
        assert [CODES[what](int(code)).name for code in getattr(plan, what)] == value, what
    elif what == "part":
        assert [part(plan, worker, name) for worker, name, _ in value] == [points for *_, points in value]
    elif what == "post_of":
        assert all(int(plan.post[worker]) in posts for worker, posts in value)
    elif what == "total":
        assert plan.total == value
    else:
        assert getattr(plan, what).tolist() == value, what
