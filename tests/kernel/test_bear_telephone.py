"""bear_telephone: what follows for an account when a worker changed his telephone."""

from __future__ import annotations

from zhitong.kernel.actions import bear_telephone, open_own_account
from zhitong.kernel.models import Account


def test_it_works(world):
    account = open_own_account(by=world.system, telephone="15400000001")
    bear_telephone(by=world.system, account=account, telephone="15400000002")
    found = Account.objects.with_telephone("15400000002").get()
    assert found == account and found.name == "154••••0002"
    assert not Account.objects.with_telephone("15400000001").exists()


def test_one_that_is_taken_is_refused(world, no):
    account = open_own_account(by=world.system, telephone="15400000001")
    open_own_account(by=world.system, telephone="15400000002")
    taken = {"account": account, "telephone": "15400000002"}
    assert no(bear_telephone, by=world.system, **taken) == "telephone_taken"


def test_the_same_is_refused(world, no):
    account = open_own_account(by=world.system, telephone="15400000001")
    same = {"account": account, "telephone": "15400000001"}
    assert no(bear_telephone, by=world.system, **same) == "telephone_unchanged"
