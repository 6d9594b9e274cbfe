"""export_workers: a list of people is taken away."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import export_workers

GIVEN = {"list_name": "workers.Worker", "narrowed_by": "就业状态"}


def test_it_works(world):
    export_workers(by=world.village_officer, org=world.village, row_count=812, **GIVEN)
    line = Record.objects.get(verb="export_workers")
    assert (line.row_count, line.village, line.given["narrowed_by"]) == (812, world.village, "就业状态")


def test_a_stranger_cannot(world):
    for officer in (world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            export_workers(by=officer, org=world.village, row_count=1, **GIVEN)


def test_not_a_whole_city_at_once(world, no):
    given = {"by": world.city_officer, "org": world.city, "row_count": 300_001, **GIVEN}
    assert no(export_workers, **given) == "too_many_rows"
    assert Record.objects.filter(verb="export_workers").count() == 0
