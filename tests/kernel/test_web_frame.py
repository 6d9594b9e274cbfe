"""The frame around pages: navigation, marks, language, headers, and what is seen when something fails."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import override_settings
from django.urls import path

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.web import public, signed_in
from zhitong.site.urls import urlpatterns as site_patterns

PAGES = ("/orgs/", "/people/", "/records/", "/jobs/", "/account/")


@public
def refusing(request):
    """Refuse, as a page may that does not catch it."""
    raise Refusal("no", "今天不办。")


@signed_in
def failing(request):
    """Fail, as no page should."""
    raise ZeroDivisionError


@public
def storing(request):
    """Store a file, as signing in and reading an upload do, where no room is left."""
    raise OSError(errno.ENOSPC, "No space left on device")


OURS = [path("refusing/", refusing), path("failing/", failing), path("storing/", storing)]
urlpatterns = [*OURS, *site_patterns]
own_urls = pytest.mark.urls(__name__)


def test_the_navigation_is_that_of_the_role(client, world):
    client.force_login(world.administrator)
    page = client.get("/orgs/").content.decode()
    assert 'href="/people/"' in page and 'aria-current="page"' in page
    client.force_login(world.department_clerk)
    page = client.get("/orgs/").content.decode()
    assert 'href="/people/"' not in page and 'href="/records/"' not in page


def test_a_worker_has_the_phone_pages(client, world):
    client.force_login(Account.objects.create(username="w", name="方大山", kind="worker"))
    page = client.get("/account/").content.decode()
    assert "own/phone.css" in page and "tabler.min.css" not in page


def test_everyone_begins_where_their_day_begins(client, world):
    client.force_login(world.county_officer)
    assert client.get("/")["Location"] == "/dashboards/"
    client.force_login(Account.objects.create(username="w", name="方大山", kind="worker"))
    assert client.get("/")["Location"] == "/workers/me/"
    client.logout()
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_a_sample_says_so_on_every_page(client, world):
    client.force_login(world.administrator)
    for url in (*PAGES, "/orgs/999999/"):
        assert "样例数据" in client.get(url).content.decode(), url
    with override_settings(SAMPLE_INSTALLATION=False):
        assert "样例数据" not in client.get("/orgs/").content.decode()
        assert "样例账号" not in client.get("/accounts/login/", follow=True).content.decode()


def test_chinese_comes_first_and_english_is_a_switch(client, world):
    client.force_login(world.administrator)
    page = client.get("/orgs/", headers={"Accept-Language": "en-US"})
    assert '<html lang="zh-Hans">' in page.content.decode() and page["Content-Language"] == "zh-hans"
    assert client.post("/language/", {"language": "en", "next": "/orgs/"})["Location"] == "/orgs/"
    for url in PAGES:
        assert '<html lang="en">' in client.get(url).content.decode(), url
    assert client.get("/orgs/", headers={"Cookie": "django_language=xx"}).status_code in (200, 302)


def test_no_script_but_our_own_runs(client, world):
    client.force_login(world.administrator)
    for url in (
        *PAGES,
        f"/orgs/{world.county.pk}/",
        f"/orgs/{world.county.pk}/open_org/",
        "/accounts/proof/",
    ):
        answer = client.get(url)
        policy = dict(one.strip().partition(" ")[::2] for one in answer["Content-Security-Policy"].split(";"))
        for kind in ("script-src", "style-src", "default-src"):
            assert "unsafe" not in policy[kind] and "*" not in policy[kind]
        page = answer.content.decode()
        assert not re.findall(r"<script(?![^>]*(?:\bsrc=|application/json))", page), url
        assert not re.findall(r"\son\w+=|javascript:|style=|<style", page), url


def test_every_page_works_without_scripts(client, world):
    client.force_login(world.administrator)
    page = client.get("/orgs/").content.decode()
    assert re.search(r'<form method="get" action="/orgs/"', page), "filters are a form"
    for found in re.findall(r"<(\w+)[^>]*\shx-get=", page):
        assert found in ("form", "a"), "what htmx does is a form or a link"
    assert 'type="checkbox" id="navigation-switch"' in page, "the menu opens without scripts"


def test_pages_can_be_read_aloud(client, world):
    client.force_login(world.administrator)
    for url in (*PAGES, f"/orgs/{world.county.pk}/open_org/"):
        page = client.get(url).content.decode()
        assert page.count("<h1") == 1 and '<main id="content"' in page and 'href="#content"' in page, url
        identities = re.findall(r'\sid="([^"]+)"', page)
        assert len(identities) == len(set(identities)), url
        for target in re.findall(r'<label[^>]*\sfor="([^"]+)"', page):
            assert target in identities, (url, target)
        for described in re.findall(r'aria-describedby="([^"]+)"', page):
            assert set(described.split()) <= set(identities), (url, described)


def test_what_pages_ask_for_exists(client, world):
    client.force_login(world.administrator)
    page = client.get("/orgs/").content.decode()
    icons = Path(finders.find("vendor/tabler-icons/icons.svg")).read_text("utf-8")
    for address in set(re.findall(r'(?:src|href)="/static/([^"#]+)', page)):
        assert finders.find(address), address
    for name in set(re.findall(r"icons\.svg#([\w-]+)", page)):
        assert f'id="{name}"' in icons, name
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page), "nothing is fetched from elsewhere"


def test_the_phone_sheet_is_light():
    assert Path(finders.find("own/phone.css")).stat().st_size < 15 * 1024


@own_urls
def test_a_stray_refusal_is_a_page(client, world):
    answer = client.get("/refusing/")
    assert answer.status_code == 422 and answer["X-Refusal"] == "no"
    assert "今天不办。" in answer.content.decode()


@own_urls
def test_a_full_disk_is_said_outside_a_verb_too(client, world):
    answer = client.get("/storing/")
    assert answer.status_code == 503 and answer["X-Refusal"] == "no_room"
    assert "磁盘满了" in answer.content.decode()


@own_urls
def test_a_failure_says_that_nothing_was_changed(client, world):
    client.force_login(world.administrator)
    client.raise_request_exception = False
    answer = client.get("/failing/")
    assert answer.status_code == 500 and "您的数据没有改动" in answer.content.decode()


def test_an_unknown_address_is_a_page(client, world):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404 and "没有找到" in answer.content.decode()
    client.force_login(world.county_officer)
    assert "own/staff.css" in client.get("/nowhere/").content.decode()


def test_a_form_from_elsewhere_is_refused(client, world):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.administrator)
    answer = strict.post(f"/orgs/{world.village.pk}/rename_org/", {"name": "新名"})
    assert answer.status_code == 403 and "请刷新" in answer.content.decode()


URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("name=x", f"{URLENCODED}; charset=utf-16"),
        ("&".join(f"f{at}=1" for at in range(6000)), URLENCODED),
        ("name=" + "x" * 6_000_000, URLENCODED),
        ("x", "multipart/form-data"),
    ],
    ids=["charset", "fields", "bytes", "boundary"],
)
def test_a_form_that_cannot_be_read_is_a_page(world, body, kind):
    from django.test import Client

    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.administrator)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(f"/orgs/{world.village.pk}/rename_org/", body, content_type=kind)
    assert answer.status_code == 400 and "不完整" in answer.content.decode()


def test_every_error_page_is_there():
    for name in ("400", "403", "404", "500", "refused", "403_csrf"):
        assert get_template(f"{name}.html")


def test_the_installation_is_watched_from_the_same_machine_only(client, db):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.1").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_someone_with_two_grants_acts_for_one(client, world):
    from zhitong.kernel.actions import give_role

    officer = world.village_officer
    give_role(by=world.administrator, account=officer, role="village_officer", org=world.other_village)
    client.force_login(officer)
    assert "只代表它办理" in client.get("/account/").content.decode()
    client.post("/account/acting/", {"org": world.other_village.pk})
    held = client.get("/account/").context["actor"].held
    assert [one.org for one in held] == [world.other_village]
    client.post("/account/acting/", {"org": ""})
    assert len(client.get("/account/").context["actor"].held) == 2
    client.post("/account/acting/", {"org": world.county.pk})
    assert len(client.get("/account/").context["actor"].held) == 2, "only what one holds"


def test_a_wide_role_sets_up_a_second_proof_first(client, world):
    with override_settings(ZHITONG_REQUIRE_MFA=True):
        client.force_login(world.county_officer)
        answer = client.get("/orgs/")
        assert answer.status_code == 302 and answer["Location"] == "/accounts/proof/"
        assert client.get("/account/").status_code == 200
        client.force_login(world.village_officer)
        assert client.get("/orgs/").status_code == 200
    assert settings.ZHITONG_REQUIRE_MFA is False
