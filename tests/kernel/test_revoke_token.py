"""revoke_token: the next request that brings it is turned away."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import issue_token, revoke_token
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record, Token


@pytest.fixture
def token(admin, partner) -> Token:
    issue_token(by=admin, account=partner, label="省平台")
    return Token.objects.get()


def test_it_works(world, admin, token):
    revoke_token(by=admin, token=token)
    assert not Token.objects.standing().exists()
    assert Record.objects.of(token).get().county == world.county


def test_a_stranger_cannot(world, token, partner):
    far = world.account("far", "邻县管", "administrator", world.other_county)
    for somebody in (far, world.county_officer, partner):
        with pytest.raises((NotAllowed, OutOfReach)):
            revoke_token(by=somebody, token=token)
    assert Token.objects.standing().exists()


def test_not_twice(admin, token, no):
    same = Token.objects.get(pk=token.pk)
    revoke_token(by=admin, token=token)
    assert no(revoke_token, by=admin, token=token) == "token_revoked_already"
    assert no(revoke_token, by=admin, token=same) == "someone_was_faster"
