"""The measurement of a round, on the imaginary county and on a tiny city of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.installation import with_tables
from zhitong.matching.actions import open_round
from zhitong.site.bench_round import measured
from zhitong.site.world import World


def test_it_works(world: World) -> None:
    assert world.post and world.seeker()
    found = measured(open_round(by=world.county_officer, org=world.county))
    assert found["placed"] == found["stored"]["Proposal"] == 1
    assert list(found["stages"]) == ["read", "clear", "reasons", "check", "explain", "rows", "store"]
    parts = sum(one["cpu"] for one in found["stages"].values())
    assert parts <= found["whole"]["cpu"] + 0.1 and found["rss_mb"] > 0
    assert found["times_clearing"]["cpu"] >= found["times_the_solver"]["cpu"] >= 1


def test_a_round_that_came_to_nothing_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.matching.tasks.market_of", lambda held: 1 / 0)
    with pytest.raises(RuntimeError, match="came to nothing"):
        measured(open_round(by=world.county_officer, org=world.county))


@pytest.mark.slow
def test_a_tiny_city_from_the_console(tmp_path: Path) -> None:
    with with_tables(tmp_path / "home") as made:
        found = json.loads(made.answer("bench", "round", "--scale", "0.001"))
    assert found["workers"] == 1050 and found["looking"] == "everybody"
    assert found["placed"] == found["stored"]["Proposal"] > 0
    assert found["left_over"] == found["stored"]["Leftover"]
    assert found["filling"]["cpu"] > 0
