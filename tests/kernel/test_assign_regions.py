"""assign_regions: an organisation manages divisions; each has one manager of a kind."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import assign_regions, close_org, open_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record, Region


def test_it_works(world, admin):
    town_region = world.town.regions.get()
    assign_regions(by=admin, org=world.other_town, regions=[town_region])
    assert list(world.other_town.regions.all()) == [town_region]
    assert list(world.town.regions.all()) == []
    [move] = Record.objects.get(verb="assign_regions").moves
    assert move["row"] == f"kernel.Region:{town_region.pk}"
    assert (move["from"], move["to"]) == (f"kernel.Org:{world.town.pk}", f"kernel.Org:{world.other_town.pk}")


def test_managers_of_other_kinds_go_on(world, admin):
    town_region = world.town.regions.get()
    assign_regions(by=admin, org=world.county, regions=[town_region])
    managers = Org.objects.managing(town_region)
    assert set(managers) == {world.town, world.county}


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.township_officer):
        with pytest.raises(NotAllowed):
            assign_regions(by=somebody, org=world.other_town, regions=[world.town.regions.get()])


def test_nobody_takes_a_division_from_beyond_reach(world):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    town = Org.objects.get(kind="township_office", county=world.other_county)
    with pytest.raises(NotAllowed):
        assign_regions(by=far, org=town, regions=[world.town.regions.get()])


def test_a_division_without_a_manager_is_free(world, county_admin):
    free = Region.objects.create(
        code="590321101000", name="石桥镇", level=4, parent=world.county.regions.get()
    )
    assign_regions(by=county_admin, org=world.other_town, regions=[free])
    assert Org.objects.managing(free).get() == world.other_town


def test_only_places_and_their_companies_manage(world, admin, no):
    given = {"by": admin, "regions": [world.town.regions.get()]}
    assert no(assign_regions, org=world.station, **given) == "org_manages_nothing"


def test_nothing_is_nothing(world, admin, no):
    assert no(assign_regions, by=admin, org=world.town, regions=[]) == "no_regions"
    given = {"by": admin, "regions": list(world.town.regions.all())}
    assert no(assign_regions, org=world.town, **given) == "regions_managed_already"


def test_not_a_closed_organisation(world, admin, no):
    village = open_org(by=admin, parent=world.town, kind="village", name="空山村")
    close_org(by=admin, org=village)
    region = world.village.regions.get()
    assert no(assign_regions, by=admin, org=village, regions=[region]) == "org_closed"


def test_not_a_division_that_has_ended(world, admin, no):
    region = world.village.regions.get()
    Region.objects.filter(pk=region.pk).update(ended_on="2020-01-01")
    assert no(assign_regions, by=admin, org=world.other_village, regions=[region]) == "region_ended"
