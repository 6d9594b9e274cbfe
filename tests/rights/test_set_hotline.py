"""set_hotline: under which number an office answers."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import HotlineFacts, set_hotline
from zhitong.rights.models import Hotline


def test_it_works(world):
    set_hotline(
        by=world.station_staff, org=world.station, facts=HotlineFacts("0851-28226565", "工作日 9:00–17:00")
    )
    set_hotline(by=world.station_staff, org=world.station, facts=HotlineFacts("12333"))
    assert [(one.number, one.hours, one.version) for one in Hotline.objects.all()] == [("12333", "", 2)]


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        set_hotline(by=world.other_station_staff, org=world.station, facts=HotlineFacts("12333"))


def test_refusals(world, no):
    given = {"by": world.county_officer}
    assert no(set_hotline, **given, org=world.town, facts=HotlineFacts("12333")) == "not_an_office"
    assert no(set_hotline, **given, org=world.county, facts=HotlineFacts("0000")) == "telephone_shape"


def test_everybody_reads_it(world, client):
    set_hotline(by=world.city_officer, org=world.city, facts=HotlineFacts("0851-28226565"))
    assert "tel:085128226565" in client.get("/rights/questions/").content.decode()


def test_the_page(world, client):
    client.force_login(world.county_officer)
    address = f"/rights/hotlines/{world.county.pk}/set_hotline/"
    assert address in client.get("/rights/enquiries/").content.decode()
    assert client.post(address, {"number": "0851-28226565", "hours": ""}).status_code == 302
    assert "085128226565" in client.get(address).content.decode()


def test_two_who_are_first_at_once(world, monkeypatch, no):
    """Somebody else stored the first number between our look and our writing."""
    from django.db.models import QuerySet

    facts = HotlineFacts(number="12333")
    set_hotline(by=world.county_officer, org=world.county, facts=facts)
    first = QuerySet.first
    monkeypatch.setattr(QuerySet, "first", lambda rows: None if rows.model is Hotline else first(rows))
    assert no(set_hotline, by=world.county_officer, org=world.county, facts=facts) == "someone_was_faster"
