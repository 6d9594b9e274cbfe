"""readmit_worker: back onto the register."""

from __future__ import annotations

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import (
    give_consent,
    readmit_worker,
    whereabouts,
    withdraw_consent,
    withdraw_worker,
)


def test_it_works(world, worker):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert readmit_worker(by=world.village_officer, worker=worker).state == "active"


def test_a_stranger_cannot(world, worker):
    with pytest.raises(OutOfReach):
        readmit_worker(by=world.stranger, worker=worker)


def test_not_without_consent(world, worker, no):
    withdraw_consent(by=world.village_officer, consent=worker.consents.get(purpose="register"))
    assert no(readmit_worker, by=world.village_officer, worker=worker) == "consent_missing"
    give_consent(by=world.village_officer, worker=worker, purpose="register", through="visit")
    assert readmit_worker(by=world.village_officer, worker=worker).state == "active"


def test_not_whoever_never_left(world, worker, no):
    assert no(readmit_worker, by=world.village_officer, worker=worker) == "wrong_state"


@pytest.mark.unwatched
def test_nor_where_consent_goes_while_the_entry_is_waited_for(world, worker, no, monkeypatch):
    withdraw_worker(by=world.village_officer, worker=worker)
    held = whereabouts.locked

    def after_somebody_else(row):
        worker.consents.update(withdrawn_at=timezone.now())
        return held(row)

    monkeypatch.setattr(whereabouts, "locked", after_somebody_else)
    assert no(readmit_worker, by=world.village_officer, worker=worker) == "consent_missing"
