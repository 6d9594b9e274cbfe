"""note_call: a question on the telephone is written down."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import note_call
from zhitong.rights.models import Enquiry


def test_it_works(world, asked):
    made = note_call(
        by=world.county_officer, org=world.county, facts=asked, telephone="15400001234", name="老陈"
    )
    assert (made.through, made.owner, made.asker, made.asked_by) == (
        "telephone", world.county, "老陈", world.county_officer,
    )  # fmt: skip
    assert str(made.telephone) == "154••••1234"


def test_at_the_station_and_in_the_city(world, asked):
    for by, org in ((world.station_staff, world.station), (world.city_officer, world.city)):
        made = note_call(by=by, org=org, facts=asked, telephone="0851-28226565")
        assert made.owner == org and made in Enquiry.objects.visible_to(by)


def test_a_stranger_cannot(world, asked):
    with pytest.raises(NotAllowed):
        note_call(by=world.other_county_officer, org=world.county, facts=asked, telephone="15400001234")


def test_refusals(world, asked, no):
    given = {"by": world.county_officer, "facts": asked}
    assert no(note_call, **given, org=world.county, telephone="1") == "telephone_shape"
    assert no(note_call, **given, org=world.town, telephone="15400001234") == "not_an_office"


def test_the_page(world, client):
    client.force_login(world.county_officer)
    given = {"org": world.county.pk, "text": "问车票怎么报销？", "telephone": "15400001234"}
    sent = client.post("/rights/enquiries/new/note_call/", given)
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "154••••1234" in page and "15400001234" not in page
