"""add_certificate: what the worker holds, as he says or as it was seen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import CertificateFacts, add_certificate, withdraw_worker

ISSUED = dt.date(2024, 3, 1)


@pytest.fixture
def add(world, worker):
    def call(*, by=None, **facts):
        facts = CertificateFacts(**{"kind": world.welding_certificate, "issued_on": ISSUED, **facts})
        return add_certificate(by=by or world.village_officer, worker=worker, facts=facts)

    return call


def test_it_works(add, worker):
    add(number="T5299011990", valid_until=dt.date(2030, 3, 1), was_seen=True)
    held = worker.certificates.get()
    assert held.number.open() == "T5299011990" and held.was_seen and held.issued_on == ISSUED


def test_a_person_says_it_but_does_not_see_it(add, himself, no):
    assert no(add, by=himself, was_seen=True) == "seen_by_officer_only"
    assert add(by=himself).was_seen is False


def test_a_stranger_cannot(world, add):
    with pytest.raises(OutOfReach):
        add(by=world.stranger)


def test_not_twice(add, no):
    add()
    assert no(add) == "certificate_known"


def test_bad_facts_are_refused(add, no):
    assert no(add, valid_until=ISSUED - dt.timedelta(days=1)) == "certificate_dates"
    assert no(add, issued_on=timezone.localdate() + dt.timedelta(days=1)) == "day_in_future"
    assert no(add, number="9" * 61) == "too_long"
    assert no(add, number="a\x00b") == "unseen_character"


def test_not_after_leaving_the_register(world, add, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(add) == "not_on_register"
