"""erase_placements_of_worker: why somebody left a post goes with his data; that he did stays."""

from __future__ import annotations

import pytest

from zhitong.dispatch.actions import end_placement, erase_placements_of_worker
from zhitong.dispatch.models import Placement
from zhitong.kernel.errors import NotAllowed


def test_it_works(world):
    placement = world.arrived()
    end_placement(by=world.county_officer, placement=placement, reason="dismissed")
    assert erase_placements_of_worker(by=world.system, worker=placement.worker) == 1
    placement.refresh_from_db()
    assert (placement.state, placement.end_reason) == (Placement.State.ENDED, "other")


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        erase_placements_of_worker(by=world.county_officer, worker=world.worker())
