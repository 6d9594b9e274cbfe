"""erase_account: an account that says nothing of its person any more, so that the record may still point to it."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import erase_account, open_own_account
from zhitong.kernel.errors import NotAllowed, OutOfReach, Refusal
from zhitong.kernel.models import Account, Record


@pytest.fixture
def own(world):
    return open_own_account(by=world.system, telephone="15400000009")


def test_it_works(world, own):
    before = own.username
    erase_account(by=world.system, account=own)
    own.refresh_from_db()
    assert (own.is_active, own.telephone, own.name, own.last_login) == (False, None, "•", None)
    assert own.username != before and not own.has_usable_password()
    assert not Account.objects.with_telephone("15400000009").exists()
    assert Record.objects.of(own).filter(verb="erase_account").exists()
    assert open_own_account(by=world.system, telephone="15400000009").pk != own.pk


def test_a_stranger_cannot(world, own):
    for account in (world.county_officer, own):
        with pytest.raises((NotAllowed, OutOfReach)):
            erase_account(by=account, account=own)


def test_only_a_worker_s_own(world):
    with pytest.raises(Refusal) as no:
        erase_account(by=world.system, account=world.county_officer)
    assert no.value.code == "not_a_worker_account"
