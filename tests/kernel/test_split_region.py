"""split_region: a township or village ends on a day, and its pieces begin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.actions import NewRegion, assign_regions, open_org, split_region
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record, Region, RegionChange

DAY = dt.date(2025, 3, 1)


@pytest.fixture
def town(world) -> Region:
    return world.town.regions.get()


@pytest.fixture
def village(world) -> Region:
    return world.village.regions.get()


@pytest.fixture
def pieces(world, village) -> list[NewRegion]:
    """The old town with its village and its code, and a new one to the east."""
    return [
        NewRegion("590321100", "河口镇", (world.town,), (village,)),
        NewRegion("590321102", "河东镇", (world.other_town,)),
    ]


def test_it_works(world, admin, town, village, pieces):
    split_region(by=admin, region=town, changed_on=DAY, pieces=pieces)
    town.refresh_from_db()
    village.refresh_from_db()
    kept, east = Region.objects.standing().filter(level=4).order_by("code")
    assert town.ended_on == DAY and (kept.began_on, east.began_on) == (DAY, DAY)
    assert (kept.code, east.code) == ("590321100000", "590321102000")
    assert village.parent == kept and kept.parent == town.parent and kept.prefecture == world.home_city
    assert list(Org.objects.managing(kept)) == [world.town]
    assert list(Org.objects.managing(east)) == [world.other_town]


def test_the_lineage_is_kept(world, admin, town, pieces):
    split_region(by=admin, region=town, changed_on=DAY, pieces=pieces)
    assert town.codes.get().valid_until == DAY
    changes = RegionChange.objects.filter(old=town)
    assert [(one.kind, one.changed_on, one.old_name) for one in changes] == [("split", DAY, "河口镇")] * 2
    assert {one.name for one in Region.objects.standing(DAY).filter(level=4)} == {"河口镇", "河东镇"}
    before = Region.objects.standing(DAY - dt.timedelta(days=1)).filter(level=4)
    assert [one.pk for one in before] == [town.pk]


def test_the_line_stands_where_the_division_does(world, admin, town, pieces):
    split_region(by=admin, region=town, changed_on=DAY, pieces=pieces)
    line = Record.objects.get(verb="split_region")
    assert (line.town, line.subject_id, line.acting_for) == (world.town, town.pk, world.city)
    assert {one["field"] for one in line.moves} == {"ended_on", "code", "manager"}


def test_managers_of_kinds_that_are_not_named_go_on(world, admin, town, pieces):
    assign_regions(by=admin, org=world.county, regions=[town])
    split_region(by=admin, region=town, changed_on=DAY, pieces=pieces)
    for new in Region.objects.standing().filter(level=4):
        assert world.county in Org.objects.managing(new)


def test_a_stranger_cannot(world, town, pieces):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    for somebody in (far, world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            split_region(by=somebody, region=town, changed_on=DAY, pieces=pieces)


def test_nobody_names_a_manager_beyond_reach(world, county_admin, town, village):
    far = Org.objects.get(kind="township_office", county=world.other_county)
    pieces = [
        NewRegion("590321100", "河口镇", (world.town,), (village,)),
        NewRegion("590321102", "河东镇", (far,)),
    ]
    with pytest.raises(NotAllowed):
        split_region(by=county_admin, region=town, changed_on=DAY, pieces=pieces)
    assert Region.objects.standing().filter(pk=town.pk).exists()


def test_not_twice(admin, town, pieces, no):
    split_region(by=admin, region=town, changed_on=DAY, pieces=pieces)
    again = Region.objects.get(pk=town.pk)
    assert no(split_region, by=admin, region=again, changed_on=DAY, pieces=pieces) == "region_ended"


def test_a_county_splits_elsewhere(world, admin, pieces, no):
    county = world.county.regions.get()
    assert no(split_region, by=admin, region=county, changed_on=DAY, pieces=pieces) == "region_level"


def test_only_what_has_happened(admin, town, pieces, no):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert no(split_region, by=admin, region=town, changed_on=tomorrow, pieces=pieces) == "day_to_come"
    early = dt.date(1989, 12, 31)
    assert (
        no(split_region, by=admin, region=town, changed_on=early, pieces=pieces) == "day_before_last_change"
    )


def test_every_child_goes_to_one_piece(world, admin, town, village, no):
    def code_for(first: tuple, second: tuple) -> str:
        pieces = [
            NewRegion("590321100", "河口镇", (world.town,), first),
            NewRegion("590321102", "河东镇", (world.other_town,), second),
        ]
        return no(split_region, by=admin, region=town, changed_on=DAY, pieces=pieces)

    assert code_for((), ()) == "child_not_assigned"
    assert code_for((village,), (village,)) == "child_twice"
    assert code_for((village,), (town.parent,)) == "not_its_child"


def test_a_split_has_pieces(admin, town, pieces, no):
    assert no(split_region, by=admin, region=town, changed_on=DAY, pieces=pieces[:1]) == "pieces_missing"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("590321", "region_code_shape"), ("590321102201", "region_code_shape"), ("5903211x2", "region_code_shape"),
        ("590321000", "region_code_shape"), ("５９０３２１１０２", "region_code_shape"),
        ("590322102", "region_code_place"), ("590321100", "region_code_taken"),
    ],
)  # fmt: skip
def test_codes_have_the_shape_and_place_of_their_level(world, admin, town, pieces, no, code, expected):
    pieces[1] = NewRegion(code, "河东镇", (world.other_town,))
    assert no(split_region, by=admin, region=town, changed_on=DAY, pieces=pieces) == expected
    assert Region.objects.standing().get(level=4) == town


def test_each_piece_has_a_named_manager_of_a_kind(world, admin, town, village, no):
    def code_for(*managers: Org) -> str:
        pieces = [
            NewRegion("590321100", "河口镇", (world.town,), (village,)),
            NewRegion("590321102", "河东镇", managers),
        ]
        return no(split_region, by=admin, region=town, changed_on=DAY, pieces=pieces)

    closed = open_org(by=admin, parent=world.county, kind="township_office", name="旧镇劳务办")
    Org.objects.filter(pk=closed.pk).update(closed_on="2024-01-01")
    assert code_for() == "manager_missing"
    assert code_for(world.town, world.other_town) == "two_managers"
    assert code_for(world.station) == "org_manages_nothing"
    assert code_for(closed) == "org_closed"


def test_a_village_splits_too(world, admin, village):
    pieces = [
        NewRegion("590321100202", "上柳村", (world.village,)),
        NewRegion("590321100203", "下柳村", (world.other_village,)),
    ]
    split_region(by=admin, region=village, changed_on=DAY, pieces=pieces)
    assert Region.objects.standing().filter(level=5).count() == 2
