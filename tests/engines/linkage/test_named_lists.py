"""Small lists with one lesson each."""

from __future__ import annotations

import pytest

from tests.engines.linkage.making import answered, every_name, named


@pytest.mark.parametrize("name", every_name())
def test_a_named_list(name: str) -> None:
    told = named(name)
    decisions = {kind: told[kind] for kind in ("fixed", "rejected") if kind in told}
    found = answered(*told["rows"], **decisions)
    for pair, expected in told["expected"].items():
        one, other = (int(row) for row in pair.split("-"))
        verdict = found.get((one, other), "apart")
        assert verdict == expected if expected != "not same" else verdict != "same", told["shows"]


def test_of_three_alike_one_pair_is_joined_when_two_were_rejected() -> None:
    told = named("rejected_by_way_of_a_third")
    found = answered(*told["rows"], rejected=[[0, 1]])
    assert sorted(found.values()) == ["review", "same"]
