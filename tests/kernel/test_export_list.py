"""export_list: a list was taken away."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import export_list
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record


def test_it_works(world):
    given = {"list_name": "kernel.Org", "narrowed_by": "种类", "row_count": 12}
    export_list(by=world.county_officer, org=world.county, **given)
    line = Record.objects.get(verb="export_list")
    assert (line.actor, line.acting_for, line.county) == (world.county_officer, world.county, world.county)
    assert line.row_count == 12 and line.given == given


def test_a_stranger_cannot(world):
    given = {"list_name": "kernel.Org", "narrowed_by": "", "row_count": 1}
    with pytest.raises(NotAllowed):
        export_list(by=world.stranger, org=world.village, **given)
    partner = world.account("partner", "对接程序", "partner", world.county, "partner")
    with pytest.raises(NotAllowed):
        export_list(by=partner, org=world.county, **given)
