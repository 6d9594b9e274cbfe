"""confirm_arrival: the receiving end signs that somebody has come."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import confirm_arrival, report_missing
from zhitong.dispatch.models import Placement
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.kernel.workdays import months_after
from zhitong.workers.actions import merge_workers

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def test_it_works(world, placement):
    confirm_arrival(by=world.station_staff, placement=placement)
    placement.refresh_from_db()
    assert (placement.state, placement.arrived_on, placement.confirmed_by) == (
        "arrived",
        TODAY,
        world.station_staff,
    )
    worker = placement.worker
    worker.refresh_from_db()
    assert (worker.status, worker.work_region, worker.status_source) == ("away", world.host_city, "station")
    verbs = set(Record.objects.concerning(worker).values_list("verb", flat=True))
    assert {"confirm_arrival", "confirm_status"} <= verbs


def test_somebody_will_ask_after_1_3_and_6_months(world, placement):
    confirm_arrival(by=world.employer_clerk, placement=placement)
    checks = [(one.months, one.due_on, one.station) for one in placement.checks.order_by("months")]
    assert checks == [(months, months_after(TODAY, months), world.station) for months in (1, 3, 6)]
    placement.worker.refresh_from_db()
    assert placement.worker.status_source == "employer"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 11, 15), 3, (2027, 2, 15)),
        ((2026, 12, 1), 1, (2027, 1, 1)),
    ],
)
def test_a_month_is_a_calendar_month(day, months, later):
    assert months_after(dt.date(*day), months) == dt.date(*later)


def test_a_stranger_cannot(world, placement):
    with pytest.raises(OutOfReach):
        confirm_arrival(by=world.other_station_staff, placement=placement)
    with pytest.raises(OutOfReach):
        confirm_arrival(by=world.other_employer_clerk, placement=placement)
    with pytest.raises(NotAllowed):
        confirm_arrival(by=world.county_officer, placement=placement)


def test_not_a_day_that_has_not_come_nor_one_before_the_offer(world, placement, no):
    given = {"by": world.station_staff, "placement": placement}
    assert no(confirm_arrival, arrived_on=TODAY + DAY, **given) == "day_in_future"
    assert no(confirm_arrival, arrived_on=TODAY - DAY, **given) == "before_offer"


def test_once(world, placement, no):
    stale = Placement.objects.get(pk=placement.pk)
    confirm_arrival(by=world.station_staff, placement=placement)
    assert no(confirm_arrival, by=world.employer_clerk, placement=stale) == "placement_settled"
    assert placement.checks.count() == 3


def test_who_was_missed_may_come_late(world, placement):
    Placement.objects.filter(pk=placement.pk).update(expected_on=TODAY)
    report_missing(by=world.station_staff, placement=placement)
    late = confirm_arrival(by=world.station_staff, placement=placement)
    late.offer.refresh_from_db()
    assert late.state == "arrived" and late.offer.released_at is None


def test_who_was_missed_and_went_elsewhere_does_not(world, placement, no):
    Placement.objects.filter(pk=placement.pk).update(expected_on=TODAY)
    report_missing(by=world.station_staff, placement=placement)
    world.agreed_offer(placement.worker, world.demand(title="点焊工"))
    assert no(confirm_arrival, by=world.station_staff, placement=placement) == "yes_elsewhere"


def test_a_newer_check_of_the_register_stands(world, placement):
    worker = placement.worker
    type(worker).objects.filter(pk=worker.pk).update(status_checked_on=TODAY + DAY)
    assert confirm_arrival(by=world.station_staff, placement=placement).state == "arrived"
    worker.refresh_from_db()
    assert worker.status == "seeking"


def test_not_when_the_post_was_filled_without_him(world, placement, no):
    Placement.objects.filter(pk=placement.pk).update(expected_on=TODAY)
    report_missing(by=world.station_staff, placement=placement)
    world.accepted_offer(demand=placement.demand)
    type(placement.demand).objects.filter(pk=placement.demand_id).update(seats=1)
    assert no(confirm_arrival, by=world.station_staff, placement=placement) == "seats_full"
    type(placement.demand).objects.filter(pk=placement.demand_id).update(seats=2)
    assert confirm_arrival(by=world.station_staff, placement=placement).state == "arrived"


def test_the_kept_entry_learns_of_it(world, placement):
    kept = world.entry_without_number(name=placement.worker.name)
    Placement.objects.filter(pk=placement.pk).update(expected_on=TODAY)
    report_missing(by=world.station_staff, placement=placement)
    merge_workers(by=world.village_officer, kept=kept, other=placement.worker)
    confirm_arrival(by=world.station_staff, placement=placement)
    kept.refresh_from_db()
    assert (kept.status, kept.work_region) == ("away", world.host_city)
