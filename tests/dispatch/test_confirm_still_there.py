"""confirm_still_there: evidence that somebody stayed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import confirm_still_there, end_placement, report_unreachable
from zhitong.dispatch.models import RetentionCheck
from zhitong.kernel.errors import NotAllowed, OutOfReach, Refusal

TODAY = timezone.localdate()


def test_it_works(world, check):
    confirm_still_there(by=world.station_staff, check=check)
    check.refresh_from_db()
    assert (check.state, check.answered_on, check.answered_by) == ("still_there", TODAY, world.station_staff)
    worker = check.placement.worker
    worker.refresh_from_db()
    assert (worker.status, worker.status_checked_on, check.source) == ("away", TODAY, "station")


def test_each_who_knows_may_say_so(world, arrived, himself):
    for months, who, source in (
        (1, himself, "self"),
        (3, world.employer_clerk, "employer"),
        (6, world.county_officer, "telephone"),
    ):
        answered = confirm_still_there(by=who, check=arrived.checks.get(months=months))
        assert (answered.state, answered.source) == ("still_there", source)


def test_a_stranger_cannot(world, check):
    with pytest.raises(OutOfReach):
        confirm_still_there(by=world.other_station_staff, check=check)
    with pytest.raises(NotAllowed):
        confirm_still_there(by=world.auditor, check=check)


def test_not_before_it_is_due(world, no):
    check = world.arrived().checks.get(months=1)
    assert no(confirm_still_there, by=world.station_staff, check=check) == "not_due"


def test_once(world, check, no):
    stale = RetentionCheck.objects.get(pk=check.pk)
    confirm_still_there(by=world.station_staff, check=check)
    assert no(confirm_still_there, by=world.employer_clerk, check=stale) == "check_answered"


def test_not_after_he_left(world, arrived, check, no):
    end_placement(by=world.county_officer, placement=arrived, reason="returned")
    assert no(confirm_still_there, by=world.station_staff, check=check) == "check_answered"


def test_who_could_not_be_reached_is_found_later(world, check):
    report_unreachable(by=world.station_staff, check=check)
    assert confirm_still_there(by=world.station_staff, check=check).state == "still_there"


def test_whoever_answers_for_himself_is_not_spoken_of_as_another(world, arrived, check, himself):
    end_placement(by=world.station_staff, placement=arrived, reason="returned")
    with pytest.raises(Refusal) as caught:
        confirm_still_there(by=himself, check=check)
    assert caught.value.code == "check_answered" and "他" not in str(caught.value.sentence)
