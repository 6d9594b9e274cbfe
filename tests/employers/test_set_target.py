"""set_target: a department owes posts within a period."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.employers.actions import approve_demand, set_target, submit_demand
from zhitong.employers.models import Target
from zhitong.kernel.models import Record

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2030, 12, 31)
YEAR_END = dt.date(2026, 12, 31)


def given(world, **more):
    return {
        "by": world.city_officer,
        "org": world.department,
        "begins_on": FIRST,
        "ends_on": YEAR_END,
        "seats": 500,
        **more,
    }


def test_it_works(world):
    target = set_target(**given(world))
    assert (target.org, target.seats, target.city) == (world.department, 500, world.city)
    assert target in Target.objects.visible_to(world.department_clerk)
    assert target not in Target.objects.visible_to(world.other_station_staff)


def test_progress_is_counted_from_posts(world):
    begins = dt.date.today() - dt.timedelta(days=1)
    ends = begins + dt.timedelta(days=30)
    set_target(**given(world, begins_on=begins, ends_on=ends))
    set_target(**given(world, org=world.county, begins_on=begins, ends_on=ends))
    call = {"by": world.department_clerk, "org": world.department, "employer": world.employer}
    first = submit_demand(**call, facts=world.demand_facts(title="油漆工", seats=7))
    submit_demand(**call, facts=world.demand_facts(title="钳工", seats=5))
    world.demand(title="电工", seats=4)  # collected by the county's station
    approve_demand(by=world.city_officer, demand=first)
    rows = {one.org: (one.entered, one.approved) for one in Target.objects.with_progress()}
    assert rows == {world.department: (12, 7), world.county: (4, 4)}


def test_posts_outside_the_period_do_not_count(world):
    set_target(**given(world, begins_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31)))
    call = {"by": world.department_clerk, "org": world.department, "employer": world.employer}
    submit_demand(**call, facts=world.demand_facts())
    assert [(one.entered, one.approved) for one in Target.objects.with_progress()] == [(0, 0)]


def test_said_again_it_is_corrected(world):
    first = set_target(**given(world))
    second = set_target(**given(world, seats=800))
    assert (second.pk, second.seats) == (first.pk, 800)
    moves = Record.objects.of(first).last().moves
    assert [(one["from"], one["to"]) for one in moves] == [(500, 800)]


def test_a_stranger_cannot(world, no):
    assert no(set_target, **given(world, by=world.stranger)).code == "not_allowed"
    assert no(set_target, **given(world, by=world.department_clerk)).code == "not_allowed"
    assert no(set_target, **given(world, by=world.county_officer)).code == "not_allowed"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"seats": 0}, "seats"),
        ({"seats": 10_000_001}, "seats"),
        ({"ends_on": FIRST}, "period"),
        ({"ends_on": LAST}, "period"),
    ],
)
def test_numbers_and_days_must_make_sense(world, no, more, code):
    assert no(set_target, **given(world, **more)).code == code


def test_periods_do_not_overlap(world, no):
    set_target(**given(world))
    assert (
        no(set_target, **given(world, begins_on=YEAR_END, ends_on=dt.date(2027, 6, 1))).code
        == "target_overlaps"
    )


def test_a_village_owes_nothing(world, no):
    assert no(set_target, **given(world, org=world.village)).code == "org_owes_nothing"
