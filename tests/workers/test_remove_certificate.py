"""remove_certificate: a certificate that the worker does not hold."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.workers.actions import CertificateFacts, add_certificate, remove_certificate, withdraw_worker
from zhitong.workers.models import Certificate


@pytest.fixture
def held(world, worker):
    facts = CertificateFacts(world.welding_certificate)
    return add_certificate(by=world.village_officer, worker=worker, facts=facts)


def test_it_works(world, worker, held):
    assert remove_certificate(by=world.village_officer, certificate=held) == worker
    assert worker.certificates.count() == 0


def test_a_stranger_cannot(world, held):
    with pytest.raises(OutOfReach):
        remove_certificate(by=world.stranger, certificate=held)


def test_two_at_once(world, let_in, held, no):
    """The other one deleted the row after this one was let in."""
    Certificate.objects.filter(pk=held.pk).delete()
    assert no(remove_certificate, by=world.village_officer, certificate=held) == "gone_already"


def test_not_after_leaving_the_register(world, worker, held, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(remove_certificate, by=world.village_officer, certificate=held) == "not_on_register"
