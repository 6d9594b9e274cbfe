"""open_round: a round over a place on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.actions import open_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.matching.actions import cancel_round, open_round
from zhitong.matching.models import Round

TODAY = timezone.localdate()


def test_it_works(world):
    held = open_round(by=world.county_officer, org=world.county)
    assert (held.org, held.county, held.town, held.held_on) == (world.county, world.county, None, TODAY)
    assert held.state == "waiting" and held.job.kind == "solve_round" and held.job.given == {"round": held.pk}
    assert [line.verb for line in Record.objects.of(held)] == ["open_round"]


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        open_round(by=world.stranger, org=world.county)
    with pytest.raises(NotAllowed):
        open_round(by=world.other_county_officer, org=world.county)


def test_a_township_holds_its_own_but_not_the_county_s(world):
    assert open_round(by=world.township_officer, org=world.town).town == world.town
    with pytest.raises(NotAllowed):
        open_round(by=world.township_officer, org=world.county)


def test_a_company_s_round_is_that_of_its_place(world, no):
    company = open_org(by=world.system, parent=world.county, kind="county_company", name="青山县劳务公司")
    assert open_round(by=world.county_officer, org=company).org == world.county


def test_one_unfinished_round_at_a_time(world, no):
    first = open_round(by=world.county_officer, org=world.county)
    assert no(open_round, by=world.city_officer, org=world.county) == "round_unfinished"
    assert open_round(by=world.township_officer, org=world.town)
    cancel_round(by=world.county_officer, round=first)
    assert open_round(by=world.city_officer, org=world.county).pk != first.pk
    assert Round.objects.unfinished().count() == 2


def test_only_over_a_place(world, no):
    assert no(open_round, by=world.county_officer, org=world.station) == "no_place"
    assert no(open_round, by=world.county_officer, org=world.village) == "no_place"


def test_not_over_a_closed_place(world, no):
    world.town.closed_on = TODAY
    world.town.save()
    assert no(open_round, by=world.county_officer, org=world.town) == "org_closed"


def test_not_for_the_past_nor_the_far_future(world, no):
    day = dt.timedelta(days=1)
    assert no(open_round, by=world.county_officer, org=world.county, held_on=TODAY - day) == "day_past"
    assert (
        no(open_round, by=world.county_officer, org=world.county, held_on=TODAY + 61 * day) == "day_too_far"
    )
    assert open_round(by=world.county_officer, org=world.county, held_on=TODAY + 60 * day)
