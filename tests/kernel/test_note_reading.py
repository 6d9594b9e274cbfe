"""note_reading: whoever opens a person's entry leaves a line that the person can see."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import note_reading
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account, Record
from zhitong.workers.models import Worker


def test_it_works(world):
    account = Account.objects.create(username="own", name="本人", kind="worker")
    worker = world.worker()
    Worker.objects.filter(pk=worker.pk).update(account=account)
    worker = Worker.objects.get(pk=worker.pk)
    note_reading(by=world.county_officer, row=worker, purpose="visit")
    line = Record.objects.concerning(worker).first()
    assert (line.verb, line.actor, line.acting_for) == ("note_reading", world.county_officer, world.county)
    assert line.village == world.village and line.given == {"purpose": "visit"}
    assert line in Record.objects.visible_to(account)


def test_an_auditor_may(world):
    assert note_reading(by=world.auditor, row=world.worker(), purpose="audit")


def test_a_stranger_cannot(world):
    with pytest.raises(OutOfReach):
        note_reading(by=world.stranger, row=world.worker(), purpose="curiosity")
