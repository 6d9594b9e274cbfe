"""open_own_account: a worker's own account for a verified telephone."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import open_own_account
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record

TELEPHONE = "15400001234"


def test_it_works(world):
    account = open_own_account(by=world.system, telephone=TELEPHONE)
    stored = Account.objects.with_telephone(TELEPHONE).get()
    assert stored == account and stored.kind == "worker" and stored.telephone_verified
    assert not stored.has_usable_password() and stored.telephone.open() == TELEPHONE
    line = Record.objects.get(verb="open_own_account")
    assert TELEPHONE not in str(line.given) and TELEPHONE not in stored.name


def test_there_is_one_for_a_telephone(world):
    first = open_own_account(by=world.system, telephone=TELEPHONE)
    assert open_own_account(by=world.system, telephone=TELEPHONE) == first


def test_a_stranger_cannot(world):
    for somebody in (world.stranger, world.administrator):
        with pytest.raises(NotAllowed):
            open_own_account(by=somebody, telephone=TELEPHONE)
