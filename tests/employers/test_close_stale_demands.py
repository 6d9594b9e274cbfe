"""close_stale_demands: the clock closes what nobody confirmed and what is over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.employers.actions import close_stale_demands
from zhitong.employers.models import Demand
from zhitong.kernel.models import Record

pytestmark = pytest.mark.unwatched


def aged(world, days=0, left=30, title="电焊工", approved=True):
    """Return a post that somebody confirmed so many days ago and that is valid for so many more."""
    demand = world.demand(title=title) if approved else world.submitted_demand(title=title)
    today = timezone.localdate()
    Demand.objects.filter(pk=demand.pk).update(
        refreshed_on=today - dt.timedelta(days=days), valid_until=today + dt.timedelta(days=left)
    )
    return demand


def test_it_works(world):
    fresh = aged(world, days=90, left=0)
    stale = aged(world, days=91, title="油漆工")
    over = aged(world, left=-1, title="钳工")
    unchecked = aged(world, left=-1, title="电工", approved=False)
    assert close_stale_demands(by=world.system) == 3
    found = dict(Demand.objects.values_list("pk", "close_reason"))
    assert found == {fresh.pk: "", stale.pk: "stale", over.pk: "expired", unchecked.pk: "expired"}
    assert Record.objects.get(verb="close_stale_demands").row_count == 3


def test_a_second_time_nothing_is_left(world):
    aged(world, days=91)
    assert (close_stale_demands(by=world.system), close_stale_demands(by=world.system)) == (1, 0)


def test_the_days_are_a_setting(world, settings):
    aged(world, days=31)
    settings.DEMAND_STALE_AFTER = dt.timedelta(days=30)
    assert close_stale_demands(by=world.system) == 1


def test_nobody_does_it_by_hand(world, no):
    for somebody in (world.stranger, world.city_officer):
        assert no(close_stale_demands, by=somebody).code == "not_allowed"
