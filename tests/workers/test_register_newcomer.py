"""register_newcomer: somebody met at the doorstep enters the register of the device's village, once."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import AlreadyDone, OutOfReach
from zhitong.workers.actions import register_newcomer, wipe_device
from zhitong.workers.models import Worker

from .doorsteps import colleague, phone

BOTH = ("register", "sensitive")


def test_it_works(world):
    facts = world.facts(name="陆新来")
    worker = register_newcomer(by=world.village_officer, device=phone(world), facts=facts, consents=BOTH)
    assert (worker.name, worker.village, worker.source) == ("陆新来", world.village, "visit")


def test_a_stranger(world):
    with pytest.raises(OutOfReach):
        register_newcomer(by=world.stranger, device=phone(world), facts=world.facts(), consents=BOTH)


def test_sending_twice_registers_once(world):
    given = {"by": world.village_officer, "device": phone(world), "facts": world.facts(), "consents": BOTH}
    first = register_newcomer(**given, nonce="n")
    with pytest.raises(AlreadyDone) as again:
        register_newcomer(**given, nonce="n")
    assert again.value.result == f"workers.Worker:{first.pk}" and Worker.objects.count() == 1


def test_two_devices_register_one_person_once(world, no):
    facts = world.facts()
    register_newcomer(by=world.village_officer, device=phone(world), facts=facts, consents=BOTH)
    hers = phone(world, colleague(world))
    assert (
        no(register_newcomer, by=hers.account, device=hers, facts=facts, consents=BOTH)
        == "id_number_registered"
    )
    assert Worker.objects.count() == 1


def test_consent_is_needed(world, no):
    given = {"by": world.village_officer, "device": phone(world), "facts": world.facts()}
    assert no(register_newcomer, **given, consents=("register",)) == "consent_missing"


def test_a_wiped_device_is_refused(world, no):
    device = wipe_device(by=world.village_officer, device=phone(world))
    given = {"by": world.village_officer, "device": device, "facts": world.facts()}
    assert no(register_newcomer, **given, consents=BOTH) == "device_wiped"
