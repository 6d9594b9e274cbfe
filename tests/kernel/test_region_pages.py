"""Pages on which divisions are renamed, split, merged, and given to organisations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from zhitong.kernel.models import Account, Org, Region
from zhitong.site.world import World

DAY = dt.date.today().isoformat()


@pytest.fixture
def page(client: Client, admin: Account) -> Client:
    """The administrator at a desk."""
    client.force_login(admin)
    return client


@pytest.fixture
def township(world: World) -> Region:
    """The township of the imaginary county, with one village."""
    return world.town.regions.get()


def two_pieces(world: World, village: Region, **others: str) -> dict[str, str]:
    """Return what is typed to split the township in two, the village going to the second."""
    return {
        "changed_on": DAY, "name_1": "河口镇", "code_1": "590321100", "manager_1": str(world.town.pk),
        "name_2": "河北镇", "code_2": "590321102", "manager_2": str(world.other_town.pk),
        f"child_{village.pk}": "2", **others,
    }  # fmt: skip


def test_the_list_holds_the_divisions_within_reach(page: Client, township: Region) -> None:
    text = page.get("/regions/").content.decode()
    assert "河口镇" in text and "青山县" in text
    assert "海州市" not in text
    assert "河口镇" in page.get("/regions/?name=590321100").content.decode()
    assert "河口镇" not in page.get("/regions/?standing=ended").content.decode()


def test_a_township_is_split(page: Client, world: World, township: Region) -> None:
    village = world.village.regions.get()
    answer = page.post(f"/regions/{township.pk}/split_region/", two_pieces(world, village))
    assert answer.status_code == 302
    village.refresh_from_db()
    assert village.parent is not None and village.parent.name == "河北镇"
    assert "河北镇" in page.get(f"/regions/{township.pk}/").content.decode()


def test_a_village_that_goes_nowhere_is_named(page: Client, world: World, township: Region) -> None:
    village = world.village.regions.get()
    typed = two_pieces(world, village, **{f"child_{village.pk}": "3"})
    answer = page.post(f"/regions/{township.pk}/split_region/", typed)
    assert answer.status_code == 422
    assert "这个新区划没有填写。" in answer.content.decode()


def test_a_piece_is_described_whole(page: Client, world: World, township: Region) -> None:
    typed = two_pieces(world, world.village.regions.get(), name_3="河南镇")
    answer = page.post(f"/regions/{township.pk}/split_region/", typed)
    assert answer.status_code == 422
    assert "这个新区划的名称、代码和管理组织都要填写。" in answer.content.decode()


def test_two_villages_are_merged(page: Client, world: World) -> None:
    first = world.village.regions.get()
    second = Region.objects.create(
        code="590321100202", name="杨树村", level=5, parent=first.parent, prefecture=first.prefecture
    )
    world.other_village.org_regions.create(region=second)
    asked = page.get(f"/regions/{first.pk}/merge_regions/").content.decode()
    assert "杨树村" in asked
    typed = {
        "others": [second.pk], "changed_on": DAY, "name": "柳杨村", "code": "590321100201",
        "managers": str(world.village.pk),
    }  # fmt: skip
    answer = page.post(f"/regions/{first.pk}/merge_regions/", typed)
    assert answer.status_code == 302
    assert Region.objects.standing().get(name="柳杨村").orgs.get() == world.village


def test_a_division_takes_another_name(page: Client, township: Region) -> None:
    typed = {"name": "河口街道", "code": township.code, "changed_on": DAY}
    assert page.post(f"/regions/{township.pk}/rename_region/", typed).status_code == 302
    township.refresh_from_db()
    assert township.name == "河口街道"


def test_an_ended_division_offers_nothing(page: Client, world: World, township: Region) -> None:
    page.post(f"/regions/{township.pk}/split_region/", two_pieces(world, world.village.regions.get()))
    assert "split_region" not in page.get(f"/regions/{township.pk}/").content.decode()


def test_an_organisation_is_given_a_list_of_codes(page: Client, world: World, township: Region) -> None:
    url = f"/orgs/{world.other_town.pk}/assign_regions/"
    assert page.post(url, {"regions": "590321100 河口镇\n\n590321100"}).status_code == 302
    assert list(world.other_town.regions.all()) == [township]
    text = page.get(f"/orgs/{world.other_town.pk}/").content.decode()
    assert f'href="/regions/{township.pk}/"' in text


def test_codes_that_no_division_bears_are_named(page: Client, world: World) -> None:
    answer = page.post(f"/orgs/{world.other_town.pk}/assign_regions/", {"regions": "590321100\n599999999"})
    assert answer.status_code == 422
    assert "没有使用这个代码的现行区划：599999999" in answer.content.decode()


def test_an_employer_manages_no_divisions(page: Client, world: World) -> None:
    org: Org = world.employer_org
    assert "assign_regions" not in page.get(f"/orgs/{org.pk}/").content.decode()
    assert "assign_regions" in page.get(f"/orgs/{world.town.pk}/").content.decode()
