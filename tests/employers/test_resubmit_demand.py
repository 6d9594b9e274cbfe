"""resubmit_demand: a refused post is handed in again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import refuse_demand, resubmit_demand
from zhitong.employers.models import Demand


@pytest.fixture
def refused(world):
    return refuse_demand(by=world.county_officer, demand=world.submitted_demand(), reason="工资请写清")


def test_it_works(world, refused):
    collected, before = refused.collected_on, refused.submitted_at
    resubmit_demand(by=world.station_staff, demand=refused)
    refused.refresh_from_db()
    assert (refused.state, refused.refusal, refused.collected_on) == ("submitted", "", collected)
    assert refused.submitted_at > before, "it waits at the end of the queue"


def test_a_stranger_cannot(world, refused, no):
    assert no(resubmit_demand, by=world.stranger, demand=refused).code == "out_of_reach"


def test_only_a_refused_one_is(world, no):
    assert no(resubmit_demand, by=world.station_staff, demand=world.demand()).code == "not_refused"


@pytest.mark.unwatched
def test_its_validity_must_not_be_over(world, refused, no):
    Demand.objects.filter(pk=refused.pk).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    refused.refresh_from_db()
    assert no(resubmit_demand, by=world.station_staff, demand=refused).code == "validity_past"
