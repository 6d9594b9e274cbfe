"""renew_invitation: a lost password is taken away."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import renew_invitation
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account, Record


def test_it_works(world, admin):
    officer = world.township_officer
    assert officer.has_usable_password()
    renew_invitation(by=admin, account=officer)
    assert not Account.objects.get(pk=officer.pk).has_usable_password()
    assert Record.objects.get(verb="renew_invitation").subject_id == officer.pk


def test_a_stranger_cannot(world, county_admin):
    with pytest.raises(OutOfReach):
        renew_invitation(by=world.stranger, account=world.township_officer)
    with pytest.raises(NotAllowed):
        renew_invitation(by=world.county_officer, account=world.township_officer)
    with pytest.raises(OutOfReach):
        renew_invitation(by=county_admin, account=world.other_county_officer)


def test_who_signs_in_otherwise_needs_none(world, no):
    worker = Account.objects.create(username="w", name="本人", kind="worker")
    assert no(renew_invitation, by=world.system, account=worker) == "signs_in_otherwise"
    assert no(renew_invitation, by=world.system, account=world.system) == "signs_in_otherwise"
