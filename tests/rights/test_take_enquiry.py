"""take_enquiry: an officer takes an enquiry upon himself."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.rights.actions import take_enquiry
from zhitong.rights.models import Enquiry


def test_it_works(world, enquiry):
    held = take_enquiry(by=world.county_officer, enquiry=enquiry)
    assert (held.state, held.taken_by) == ("taken", world.county_officer)


def test_a_stranger_cannot(world, enquiry):
    with pytest.raises(OutOfReach):
        take_enquiry(by=world.other_county_officer, enquiry=enquiry)


def test_the_asker_cannot(himself, enquiry):
    with pytest.raises(NotAllowed):
        take_enquiry(by=himself, enquiry=enquiry)


def test_the_second_of_two_hears_who_was_first(world, enquiry, no):
    stale = Enquiry.objects.get(pk=enquiry.pk)
    take_enquiry(by=world.county_officer, enquiry=enquiry)
    assert no(take_enquiry, by=world.city_officer, enquiry=stale) == "taken_already"


def test_not_what_is_answered(world, answered, no):
    assert no(take_enquiry, by=world.city_officer, enquiry=answered) == "wrong_state"


def test_the_page(world, client, enquiry):
    client.force_login(world.county_officer)
    address = f"/rights/enquiries/{enquiry.pk}/take_enquiry/"
    assert address in client.get(f"/rights/enquiries/{enquiry.pk}/").content.decode()
    assert client.post(address).status_code == 302
    client.force_login(world.city_officer)
    again = client.post(address)
    assert again.status_code == 422 and "钱县英已经接办了" in again.content.decode()
