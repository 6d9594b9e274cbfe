"""count_search: searches are counted without who."""

from __future__ import annotations

import pytest

from zhitong.kernel.models import Record
from zhitong.rights.actions import count_search
from zhitong.rights.models import Asked


def test_it_works(world):
    before = Record.objects.count()
    for found in (True, False):
        count_search(by=world.system, place=world.county, text=" 工资  拖欠", found=found)
    one = Asked.objects.get()
    assert (one.term, one.times, one.found, one.county) == ("工资 拖欠", 2, False, world.county)
    assert Record.objects.count() == before


@pytest.mark.parametrize("text", ["13812345678", "520102199003071234", "52010219900307123x", "!!", " "])
def test_numbers_and_nothing_are_not_kept(world, text):
    count_search(by=world.system, place=world.county, text=text, found=False)
    assert not Asked.objects.exists()


def test_each_bureau_counts_for_itself(world):
    for place in (world.county, world.other_county):
        count_search(by=world.system, place=place, text="工资", found=True)
    assert Asked.objects.visible_to(world.county_officer).count() == 1
    assert Asked.objects.visible_to(world.city_officer).count() == 2
    assert Asked.objects.visible_to(world.city_officer).searches().get()["times"] == 2
