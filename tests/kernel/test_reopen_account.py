"""reopen_account: what was granted and has not ended holds again."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import close_account, issue_token, reopen_account
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account, Token


def test_it_works(world, admin):
    close_account(by=admin, account=world.township_officer)
    reopen_account(by=admin, account=world.township_officer)
    stored = Account.objects.get(pk=world.township_officer.pk)
    assert stored.is_active and [one.role.name for one in stored.held] == ["township_officer"]


def test_tokens_stay_revoked(admin, partner):
    issue_token(by=admin, account=partner, label="正式")
    close_account(by=admin, account=partner)
    reopen_account(by=admin, account=partner)
    assert not Token.objects.standing().exists()


def test_a_stranger_cannot(world, admin):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    close_account(by=admin, account=world.township_officer)
    with pytest.raises(OutOfReach):
        reopen_account(by=far, account=world.township_officer)
    with pytest.raises(NotAllowed):
        reopen_account(by=world.county_officer, account=world.township_officer)


def test_not_what_is_open(world, admin, no):
    assert no(reopen_account, by=admin, account=world.township_officer) == "account_open_already"


def test_of_two_at_once_the_second_is_told(world, admin, no):
    close_account(by=admin, account=world.township_officer)
    same = Account.objects.get(pk=world.township_officer.pk)
    reopen_account(by=admin, account=world.township_officer)
    assert no(reopen_account, by=admin, account=same) == "someone_was_faster"
