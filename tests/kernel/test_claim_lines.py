"""claim_lines: a person reads what was done about him before he had an account."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import claim_lines
from zhitong.kernel.chain import breaks
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record


def test_it_works(world):
    worker, other = world.worker(), world.worker()
    own = Account.objects.create(username="own", name="本人", kind="worker")
    claim_lines(by=world.system, row=worker, account=own)
    seen = Record.objects.visible_to(own)
    assert seen.filter(concerns_id=worker.pk, verb="register_worker").exists()
    assert not seen.filter(concerns_id=other.pk).exists()
    assert list(breaks()) == []


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        claim_lines(by=world.village_officer, row=world.worker(), account=world.village_officer)
