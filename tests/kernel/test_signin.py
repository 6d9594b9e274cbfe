"""Signing in: passwords and second proofs, telephones and codes, invitations, sessions."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client, override_settings

from zhitong.kernel import sms
from zhitong.kernel.actions import invite_account, invite_employer, renew_invitation
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Record
from zhitong.kernel.signin import FederationAdapter, invited, needs_second_proof
from zhitong.kernel.signin.sessions import device_of
from zhitong.site.world import PASSWORD

TELEPHONE = "15400001234"


@pytest.fixture(autouse=True)
def no_limits_left_over(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, str]]:
    """The texts that were sent."""
    texts: list[tuple[str, str]] = []
    sender = SimpleNamespace(send=lambda telephone, text: texts.append((telephone, text)))
    monkeypatch.setattr(sms, "sender", lambda: sender)
    return texts


def code_in(sent) -> str:
    return re.search(r"\d{6}", sent[-1][1])[0]


def sign_in(client, username, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": username, "password": password, **more})


# --- staff


def test_staff_sign_in_with_a_password(client, world):
    officer = world.county_officer
    assert sign_in(client, officer.username)["Location"] == "/"
    assert client.get("/orgs/").status_code == 200
    assert UserSession.objects.filter(user=officer).count() == 1


def test_one_goes_on_to_where_one_wanted(client, world):
    answer = client.get("/orgs/?kind=village")
    shown = client.get(answer["Location"])
    assert 'name="next" value="/orgs/?kind=village"' in shown.content.decode()
    assert (
        sign_in(client, world.county_officer.username, next="/orgs/?kind=village")["Location"]
        == "/orgs/?kind=village"
    )
    other = Client()
    assert sign_in(other, world.county_officer.username, next="https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize(
    "typed", [("county", "wrong"), ("nobody", PASSWORD), ("", ""), ("county\u202e", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_name_look_alike(client, world, typed):
    assert world.county_officer
    answer = sign_in(client, *typed)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert client.get("/orgs/").status_code == 302


def test_guessing_is_stopped(client, world):
    assert world.county_officer
    for _time in range(6):
        answer = sign_in(client, "county", "wrong-password")
    assert sign_in(client, "county").status_code != 302, answer.content.decode()


def test_a_closed_account_stays_outside(client, world):
    Account.objects.filter(pk=world.county_officer.pk).update(is_active=False)
    answer = sign_in(client, "county")
    assert answer.status_code == 200 or "inactive" in answer["Location"]
    assert client.get("/orgs/").status_code == 302


def test_nobody_opens_an_account_by_themselves(client, db):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/password/reset/").status_code == 404


def test_the_password_is_changed_by_a_verb(client, world):
    officer = world.county_officer
    sign_in(client, officer.username)
    other = Client()
    sign_in(other, officer.username)
    data = {"oldpassword": PASSWORD, "password1": "xin-mima-2026", "password2": "xin-mima-2026"}
    assert (
        client.post("/accounts/password/", {**data, "password1": "short", "password2": "short"}).status_code
        == 200
    )
    assert client.post("/accounts/password/", data).status_code == 302
    assert Record.objects.get(verb="change_own_password").actor == officer
    assert client.get("/orgs/").status_code == 200, "the browser in which it was changed stays signed in"
    assert other.get("/orgs/").status_code == 302, "the others do not"
    assert "xin-mima" not in str(Record.objects.get(verb="change_own_password").given)


def test_a_session_is_seen_and_ended(client, world):
    officer = world.county_officer
    sign_in(client, officer.username)
    other = Client()
    sign_in(other, officer.username)
    page = client.get("/account/").content.decode()
    assert page.count("本次登录") == 1
    session = UserSession.objects.get(session_key=other.session.session_key)
    assert f'value="{session.pk}"' in page
    answer = client.post(f"/people/{officer.pk}/end_session/", {"session": session.pk})
    assert answer["Location"] == "/account/"
    assert other.get("/orgs/").status_code == 302 and client.get("/orgs/").status_code == 200


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 MicroMessenger/8.0",
            "安卓手机 · 微信",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120",
            "Windows · Edge",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "苹果手机 · Safari",
        ),
        ("curl/8", "别的设备"),
        ("", "别的设备"),
    ],
)
def test_a_device_is_named_as_people_call_it(said, read):
    assert device_of(said) == read


def test_signing_out_is_a_post(client, world):
    client.force_login(world.county_officer)
    client.get("/accounts/logout/")
    assert client.get("/orgs/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/orgs/").status_code == 302


# --- second proof


def totp_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_an_authenticator_is_set_up_and_asked_for(client, world):
    officer = world.county_officer
    sign_in(client, officer.username)
    answer = client.get("/accounts/proof/totp/activate/")
    assert answer["Location"].startswith("/accounts/reauthenticate/"), "a borrowed browser sets up nothing"
    shown = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
    secret = shown.context["form"].secret
    assert client.post("/accounts/proof/totp/activate/", {"code": totp_code(secret)}).status_code == 302
    kept = Authenticator.objects.get(user=officer, type="totp")
    assert secret not in str(kept.data), "the secret is sealed"
    assert not needs_second_proof(officer)
    cache.clear()
    other = Client()
    assert sign_in(other, officer.username)["Location"].startswith("/accounts/proof/authenticate/")
    assert other.get("/orgs/").status_code == 302
    assert other.post("/accounts/proof/authenticate/", {"code": "000000"}).status_code == 200
    cache.clear()
    assert other.post("/accounts/proof/authenticate/", {"code": totp_code(secret)})["Location"] == "/"
    assert other.get("/orgs/").status_code == 200


def test_only_wide_roles_are_asked_for_a_second_proof(world):
    assert needs_second_proof(world.county_officer) and needs_second_proof(world.city_officer)
    assert not needs_second_proof(world.village_officer) and not needs_second_proof(world.station_staff)
    TOTP.activate(world.city_officer, generate_totp_secret())
    assert not needs_second_proof(world.city_officer)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_sign_in_renders(client, world, sent, language):
    client.cookies["django_language"] = language
    mark = '<html lang="en">' if language == "en" else '<html lang="zh-Hans">'
    for url in ("/accounts/login/", "/accounts/telephone/", "/accounts/inactive/"):
        answer = client.get(url)
        assert answer.status_code == 200 and mark in answer.content.decode(), url
    client.post("/accounts/telephone/", {"phone": TELEPHONE})
    assert mark in client.get("/accounts/telephone/code/").content.decode()
    asked, inside = Client(), Client()
    TOTP.activate(world.city_officer, generate_totp_secret())
    for one, officer in ((asked, world.city_officer), (inside, world.county_officer)):
        one.cookies["django_language"] = language
        sign_in(one, officer.username)
    assert mark in asked.get("/accounts/proof/authenticate/").content.decode()
    assert mark in inside.get("/accounts/reauthenticate/").content.decode()
    inside.post("/accounts/reauthenticate/", {"password": PASSWORD})
    pages = ("", "totp/activate/", "webauthn/", "webauthn/add/", "reauthenticate/")
    urls = (*(f"/accounts/proof/{one}" for one in pages), "/accounts/password/", "/accounts/sessions/")
    for url in (*urls, "/accounts/logout/"):
        answer = inside.get(url, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200 and mark in page and "own/staff.css" in page, url
    TOTP.activate(world.county_officer, generate_totp_secret())
    inside.post("/accounts/proof/recovery-codes/generate/", {})
    for url in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        page = inside.get(f"/accounts/proof/{url}", follow=True)
        assert page.status_code == 200 and mark in page.content.decode(), url


# --- workers


def ask(client, telephone=TELEPHONE):
    return client.post("/accounts/telephone/", {"phone": telephone})


def test_a_new_telephone_opens_an_account_once_the_code_is_right(client, world, sent):
    assert ask(client)["Location"] == "/accounts/telephone/code/"
    assert sent[0][0] == TELEPHONE and not Account.objects.with_telephone(TELEPHONE).exists()
    answer = client.post("/accounts/telephone/code/", {"code": code_in(sent)})
    assert answer["Location"] == "/"
    account = Account.objects.with_telephone(TELEPHONE).get()
    assert account.kind == "worker" and account.telephone_verified and TELEPHONE not in account.name
    assert not account.has_usable_password()
    assert client.get("/")["Location"] == "/workers/me/"


def test_a_known_telephone_comes_back_to_its_account(client, world, sent):
    ask(client)
    client.post("/accounts/telephone/code/", {"code": code_in(sent)})
    cache.clear()
    other = Client()
    ask(other, "+86 154 0000 1234")
    other.post("/accounts/telephone/code/", {"code": code_in(sent)})
    assert Account.objects.filter(kind="worker").count() == 1
    assert other.get("/account/").status_code == 200


def test_a_wrong_code_is_counted(client, world, sent):
    ask(client)
    right = code_in(sent)
    wrong = "000000" if right != "000000" else "111111"
    for _time in range(4):
        answer = client.post("/accounts/telephone/code/", {"code": wrong})
        assert answer.status_code == 200 and "验证码不对" in answer.content.decode()
    assert client.post("/accounts/telephone/code/", {"code": wrong}).status_code == 302
    assert client.post("/accounts/telephone/code/", {"code": right})["Location"] == "/accounts/telephone/"
    assert not Account.objects.filter(kind="worker").exists()


def test_a_code_grows_old(client, world, sent, monkeypatch):
    ask(client)
    import time

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert client.post("/accounts/telephone/code/", {"code": code_in(sent)}).status_code == 302
    assert not Account.objects.filter(kind="worker").exists()


def test_a_code_serves_the_browser_that_asked(client, world, sent):
    ask(client)
    other = Client()
    assert (
        other.post("/accounts/telephone/code/", {"code": code_in(sent)})["Location"] == "/accounts/telephone/"
    )


@pytest.mark.parametrize(
    "typed", ["", "12345", "0851-28226565", "154\u202e00001234", "=15400001234", "1" * 60]
)
def test_what_is_no_mobile_gets_no_code(client, db, sent, typed):
    answer = ask(client, typed)
    assert answer.status_code == 200 and answer.context["form"].errors["phone"] and not sent


def test_codes_are_not_sent_without_end(client, world, sent):
    assert ask(client).status_code == 302
    assert ask(Client()).status_code == 200, "one code a telephone within half a minute"
    assert len(sent) == 1


def test_another_code_can_be_asked_for(client, world, sent):
    ask(client)
    first = code_in(sent)
    client.post("/accounts/telephone/code/", {"action": "resend"})
    assert len(sent) == 2
    if code_in(sent) != first:
        assert client.post("/accounts/telephone/code/", {"code": first}).status_code == 200
    assert client.post("/accounts/telephone/code/", {"code": code_in(sent)}).status_code == 302


def test_a_work_account_needs_its_password(client, world, sent):
    officer = world.county_officer
    officer.telephone = TELEPHONE
    officer.save()
    ask(client)
    answer = client.post("/accounts/telephone/code/", {"code": code_in(sent)}, follow=True)
    assert "请用用户名和密码登录" in answer.content.decode()
    assert client.get("/orgs/").status_code == 302


def test_the_log_keeps_telephones_and_codes_to_itself(capsys, caplog):
    with override_settings(SAMPLE_INSTALLATION=False):
        sms.LogSender().send(TELEPHONE, "验证码 123456")
    with override_settings(SAMPLE_INSTALLATION=True):
        sms.LogSender().send(TELEPHONE, "验证码 654321")
    told = capsys.readouterr()
    text = told.out + told.err + caplog.text
    assert TELEPHONE not in text and "123456" not in text and "654321" in text


# --- invitations


def invite(client, url, data) -> str:
    page = client.post(url, data, follow=True).content.decode()
    return re.search(r"http://testserver(/invitation/[^\s<]+/)", page)[1]


def test_an_employers_clerk_comes_in_by_invitation(client, world):
    org = world.employer_org
    client.force_login(world.city_officer)
    link = invite(client, f"/orgs/{org.pk}/invite_employer/", {"name": "何联系"})
    guest = Client()
    shown = guest.get(link)
    assert (
        shown.status_code == 200 and "何联系" in shown.content.decode() and str(org) in shown.content.decode()
    )
    chosen = {"username": "he.lianxi", "password": "xin-mima-2026", "again": "xin-mima-2026"}
    for wrong in (
        {"again": "other"}, {"username": "He!"}, {"password": "123", "again": "123"}, {"username": ""},
        {"username": world.city_officer.username}, {"username": "he\u202e"},
    ):  # fmt: skip
        answer = guest.post(link, {**chosen, **wrong})
        assert answer.status_code == 422 and answer.context["form"].errors, wrong
    assert guest.post(link, chosen).status_code == 302
    assert guest.get("/account/").status_code == 200
    account = Account.objects.get(username="he.lianxi")
    assert account.kind == "employer" and [one.org for one in account.held] == [org]
    cache.clear()
    assert sign_in(Client(), "he.lianxi", "xin-mima-2026").status_code == 302


def test_a_link_serves_once(client, world):
    client.force_login(world.administrator)
    link = invite(
        client, f"/orgs/{world.town.pk}/invite_account/", {"name": "新同事", "role": "township_officer"}
    )
    chosen = {"username": "xin.tongshi", "password": "xin-mima-2026", "again": "xin-mima-2026"}
    assert Client().post(link, chosen).status_code == 302
    answer = Client().get(link)
    assert answer.status_code == 422 and "要一个新的" in answer.content.decode()


def test_a_forged_or_old_link_says_so(client, world, monkeypatch):
    account = invite_account(by=world.administrator, org=world.town, role="township_officer", name="新同事")
    from zhitong.kernel.signin.invitation import _stamp, signing

    token = signing.dumps([account.pk, _stamp(account)], salt="zhitong.invitation")
    assert invited(token) == account
    assert client.get(f"/invitation/{token[:-2]}xx/").status_code == 422
    other = signing.dumps([account.pk, _stamp(account)], salt="elsewhere")
    assert client.get(f"/invitation/{other}/").status_code == 422
    with override_settings(ZHITONG_INVITATION_DAYS=-1), pytest.raises(Refusal):
        invited(token)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(Refusal):
        invited(token)


def test_a_lost_password_is_replaced_by_an_invitation(client, world):
    officer = world.township_officer
    client.force_login(world.administrator)
    link = invite(client, f"/people/{officer.pk}/renew_invitation/", {})
    assert sign_in(Client(), officer.username).status_code == 200, "the old password no longer serves"
    chosen = {"username": officer.username, "password": "xin-mima-2026", "again": "xin-mima-2026"}
    assert Client().post(link, chosen).status_code == 302
    cache.clear()
    assert sign_in(Client(), officer.username, "xin-mima-2026").status_code == 302


def test_the_link_is_shown_to_whoever_invited_only(client, world):
    account = invite_employer(by=world.city_officer, org=world.employer_org, name="何联系")
    renew_invitation(by=world.administrator, account=account)
    client.force_login(world.administrator)
    assert "/invitation/" not in client.get(f"/people/{account.pk}/").content.decode()


# --- another house's identity provider


def test_an_identity_provider_names_an_account_that_exists(world):
    adapter = FederationAdapter()
    assert adapter.account_named(world.county_officer.username) == world.county_officer
    assert adapter.account_named("nobody") is None
    worker = Account.objects.create(username="w", name="本人", kind="worker")
    assert adapter.account_named(worker.username) is None
    assert adapter.is_open_for_signup(None, None) is False
    tied = []
    login = SimpleNamespace(
        is_existing=False, account=SimpleNamespace(extra_data={"preferred_username": "county"}),
        connect=lambda request, account: tied.append(account),
    )  # fmt: skip
    adapter.pre_social_login(SimpleNamespace(user=SimpleNamespace(is_authenticated=False)), login)
    assert tied == [world.county_officer]
