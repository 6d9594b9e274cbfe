"""close_demand: a post is closed for good, with a coded reason."""

from __future__ import annotations

import pytest

from zhitong.employers.actions import close_demand
from zhitong.employers.events import DemandClosed
from zhitong.employers.models import Demand
from zhitong.kernel import news
from zhitong.kernel.errors import Faster
from zhitong.kernel.models import Record


def test_it_works(world, monkeypatch, django_capture_on_commit_callbacks):
    demand, heard = world.demand(), []
    monkeypatch.setitem(news._listeners, DemandClosed, [heard.append])
    with django_capture_on_commit_callbacks(execute=True):
        close_demand(by=world.employer_clerk, demand=demand, reason="filled")
    demand.refresh_from_db()
    assert (demand.state, demand.close_reason) == ("closed", "filled")
    assert heard == [DemandClosed((demand.pk,), "filled")]
    assert Record.objects.of(demand).get(verb="close_demand").given == {"reason": "filled"}


def test_a_stranger_cannot(world, no):
    demand = world.demand()
    for somebody in (world.stranger, world.other_station_staff, world.other_county_officer):
        assert no(close_demand, by=somebody, demand=demand, reason="filled").code == "not_allowed"


@pytest.mark.parametrize("reason", ["", "whatever", "stale", "barred"])
def test_the_reason_is_one_that_people_give(world, no, reason):
    refusal = no(close_demand, by=world.station_staff, demand=world.demand(), reason=reason)
    assert (refusal.code, refusal.field) == ("reason", "reason")


def test_a_closed_one_stays_closed(world, no):
    demand = close_demand(by=world.station_staff, demand=world.demand(), reason="filled")
    assert no(close_demand, by=world.station_staff, demand=demand, reason="cancelled").code == "wrong_state"


def test_the_slower_of_two_is_told(world):
    demand = world.demand()
    slower = Demand.objects.get(pk=demand.pk)
    close_demand(by=world.employer_clerk, demand=demand, reason="filled")
    with pytest.raises(Faster):
        close_demand(by=world.station_staff, demand=slower, reason="cancelled")
    demand.refresh_from_db()
    assert demand.close_reason == "filled"
