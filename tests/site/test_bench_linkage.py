"""The measurement of linking, on a small file."""

from __future__ import annotations

import pytest

from zhitong.site import bench_linkage

pytestmark = pytest.mark.slow


def test_it_works() -> None:
    found = bench_linkage.measure(scale=0.004, seed=1, errors=2.0)
    assert found["rows"] == 4519
    assert found["f1"] > found["baseline_f1"]
    assert found["twins_merged"] == 0
    assert found["seconds"] > 0 < found["rss_mb"]
    assert found["arrivals"]["same_wrong"] == 0


def test_a_command_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError, match="sample ended with 2"):
        bench_linkage.measure(scale=0.001, seed=1, errors=9.0)
    assert "errors between 0 and 4" in capfd.readouterr().err
