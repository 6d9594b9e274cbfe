"""The measurement of matching, on a small round."""

from __future__ import annotations

import pytest

from zhitong.site import bench_matching

pytestmark = pytest.mark.slow


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_matching, "SMALL", 0)
    found = bench_matching.measure(workers=4000, posts=270, family="hot", seed=1)
    assert 0 <= found["true_gap"] <= found["certified_gap"] < 0.01
    assert found["placed"] >= found["methods"]["top-32-ortools"]["placed"]
    assert found["lists_true_gap"] < 0.001
    assert found["cpu_s"] > 0 < found["rss_mb"]


def test_a_command_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="ended with 2"):
        bench_matching.measure(workers=-4, posts=10, family="city", seed=1)
    assert "error" in capfd.readouterr().err
