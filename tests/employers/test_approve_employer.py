"""approve_employer: an office finds the credentials in order."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.employers.actions import approve_employer, bar_employer
from zhitong.employers.models import Employer
from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import Faster


def test_it_works(world, waiting):
    approve_employer(by=world.county_officer, employer=waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.checked_by) == ("approved", world.county_officer)
    assert waiting.checked_on == timezone.localdate()


def test_a_stranger_cannot(world, waiting, no):
    assert no(approve_employer, by=world.stranger, employer=waiting).code == "not_allowed"
    assert no(approve_employer, by=world.other_county_officer, employer=waiting).code == "not_allowed"


def test_who_registered_it_cannot(world, waiting, no):
    assert no(approve_employer, by=world.station_staff, employer=waiting).code == "not_allowed"


@pytest.mark.unwatched
def test_without_a_credit_code_it_cannot(world, no):
    org = open_org(by=world.system, parent=world.county, kind="employer", name="（广告）用人单位 C1")
    employer = Employer.objects.create(
        org=org, region=world.host_city, external_code="C1", city=world.city, county=world.county
    )
    assert no(approve_employer, by=world.county_officer, employer=employer).code == "credit_code_missing"


def test_a_barred_one_is_not_approved_but_readmitted(world, no):
    employer = bar_employer(by=world.county_officer, employer=world.employer, reason="收取押金")
    assert no(approve_employer, by=world.county_officer, employer=employer).code == "wrong_state"


def test_the_slower_of_two_is_told(world, waiting):
    slower = Employer.objects.get(pk=waiting.pk)
    approve_employer(by=world.county_officer, employer=waiting)
    with pytest.raises(Faster):
        approve_employer(by=world.city_officer, employer=slower)
