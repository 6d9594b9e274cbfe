"""withdraw_consent: permission ends."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import withdraw_consent, withdraw_worker


def test_it_works(himself, worker):
    consent = withdraw_consent(by=himself, consent=worker.consents.get(purpose="share"))
    assert consent.withdrawn_at is not None
    worker.refresh_from_db()
    assert worker.state == "active"


@pytest.mark.parametrize("purpose", ["register", "sensitive"])
def test_without_one_that_the_register_needs_nobody_stays(world, worker, purpose):
    withdraw_consent(by=world.village_officer, consent=worker.consents.get(purpose=purpose))
    worker.refresh_from_db()
    assert worker.state == "withdrawn"
    assert Record.objects.of(worker).get(verb="withdraw_worker").given == {"reason": "consent"}


def test_it_may_follow_a_withdrawal(world, worker):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert withdraw_consent(by=world.village_officer, consent=worker.consents.get(purpose="register"))


def test_a_stranger_cannot(world, worker):
    with pytest.raises(OutOfReach):
        withdraw_consent(by=world.stranger, consent=worker.consents.first())


def test_not_twice(world, worker, no):
    consent = worker.consents.get(purpose="share")
    withdraw_consent(by=world.village_officer, consent=consent)
    assert no(withdraw_consent, by=world.village_officer, consent=consent) == "consent_withdrawn_already"
