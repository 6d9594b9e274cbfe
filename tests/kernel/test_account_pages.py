"""Pages on which accounts are opened and partners get their tokens."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from zhitong.kernel.models import Account, Token
from zhitong.site.world import World


@pytest.fixture
def page(client: Client, admin: Account) -> Client:
    """The administrator at a desk."""
    client.force_login(admin)
    return client


def test_an_account_is_opened(page: Client, world: World) -> None:
    typed = {"kind": "partner", "name": "省平台", "username": "province", "password": "", "telephone": ""}
    answer = page.post(f"/orgs/{world.county.pk}/open_account/", typed)
    opened = Account.objects.get(username="province")
    assert answer["Location"] == f"/people/{opened.pk}/"
    assert opened.kind == "partner" and opened.org == world.county and not opened.has_usable_password()


def test_an_employer_has_accounts_of_its_own_kind(page: Client, world: World) -> None:
    text = page.get(f"/orgs/{world.employer_org.pk}/open_account/").content.decode()
    assert 'value="employer"' in text and 'value="staff"' not in text


def test_a_weak_password_is_said_at_its_field(page: Client, world: World) -> None:
    typed = {"kind": "staff", "name": "新人", "username": "new", "password": "1234567890"}
    answer = page.post(f"/orgs/{world.county.pk}/open_account/", typed)
    assert answer.status_code == 422
    assert 'id="id_password_error"' in answer.content.decode()


def test_a_token_is_shown_once(page: Client, partner: Account) -> None:
    answer = page.post(f"/people/{partner.pk}/issue_token/", {"label": "岗位同步", "expires_on": ""})
    found = re.search(r"zhitong_[\w-]{43}", answer.content.decode())
    assert found is not None and answer["Cache-Control"] == "no-store"
    later = page.get(f"/people/{partner.pk}/").content.decode()
    assert "岗位同步" in later and found[0] not in later


def test_a_token_is_revoked(page: Client, partner: Account) -> None:
    page.post(f"/people/{partner.pk}/issue_token/", {"label": "岗位同步"})
    token = Token.objects.get()
    assert f"/tokens/{token.pk}/revoke_token/" in page.get(f"/people/{partner.pk}/").content.decode()
    asked = page.get(f"/tokens/{token.pk}/revoke_token/").content.decode()
    assert "岗位同步" in asked and f'href="/people/{partner.pk}/"' in asked
    answer = page.post(f"/tokens/{token.pk}/revoke_token/")
    assert answer["Location"] == f"/people/{partner.pk}/"
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "revoke_token" not in page.get(f"/people/{partner.pk}/").content.decode()


def test_only_partners_have_tokens(page: Client, world: World, partner: Account) -> None:
    officer, program = f"/people/{world.county_officer.pk}/", f"/people/{partner.pk}/"
    assert "issue_token" not in page.get(officer).content.decode()
    text = page.get(program).content.decode()
    assert "issue_token" in text and "renew_invitation" not in text
