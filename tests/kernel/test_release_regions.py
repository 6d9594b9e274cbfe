"""release_regions: a division that was given by mistake is given back, also to nobody."""

from __future__ import annotations

import pytest

from tests.workers.test_workers_page import browser
from zhitong.kernel.actions import assign_regions, close_org, open_org, release_regions
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org, Record, Region


@pytest.fixture
def region(world) -> Region:
    """A township beside that which the organisation manages, in the wrong hands."""
    region = Region.objects.create(
        code="590321101000", name="石桥镇", level=4, parent=world.county.regions.get()
    )
    world.other_town.org_regions.create(region=region)
    return region


def test_it_works(world, admin, region):
    before = set(world.other_town.regions.all()) - {region}
    release_regions(by=admin, org=world.other_town, regions=[region])
    assert set(world.other_town.regions.all()) == before
    assert not Org.objects.managing(region).exists()
    [move] = Record.objects.get(verb="release_regions").moves
    assert (move["row"], move["to"]) == (f"kernel.Region:{region.pk}", None)
    assert move["from"] == f"kernel.Org:{world.other_town.pk}"


def test_a_stranger_cannot(world, region):
    for somebody in (world.stranger, world.township_officer):
        with pytest.raises(NotAllowed):
            release_regions(by=somebody, org=world.other_town, regions=[region])


def test_nothing_is_nothing(world, admin, no):
    assert no(release_regions, by=admin, org=world.town, regions=[]) == "no_regions"


def test_only_what_it_manages(world, admin, region, no):
    given = {"by": admin, "org": world.other_town, "regions": [region, world.town.regions.get()]}
    assert no(release_regions, **given) == "regions_not_managed"
    assert Org.objects.managing(region).get() == world.other_town


def test_an_organisation_without_divisions_may_be_closed(world, admin, no):
    company = open_org(by=admin, parent=world.county, kind="county_company", name="青山县劳务公司")
    assign_regions(by=admin, org=company, regions=[world.county.regions.get()])
    assert no(close_org, by=admin, org=company) == "org_manages_regions"
    release_regions(by=admin, org=company, regions=[world.county.regions.get()])
    close_org(by=admin, org=company)
    assert no(release_regions, by=admin, org=company, regions=[world.county.regions.get()]) == "org_closed"


def test_the_page(world, admin, region):
    page = browser(admin)
    url = f"/orgs/{world.other_town.pk}/"
    assert "release_regions" in page.get(url).content.decode()
    assert page.post(f"{url}release_regions/", {"regions": "590321101 石桥镇"}).status_code == 302
    assert not Org.objects.managing(region).exists()
    if not world.other_town.org_regions.exists():
        assert "release_regions" not in page.get(url).content.decode()
