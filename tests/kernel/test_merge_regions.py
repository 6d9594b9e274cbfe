"""merge_regions: townships or villages side by side become one."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.actions import NewRegion, assign_regions, merge_regions
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record, Region, RegionChange, RegionCode

DAY = dt.date(2025, 3, 1)


@pytest.fixture
def village(world) -> Region:
    return world.village.regions.get()


@pytest.fixture
def neighbour(world, village) -> Region:
    """The village beside it, managed by its own organisation."""
    made = Region.objects.create(code="590321100202", name="枫香村", level=5, parent=village.parent)
    RegionCode.objects.create(region=made, code=made.code, valid_from=dt.date(1990, 1, 1))
    world.other_village.org_regions.create(region=made)
    return made


@pytest.fixture
def merge(world, admin, village, neighbour):
    def call(*, by=None, **given):
        given = {
            "region": village,
            "others": [neighbour],
            "changed_on": DAY,
            "becomes": NewRegion("590321100201", "柳枫村", (world.village,)),
            **given,
        }
        return merge_regions(by=by or admin, **given)

    return call


def test_it_works(world, merge, village, neighbour):
    new = merge()
    assert (new.code, new.name, new.began_on) == ("590321100201", "柳枫村", DAY)
    assert list(Region.objects.standing().filter(level=5)) == [new]
    assert list(Org.objects.managing(new)) == [world.village]
    changes = RegionChange.objects.filter(new=new).order_by("old")
    assert [(one.old, one.kind) for one in changes] == [(village, "merger"), (neighbour, "merger")]
    assert set(Region.objects.with_code("590321100202")) == {neighbour}
    line = Record.objects.of(new).get()
    assert line.village == world.village and len(line.moves) == 4


def test_what_stood_below_stands_below_the_new(world, admin, village):
    town, other = village.parent, Region.objects.create(
        code="590321101000", name="石桥镇", level=4, parent=village.parent.parent
    )  # fmt: skip
    below = Region.objects.create(code="590321101201", name="桥头村", level=5, parent=other)
    world.other_town.org_regions.create(region=other)
    new = merge_regions(
        by=admin, region=town, others=[other], changed_on=DAY,
        becomes=NewRegion("590321101", "河桥镇", (world.other_town,)),
    )  # fmt: skip
    for one in (village, below):
        one.refresh_from_db()
        assert one.parent == new


def test_a_stranger_cannot(world, merge, village, neighbour):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    for somebody in (far, world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            merge(by=somebody)


def test_each_of_them_must_be_within_reach(world, county_admin, merge, neighbour):
    neighbour.org_regions.update(org=Org.objects.get(name="远坝村"))
    with pytest.raises(NotAllowed):
        merge(by=county_admin)


def test_one_alone_does_not_merge(merge, village, no):
    assert no(merge, others=[]) == "regions_missing"
    assert no(merge, others=[village]) == "regions_missing"


def test_only_what_stands_side_by_side(world, merge, neighbour, no):
    other = Region.objects.create(code="590321101000", name="石桥镇", level=4)
    Region.objects.filter(pk=neighbour.pk).update(parent=other)
    assert no(merge) == "regions_apart"
    assert no(merge, others=[world.town.regions.get()]) == "regions_apart"


def test_not_what_has_ended(merge, neighbour, no):
    merge()
    assert no(merge) == "region_ended"


def test_the_manager_is_named(world, merge, no, village, neighbour):
    assert no(merge, becomes=NewRegion("590321100201", "柳枫村", ())) == "manager_missing"
    for org, region in ((world.town, village), (world.other_town, neighbour)):
        assign_regions(by=world.administrator, org=org, regions=[region])
    assert no(merge) == "manager_unclear"
    both = NewRegion("590321100201", "柳枫村", (world.village, world.town))
    assert set(Org.objects.managing(merge(becomes=both))) == {world.village, world.town}


def test_the_code_is_free(merge, no, village):
    Region.objects.create(code="590321100203", name="别村", level=5, parent=village.parent)
    assert no(merge, becomes=NewRegion("590321100203", "柳枫村", ())) == "region_code_taken"
