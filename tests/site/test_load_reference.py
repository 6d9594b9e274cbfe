"""The shipped tables become divisions, classifications and Zunyi's organisations."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Industry, Occupation, Org, Region
from zhitong.site.reference import load_everything

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            yield load_everything(Account.objects.system())
            transaction.set_rollback(True)


def test_it_works(loaded: int) -> None:
    assert Region.objects.standing().filter(level=3).count() == 2846
    assert Occupation.objects.filter(level=4).count() == 1639
    assert Industry.objects.filter(level=4).count() == 1381
    assert Org.objects.filter(kind="county_bureau").count() == 15
    assert Org.objects.filter(kind="township_office").count() == 254
    assert Org.objects.filter(kind="village").count() == 2093


def test_a_split_county_leads_to_several(loaded: int) -> None:
    codes = [region.code[:6] for region in Region.objects.candidates_for("522121")]
    assert codes == ["520302", "520303", "520304"]


def test_a_managing_organisation_has_its_own_list(loaded: int) -> None:
    town = Region.objects.get(name="新舟镇", code__startswith="520302")
    office = Org.objects.managing(town).get(kind="township_office")
    assert town.parent is not None and town.parent.name == "红花岗区"
    assert office.county is not None and office.county.name.startswith("新蒲新区")


def test_every_village_stands_under_city_county_and_town(loaded: int) -> None:
    assert not Org.objects.filter(kind="village", city=None).exists()
    assert not Org.objects.filter(kind="village", town=None).exists()
    village = Org.objects.filter(kind="village").first()
    assert village is not None and village.village_id == village.pk
    assert village.town is not None and village.town.county_id == village.county_id


def test_reference_data_is_loaded_once(loaded: int) -> None:
    with pytest.raises(Refusal, match="reference_loaded_already"):
        load_everything(Account.objects.system())
