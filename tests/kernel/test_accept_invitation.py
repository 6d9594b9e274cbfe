"""accept_invitation: one's own username and password."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import accept_invitation, invite_account
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record

CHOSEN = {"username": "xin.tongshi", "password": "xin-mima-2026"}


@pytest.fixture
def guest(world, admin) -> Account:
    return invite_account(by=admin, org=world.town, role="township_officer", name="新同事")


def test_it_works(guest):
    accept_invitation(by=guest, **CHOSEN)
    stored = Account.objects.get(username="xin.tongshi")
    assert stored == guest and stored.check_password("xin-mima-2026")
    line = Record.objects.get(verb="accept_invitation")
    assert "xin" not in str(line.given) and line.actor == guest


def test_a_stranger_changes_only_himself(world, guest):
    worker = Account.objects.create(username="w", name="本人", kind="worker")
    with pytest.raises(NotAllowed):
        accept_invitation(by=worker, **CHOSEN)
    assert not Account.objects.get(pk=guest.pk).has_usable_password()


def test_a_username_is_free_and_well_formed(world, guest, no):
    assert world.county_officer.username == "county"
    for username in ("county", "大写", "Xin", "x", "x y", "1abc", "a" * 61, "xin\u202e"):
        code = no(accept_invitation, by=guest, username=username, password="xin-mima-2026")
        assert code == ("username_taken" if username == "county" else "username_shape"), username


def test_a_weak_password_is_refused(guest, no):
    for password in ("short", "password123", "1234567890123"):
        assert no(accept_invitation, by=guest, username="xin.tongshi", password=password) == "weak_password"
    assert not Account.objects.filter(username="xin.tongshi").exists()
