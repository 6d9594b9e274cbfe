"""Sign-in through another house's identity provider, tried against one that really answers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from tests.kernel.openid import CLIENT, Provider, new_key, provider
from zhitong.kernel.models import Account

ADDRESS = "/accounts/oidc/province/login/"
BACK = "/accounts/oidc/province/login/callback/"


@pytest.fixture
def province(db, settings) -> Iterator[Provider]:
    """A provider that is switched on."""
    cache.clear()
    with provider() as made:
        app = {
            "provider_id": "province", "name": "省统一认证", "client_id": CLIENT, "secret": "s",
            "settings": {"server_url": made.address},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield made


def question(client: Client) -> str:
    answer = client.post(ADDRESS)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def is_in(client: Client) -> bool:
    return client.get("/orgs/").status_code == 200


def test_it_works(client, world, province):
    officer = world.county_officer
    asked = question(client)
    assert urlsplit(asked).path == "/authorize" and "nonce=" in asked and "state=" in asked
    back = client.get(BACK, province.answer(asked, officer.username))
    assert (back.status_code, back["Location"]) == (302, "/")
    assert is_in(client) and int(client.session["_auth_user_id"]) == officer.pk
    assert SocialAccount.objects.get().uid == f"subject-{officer.username}"
    assert "/jwks" in province.asked and "/token" in province.asked


def test_a_second_time_the_subject_is_known(client, world, province):
    officer = world.county_officer
    client.get(BACK, province.answer(question(client), officer.username))
    other = Client()
    other.get(BACK, province.answer(question(other), officer.username, preferred_username="renamed"))
    assert int(other.session["_auth_user_id"]) == officer.pk and SocialAccount.objects.count() == 1


def test_the_sign_in_page_offers_it(client, province):
    page = client.get("/accounts/login/").content.decode()
    assert "省统一认证" in page and ADDRESS in page


def test_a_link_asks_first(client, province):
    page = client.get(ADDRESS)
    assert page.status_code == 200 and 'method="post"' in page.content.decode(), (
        "a link alone sends nobody away"
    )


def test_switched_off_it_leads_nowhere(client, db):
    assert client.post(ADDRESS).status_code == 404
    assert client.get(BACK).status_code == 404


@pytest.mark.parametrize("username", ["nobody", "", "system"])
def test_an_unknown_subject_is_refused(client, world, province, username):
    before = Account.objects.count()
    client.get(BACK, province.answer(question(client), username), follow=True)
    assert not is_in(client)
    assert Account.objects.count() == before and not SocialAccount.objects.exists()


def test_a_closed_account_is_refused(client, world, province):
    Account.objects.filter(pk=world.county_officer.pk).update(is_active=False)
    client.get(BACK, province.answer(question(client), world.county_officer.username), follow=True)
    assert not is_in(client)


WRONG = {
    "a signature by another key": {"key": "another"},
    "the nonce of another question": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "meant for another house": {"aud": "another"},
    "said by another house": {"iss": "https://another.example"},
    "long over": {"exp": 1},
    "another person than the profile": {"sub": "another"},
}


@pytest.mark.parametrize("why", WRONG)
def test_what_is_not_the_answer_is_refused(client, world, province, why):
    wrong = {**WRONG[why]}
    if "key" in wrong:
        wrong["key"] = new_key()
    back = client.get(BACK, province.answer(question(client), world.county_officer.username, **wrong))
    assert back.status_code in (200, 401) and not is_in(client), why
    assert not SocialAccount.objects.exists()


def test_an_answer_without_an_identity_token_is_refused(client, world, province):
    given = province.answer(question(client), world.county_officer.username)
    del province.codes[given["code"]]["id_token"]
    client.get(BACK, given)
    assert not is_in(client)


def test_an_answer_to_another_browser_is_refused(client, world, province):
    """Somebody else's answer, brought in by a link, signs nobody in."""
    given = province.answer(question(client), world.county_officer.username)
    victim = Client()
    for wrong in (given, {**given, "state": "another"}, {"code": given["code"]}):
        victim.get(BACK, wrong)
        assert not is_in(victim)


def test_an_answer_serves_once(client, world, province):
    given = province.answer(question(client), world.county_officer.username)
    client.get(BACK, given)
    client.post("/accounts/logout/")
    client.get(BACK, given)
    assert not is_in(client)
