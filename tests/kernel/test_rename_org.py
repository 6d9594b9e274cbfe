"""rename_org: an organisation gets another name and stays the same row."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import close_org, rename_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record


def test_it_works(world, admin):
    rename_org(by=admin, org=world.station, name="青山县驻海州服务站", short_name="海州站")
    world.station.refresh_from_db()
    assert world.station.name_key == "qing shan xian zhu hai zhou fu wu zhan"
    assert world.station.short_name == "海州站"
    moves = Record.objects.of(world.station).get(verb="rename_org").moves
    told = [(one["field"], one["to"]) for one in moves]
    assert told == [("name", "青山县驻海州服务站"), ("short_name", "海州站")]


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.station_staff):
        with pytest.raises(NotAllowed):
            rename_org(by=somebody, org=world.station, name="另一个名字")


def test_the_same_name_changes_nothing(world, admin, no):
    assert no(rename_org, by=admin, org=world.station, name=world.station.name) == "org_name_unchanged"


def test_not_the_name_of_the_one_beside_it(world, admin, no):
    name = world.other_village.name
    assert no(rename_org, by=admin, org=world.village, name=name) == "org_name_taken"


def test_not_after_it_was_closed(world, admin, no):
    close_org(by=admin, org=world.other_village)
    assert no(rename_org, by=admin, org=world.other_village, name="枫叶村") == "org_closed"


def test_of_two_at_once_the_second_is_told(world, admin, no):
    same = Org.objects.get(pk=world.village.pk)
    rename_org(by=admin, org=world.village, name="柳林村")
    assert no(rename_org, by=admin, org=same, name="柳荫村") == "someone_was_faster"
    same.refresh_from_db()
    assert same.name == "柳林村"


def test_a_short_name_alone_says_nothing_of_the_name(world, admin):
    rename_org(by=admin, org=world.station, name=world.station.name, short_name="海州站")
    [move] = Record.objects.of(world.station).get(verb="rename_org").moves
    assert (move["field"], move["from"], move["to"]) == ("short_name", "", "海州站")


def test_of_two_short_names_at_once_the_second_is_told(world, admin, no):
    same = Org.objects.get(pk=world.village.pk)
    rename_org(by=admin, org=world.village, name=world.village.name, short_name="柳村")
    assert no(rename_org, by=admin, org=same, name=same.name, short_name="树村") == "someone_was_faster"
