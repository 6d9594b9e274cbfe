"""report_missing: somebody did not come."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import confirm_arrival, report_missing
from zhitong.dispatch.models import Placement
from zhitong.kernel.errors import OutOfReach
from zhitong.matching.models import Offer


@pytest.fixture
def expected(placement):
    Placement.objects.filter(pk=placement.pk).update(expected_on=timezone.localdate())
    return placement


def test_it_works(world, expected):
    assert report_missing(by=world.station_staff, placement=expected).state == "missed"
    assert expected.offer not in Offer.objects.holding()
    assert world.offer(expected.worker).state == "sent"


def test_a_stranger_cannot(world, expected):
    with pytest.raises(OutOfReach):
        report_missing(by=world.other_station_staff, placement=expected)


def test_not_before_the_day(world, placement, no):
    assert no(report_missing, by=world.station_staff, placement=placement) == "not_yet_expected"


def test_not_who_has_arrived(world, expected, no):
    stale = Placement.objects.get(pk=expected.pk)
    confirm_arrival(by=world.station_staff, placement=expected)
    assert no(report_missing, by=world.employer_clerk, placement=stale) == "placement_settled"
