"""A cleared round is changed and cleared again, and what that costs is told."""

from __future__ import annotations

import pytest

from zhitong.engines.matching.measure_change import CHANGES, measure_changes
from zhitong.site import bench_changes


@pytest.mark.slow
def test_it_works() -> None:
    found = bench_changes.measure(workers=4000, posts=270, family="hot", seed=1)["changes"]
    assert set(found) == set(CHANGES)
    for one in found.values():
        assert one["people"] > 0
        assert one["fixed_moved"] == 0 < one["fixed"]
        assert one["certified_gap"] <= 0.01
        assert one["fit_below_full"] <= 0.005
        assert one["fit"] <= one["full"]["fit"] / (1 - one["full"]["certified_gap"]) + 1


def test_another_kind_of_change_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no change 'weather'"):
        measure_changes("city", 10, 5, 0, kinds=["weather"])
