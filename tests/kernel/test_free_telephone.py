"""free_telephone: an account closes and its telephone may open another."""

from __future__ import annotations

from zhitong.kernel.actions import close_account, free_telephone, open_own_account


def test_it_works(world):
    account = open_own_account(by=world.system, telephone="15400000001")
    free_telephone(by=world.system, account=account)
    account.refresh_from_db()
    assert not account.is_active and account.telephone is None
    assert open_own_account(by=world.system, telephone="15400000001") != account


def test_of_a_closed_account_too(world):
    account = open_own_account(by=world.system, telephone="15400000001")
    close_account(by=world.system, account=account)
    free_telephone(by=world.system, account=account)
    account.refresh_from_db()
    assert account.telephone is None
