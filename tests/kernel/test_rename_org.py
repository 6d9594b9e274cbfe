"""rename_org: an organisation gets another name and stays the same row."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import rename_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record


def test_it_works(world):
    rename_org(by=world.administrator, org=world.station, name="青山县驻海州服务站")
    world.station.refresh_from_db()
    assert world.station.name_key == "qing shan xian zhu hai zhou fu wu zhan"
    moves = Record.objects.of(world.station).get(verb="rename_org").moves
    assert [(one["field"], one["to"]) for one in moves] == [("name", "青山县驻海州服务站")]


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.station_staff):
        with pytest.raises(NotAllowed):
            rename_org(by=somebody, org=world.station, name="另一个名字")
