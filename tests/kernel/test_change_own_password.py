"""change_own_password: a new password for oneself."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import change_own_password
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record
from zhitong.site.world import PASSWORD


def test_it_works(world):
    officer = world.county_officer
    change_own_password(by=officer, password="xin-mima-2026")
    assert Account.objects.get(pk=officer.pk).check_password("xin-mima-2026")
    line = Record.objects.get(verb="change_own_password")
    assert line.actor == officer and "xin" not in str(line.given)


def test_a_stranger_has_no_password_to_change(world):
    worker = Account.objects.create(username="w", name="本人", kind="worker")
    with pytest.raises(NotAllowed):
        change_own_password(by=worker, password="xin-mima-2026")


def test_a_weak_password_is_refused(world, no):
    officer = world.county_officer
    for password in ("short", "password123", "1234567890123"):
        assert no(change_own_password, by=officer, password=password) == "weak_password"
    assert Account.objects.get(pk=officer.pk).check_password(PASSWORD)
