"""reveal_arrival_telephone: the receiving end calls whom it awaits, and the worker sees that it looked."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.dispatch.actions import end_placement, reveal_arrival_telephone
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.models import Consent, Worker


def test_it_works(world, placement):
    number = reveal_arrival_telephone(by=world.station_staff, placement=placement)
    assert number == placement.worker.telephone.open()
    line = Record.objects.concerning(placement.worker)[0]
    assert (line.verb, line.actor) == ("reveal_arrival_telephone", world.station_staff)
    assert number not in f"{line.given}{line.moves}"


def test_a_stranger_cannot(world, placement):
    with pytest.raises(OutOfReach):
        reveal_arrival_telephone(by=world.other_station_staff, placement=placement)
    with pytest.raises(NotAllowed):
        reveal_arrival_telephone(by=world.auditor, placement=placement)


def test_not_when_it_is_over(world, arrived, no):
    end_placement(by=world.county_officer, placement=arrived, reason="returned")
    assert no(reveal_arrival_telephone, by=world.station_staff, placement=arrived) == "placement_settled"


def test_who_has_none(world, placement, no):
    Worker.objects.filter(pk=placement.worker_id).update(telephone=None)
    assert no(reveal_arrival_telephone, by=world.station_staff, placement=placement) == "nothing_held"


def test_not_after_consent_was_withdrawn(world, placement, no):
    Consent.objects.filter(worker=placement.worker, purpose="share").update(withdrawn_at=timezone.now())
    assert no(reveal_arrival_telephone, by=world.employer_clerk, placement=placement) == "not_shown"
