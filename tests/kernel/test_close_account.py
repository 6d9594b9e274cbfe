"""close_account: nobody signs in with it any more."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from zhitong.kernel.actions import close_account, give_role, issue_token, open_org
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account, Record, Token


def test_it_works(world, admin):
    officer = world.township_officer
    close_account(by=admin, account=officer)
    stored = Account.objects.get(pk=officer.pk)
    assert not stored.is_active and stored.held == ()
    assert stored.grants.standing().count() == 1
    line = Record.objects.get(verb="close_account")
    assert line.town == world.town and [one["field"] for one in line.moves] == ["is_active"]
    with pytest.raises(OutOfReach):
        open_org(by=stored, parent=world.town, kind="village", name="新坪村")


def test_sessions_end(world, admin, client):
    client.force_login(world.township_officer)
    key = client.session.session_key
    UserSession.objects.create(user=world.township_officer, ip="127.0.0.1", user_agent="x", session_key=key)
    close_account(by=admin, account=world.township_officer)
    assert not UserSession.objects.exists() and not SessionStore().exists(key)


def test_tokens_are_revoked_each_with_its_line(admin, partner):
    for label in ("测试", "正式"):
        issue_token(by=admin, account=partner, label=label)
    close_account(by=admin, account=partner)
    assert Token.objects.standing().count() == 0
    assert Record.objects.filter(verb="revoke_token").count() == 2


def test_a_stranger_cannot(world, county_admin):
    with pytest.raises(NotAllowed):
        close_account(by=world.county_officer, account=world.township_officer)
    for account in (world.other_county_officer, world.city_officer):
        with pytest.raises(OutOfReach):
            close_account(by=county_admin, account=account)


def test_a_grant_within_reach_does_not_make_the_account_ones_own(world, admin, county_admin):
    give_role(by=admin, account=world.city_officer, role="auditor", org=world.county)
    assert world.city_officer in Account.objects.visible_to(county_admin)
    with pytest.raises(NotAllowed):
        close_account(by=county_admin, account=world.city_officer)


def test_not_twice(world, admin, no):
    close_account(by=admin, account=world.township_officer)
    assert no(close_account, by=admin, account=world.township_officer) == "account_closed_already"


def test_of_two_at_once_the_second_is_told(world, admin, no):
    same = Account.objects.get(pk=world.township_officer.pk)
    close_account(by=admin, account=world.township_officer)
    assert no(close_account, by=admin, account=same) == "someone_was_faster"


def test_the_clock_goes_on(world, no):
    assert no(close_account, by=world.system, account=world.system) == "system_account"


def test_the_last_administrator_stays(world, admin, county_admin, no):
    assert no(close_account, by=admin, account=admin) == "last_keeper"
    close_account(by=admin, account=county_admin)
    second = world.account("second", "副管理", "administrator", world.city)
    close_account(by=second, account=admin)
    assert no(close_account, by=second, account=second) == "last_keeper"
