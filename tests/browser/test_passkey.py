"""A passkey, with the browser's own authenticator: set up, signed out, signed in with nothing typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from zhitong.site.world import PASSWORD, World, build

# What a browser does is the same beside either database; the thin pass is tried beside both.
pytestmark = [pytest.mark.sqlite, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def world(transactional_db: None) -> World:
    """The imaginary county, stored for the server's threads too."""
    world = build()
    world.county_officer  # noqa: B018
    return world


def authenticator(page: Page) -> Callable[[bool], None]:
    """Put an authenticator into the browser; the answer says whether its owner proves to be there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    def owner_is_there(there: bool) -> None:
        session.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": there})

    return owner_is_there


def test_set_up_sign_out_sign_in(visit: Visit, world: World) -> None:
    officer = world.county_officer
    page = visit()
    owner_is_there = authenticator(page)
    sign_in_with_password(page, officer.username)
    set_up(page)
    assert Authenticator.objects.get(user=officer, type="webauthn")
    sign_out(page)
    page.goto("/orgs/")
    assert "/accounts/login/" in page.url
    owner_is_there(False)
    page.locator("#passkey_login").click()
    page.wait_for_timeout(1000)
    page.goto("/orgs/")
    assert "/accounts/login/" in page.url, "the device alone, without its owner, opens nothing"
    owner_is_there(True)
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto("/account/")
    expect(page.locator("main")).to_contain_text(officer.name)


def sign_in_with_password(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action='/accounts/login/'] button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def set_up(page: Page) -> None:
    page.goto("/accounts/proof/webauthn/add/")
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit], .entrance button[type=submit]").first.click()
        page.wait_for_url("**/webauthn/add/")
    page.locator("input[name=name]").fill("单位电脑")
    passwordless = page.locator("input[name=passwordless]")
    if passwordless.count() and not passwordless.is_checked():
        passwordless.check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: not url.endswith("/webauthn/add/"))


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator(
        "main form[action='/accounts/logout/'] button, form[action='/accounts/logout/'] button"
    ).last.click()
    page.wait_for_url(lambda url: "/logout/" not in url)
