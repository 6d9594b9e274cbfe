"""open_account: somebody gets an account that an organisation answers for."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import close_org, open_account, open_org
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Account, Record
from zhitong.site.world import PASSWORD


@pytest.fixture
def call(world, admin):
    def call(*, by=None, **given):
        given = {"org": world.town, "kind": "staff", "username": "sun", "name": "孙镇华", **given}
        return open_account(by=by or admin, **given)

    return call


def test_it_works(world, call):
    account = call(password=PASSWORD, telephone="154 0000 0001")
    stored = Account.objects.with_telephone("15400000001").get()
    assert (stored, stored.org, stored.is_sample) == (account, world.town, world.town.is_sample)
    assert stored.check_password(PASSWORD) and not stored.telephone_verified
    line = Record.objects.of(account).get()
    assert line.town == world.town
    assert set(line.given) == {"kind", "username", "name", "password", "telephone"}
    assert {line.given[name] for name in ("username", "name", "password", "telephone")} == {"•"}


def test_without_a_password_nobody_signs_in(call):
    assert not call().has_usable_password()


def test_whoever_administers_the_place_sees_it_at_once(world, call, county_admin):
    account = call()
    far = world.account("far", "邻县管", "administrator", world.other_county)
    assert account in Account.objects.visible_to(county_admin)
    assert account not in Account.objects.visible_to(far)


def test_a_stranger_cannot(world, call, county_admin):
    for somebody in (world.stranger, world.county_officer):
        with pytest.raises(NotAllowed):
            call(by=somebody)
    with pytest.raises(NotAllowed):
        call(by=county_admin, org=world.other_county)


@pytest.mark.parametrize("kind", ["system", "worker", "queen"])
def test_nobody_opens_the_clock_or_a_worker_for_another(call, no, kind):
    assert no(call, kind=kind) == "account_kind"


@pytest.mark.parametrize("username", ["", "S", "Sun", "孙", "15400000001", "sun hua", "s" * 61, "sun\u202e"])
def test_user_names_are_plain(call, no, username):
    assert no(call, username=username) == "username_shape"


def test_a_user_name_belongs_to_one(call, no):
    call()
    assert no(call) == "username_taken"


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234"])
def test_weak_passwords_are_refused(call, no, password):
    assert no(call, password=password) == "weak_password"


def test_a_telephone_belongs_to_one(call, no):
    call(telephone="15400000001")
    assert no(call, username="other", telephone="154-0000-0001") == "telephone_taken"
    assert no(call, username="other", telephone="12345") == "telephone_shape"


@pytest.mark.parametrize(("name", "code"), [("", "too_short"), ("孙" * 61, "too_long"), ("=孙", "formula")])
def test_names_are_names(call, no, name, code):
    assert no(call, name=name) == code


def test_not_at_a_closed_organisation(world, admin, call, no):
    village = open_org(by=admin, parent=world.town, kind="village", name="空山村")
    close_org(by=admin, org=village)
    assert no(call, org=village) == "org_closed"
