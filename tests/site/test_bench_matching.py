"""The measurement of matching, on a small round."""

from __future__ import annotations

import pytest

from zhitong.site import bench_matching

pytestmark = pytest.mark.slow


ROUND = {"workers": 4000, "posts": 270, "family": "hot", "seed": 1}


def test_it_works() -> None:
    found = bench_matching.measure(**ROUND, peers="top-32-ortools, all-ortools,lists-ours,lists-ortools")
    assert 0 <= found["true_gap"] <= found["certified_gap"] < 0.01
    assert found["placed"] >= found["methods"]["top-32-ortools"]["placed"]
    assert found["fit_above_top_32"] <= found["bound_above_top_32"]
    assert found["lists_true_gap"] < 0.001
    assert set(found["lists_times_faster"]) == {"lists-ortools"}
    for name, figures in found["methods"].items():
        assert list(figures)[:7] == list(bench_matching.FIGURES), name
        assert figures["cpu_s"] > 0 < figures["rss_mb"], name
    assert found["methods"]["top-32-ortools"]["certified_gap"] is None


def test_ours_alone_is_asked_for_more_on_two_threads() -> None:
    found = bench_matching.measure(**ROUND, peers="", gap_ppm=0, threads=2)
    assert list(found["methods"]) == ["ours"]
    assert found["true_gap"] is None
    assert 0 <= found["certified_gap"] < 0.002


def test_no_peer_knows_of_groups() -> None:
    assert bench_matching._peers(4000, 0.2, None) == ()
    assert bench_matching._peers(4000, 0.0, None) == bench_matching.ALL[:-1]
    assert bench_matching._peers(1_050_000, 0.0, None) == ("top-32-ortools",)
    assert bench_matching._peers(1_050_000, 0.2, "all-ortools") == ("all-ortools",)
    with pytest.raises(ValueError, match="no peer 'lemon'"):
        bench_matching._peers(4000, 0.0, "lists-ours,lemon")


def test_a_command_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="ended with 2"):
        bench_matching.measure(workers=-4, posts=10, family="city", seed=1)
    assert "error" in capfd.readouterr().err
