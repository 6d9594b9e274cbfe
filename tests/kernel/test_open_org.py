"""open_org: an organisation below another, in its place."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import close_org, open_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record, Region


def test_it_works(world, admin):
    village = open_org(by=admin, parent=world.town, kind="village", name="新坪村")
    stored = Org.objects.get(pk=village.pk)
    assert (stored.city, stored.county, stored.town, stored.village) == (
        world.city, world.county, world.town, stored,
    )  # fmt: skip
    line = Record.objects.of(village).get()
    assert (line.verb, line.actor, line.acting_for) == ("open_org", admin, world.city)
    assert line.town == world.town and line.given["kind"] == "village"


def test_an_end_stands_in_its_parents_place(world, admin):
    station = open_org(
        by=admin, parent=world.county, kind="station", name="青山驻海州二站", host_city=world.host_city
    )
    assert (station.county_id, station.town_id) == (world.county.pk, None)


def test_a_sample_stands_below_a_sample(world, admin):
    assert open_org(by=admin, parent=world.city, kind="party", name="样例党组织").is_sample


def test_a_stranger_cannot(world, county_admin):
    for somebody in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            open_org(by=somebody, parent=world.town, kind="village", name="新坪村")
    with pytest.raises(NotAllowed):
        open_org(by=county_admin, parent=world.other_county, kind="party", name="别县党组织")


def test_a_kind_stands_below_its_own_kind_of_parent(world, admin, no):
    given = {"by": admin, "name": "某组织"}
    assert no(open_org, parent=world.city, kind="village", **given) == "org_kind_not_below"
    assert no(open_org, parent=world.town, kind="city_bureau", **given) == "org_kind_not_below"
    assert no(open_org, parent=world.city, kind="kingdom", **given) == "org_kind_unknown"


def test_a_station_says_where_it_is(world, admin, no):
    given = {"by": admin, "parent": world.county, "kind": "station", "name": "某站"}
    assert no(open_org, **given) == "station_without_host_city"
    Region.objects.filter(pk=world.host_city.pk).update(ended_on="2020-01-01")
    world.host_city.refresh_from_db()
    assert no(open_org, host_city=world.host_city, **given) == "host_city_ended"


def test_two_villages_beside_each_other_have_two_names(world, admin, no):
    assert no(open_org, by=admin, parent=world.town, kind="village", name="柳树村") == "org_name_taken"
    assert open_org(by=admin, parent=world.other_town, kind="village", name="柳树村").pk
    for _time in range(2):
        assert open_org(by=admin, parent=world.city, kind="employer", name="同名公司").pk


def test_nothing_opens_below_what_is_closed(world, admin, no):
    close_org(by=admin, org=world.other_village)
    given = {"by": admin, "parent": world.other_village, "kind": "cooperative", "name": "某合作社"}
    assert no(open_org, **given) == "org_closed"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "too_short"), ("村", "too_short"), ("村" * 121, "too_long"), ("=1+1村", "formula"),
        ("柳树\u202e村", "unseen_character"), ("柳树\x00村", "unseen_character"),
    ],
)  # fmt: skip
def test_names_are_names(world, admin, no, name, code):
    assert no(open_org, by=admin, parent=world.town, kind="village", name=name) == code
