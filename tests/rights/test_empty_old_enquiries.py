"""empty_old_enquiries: what guests asked is emptied some time after it was closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import close_enquiry, empty_old_enquiries, note_call
from zhitong.rights.models import Enquiry


@pytest.fixture
def call(world, asked):
    by = world.county_officer
    return note_call(by=by, org=world.county, facts=asked, telephone="15412345678", name="某人")


def grow_old(days):
    Enquiry.objects.update(asked_at=F("asked_at") - dt.timedelta(days=days))


def test_it_works(world, call):
    close_enquiry(by=world.county_officer, enquiry=call)
    grow_old(179)
    assert empty_old_enquiries(by=world.system) == 0
    grow_old(2)
    assert empty_old_enquiries(by=world.system) == 1
    call.refresh_from_db()
    assert (call.state, call.text, call.name, call.telephone) == ("closed", "", "", None)
    assert call.topic is not None
    assert empty_old_enquiries(by=world.system) == 0


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        empty_old_enquiries(by=world.city_officer)


def test_what_waits_and_what_people_of_the_register_asked_stays(world, call, answered):
    Enquiry.objects.filter(pk=answered.pk).update(state="closed", answered_at=F("asked_at"))
    grow_old(900)
    Enquiry.objects.filter(pk=answered.pk).update(answered_at=F("asked_at"))
    assert empty_old_enquiries(by=world.system) == 0
