"""Pages of verbs: what is asked, and every way in which a verb may say no."""

from __future__ import annotations

import re

import pytest
from django.urls import path

from zhitong.kernel import fields
from zhitong.kernel.actions import rename_org
from zhitong.kernel.models import Grant, Org, Record
from zhitong.kernel.web import ActorForm, Detail, facts, verb_path
from zhitong.site.urls import urlpatterns as site_patterns
from zhitong.workers.actions import Correction, correct_worker
from zhitong.workers.models import Worker


class CorrectForm(ActorForm):
    """A worker's name and schooling."""

    name = fields.PersonNameField(label="姓名")
    education = fields.LineField(label="文化程度")

    def given(self):
        return {"facts": Correction(name=self.values()["name"])}


class WorkerPage(Detail):
    """A worker, so that the verb has somewhere to go on to."""

    model = Worker
    verbs = (correct_worker,)
    note_reading = True

    def panels(self):
        return (facts("本人", self.row, "name", "sex", "id_number"), self.history())


urlpatterns = [
    verb_path(correct_worker, model=Worker, prefix="people-under-test/", form=CorrectForm),
    path("people-under-test/<int:pk>/", WorkerPage.page(), name="worker_under_test"),
    *site_patterns,
]
own_urls = pytest.mark.urls(__name__)


@pytest.fixture
def admin_client(client, world):
    client.force_login(world.administrator)
    return client


def nonce_of(answer) -> str:
    return re.search(r'name="nonce" value="(\w+)"', answer.content.decode())[1]


def test_a_form_is_shown_and_done(admin_client, world):
    url = f"/orgs/{world.village.pk}/rename_org/"
    shown = admin_client.get(url)
    assert shown.status_code == 200 and 'value="柳树村"' in shown.content.decode()
    done = admin_client.post(url, {"name": "新柳树村", "nonce": nonce_of(shown)}, follow=True)
    assert done.redirect_chain == [(f"/orgs/{world.village.pk}/", 302)]
    assert "已办理：更改组织名称" in done.content.decode()
    assert Org.objects.get(pk=world.village.pk).name == "新柳树村"


def test_a_verb_without_a_form_asks_first(admin_client, world):
    shown = admin_client.get(f"/people/{world.village_officer.pk}/close_account/")
    assert "停用后不能再登录" in shown.content.decode() and "btn-danger" in shown.content.decode()
    world.village_officer.refresh_from_db()
    assert world.village_officer.is_active, "looking changes nothing"
    admin_client.post(f"/people/{world.village_officer.pk}/close_account/", {})
    world.village_officer.refresh_from_db()
    assert not world.village_officer.is_active


def test_what_was_typed_wrong_stays_typed(admin_client, world):
    url = f"/orgs/{world.county.pk}/open_org/"
    answer = admin_client.post(url, {"kind": "station", "name": "=坏名字", "host_city": "火星"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="=坏名字"' in page and 'value="火星"' in page
    assert 'href="#id_name"' in page and 'role="alert"' in page, "the summary leads to each field"


def test_a_refusal_stands_at_its_field(admin_client, world):
    url = f"/orgs/{world.county.pk}/open_org/"
    answer = admin_client.post(url, {"kind": "village", "name": "某村"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["kind"]
    assert 'value="某村"' in answer.content.decode()
    answer = admin_client.post(url, {"kind": "station", "name": "某站"})
    assert answer.status_code == 422 and answer.context["form"].errors


def test_the_same_submission_is_done_once(admin_client, world):
    url = f"/orgs/{world.county.pk}/open_org/"
    data = {"kind": "party", "name": "某党支部", "nonce": "abcdef"}
    first = admin_client.post(url, data)
    second = admin_client.post(url, data, follow=True)
    assert first["Location"] == second.redirect_chain[0][0]
    assert "没有重复办理" in second.content.decode()
    assert Org.objects.filter(name="某党支部").count() == 1


def test_a_form_sent_without_a_nonce_is_done(admin_client, world):
    url = f"/orgs/{world.county.pk}/open_org/"
    assert admin_client.post(url, {"kind": "party", "name": "某党支部"}).status_code == 302


@own_urls
def test_someone_faster_keeps_what_was_typed(client, world):
    worker = world.worker(name="方大山")
    client.force_login(world.village_officer)
    url = f"/people-under-test/{worker.pk}/correct_worker/"
    seen = client.get(url).context["form"]["seen"].value()
    correct_worker(by=world.township_officer, worker=worker, facts=Correction(name="方太山"))
    answer = client.post(url, {"name": "方小山", "education": "初中", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert world.township_officer.name in page and "改了：姓名" in page
    assert 'value="方小山"' in page and 'value="初中"' in page
    assert "现在登记的是“方太山”" in page
    assert Worker.objects.get(pk=worker.pk).name == "方太山"
    again = client.post(
        url, {"name": "方小山", "education": "初中", "seen": answer.context["form"]["seen"].value()}
    )
    assert again.status_code == 302 and Worker.objects.get(pk=worker.pk).name == "方小山"


def test_beyond_reach_looks_like_absent(client, world):
    client.force_login(world.county_officer)
    for url in (
        "/people/999999/",
        f"/people/{world.stranger.pk}/",
        f"/people/{world.stranger.pk}/close_account/",
    ):
        answer = client.get(url)
        assert answer.status_code == 404 and "没有找到" in answer.content.decode(), url
        assert client.post(url, {}).status_code in (404, 405), url


def test_a_verb_of_another_role_is_forbidden(client, world):
    client.force_login(world.village_officer)
    url = f"/orgs/{world.village.pk}/rename_org/"
    for answer in (client.get(url), client.post(url, {"name": "新名"})):
        assert answer.status_code == 403 and "您的角色不能做这一步" in answer.content.decode()
    assert Org.objects.get(pk=world.village.pk).name == "柳树村"


def test_nobody_without_an_account_comes_in(client, world):
    url = f"/orgs/{world.village.pk}/rename_org/"
    for answer in (client.get(url), client.post(url, {"name": "新名"})):
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=/orgs/")


def test_buttons_are_those_that_the_actor_may(admin_client, client, world):
    page = admin_client.get(f"/orgs/{world.village.pk}/").content.decode()
    assert f"/orgs/{world.village.pk}/rename_org/" in page
    client.force_login(world.village_officer)
    page = client.get(f"/orgs/{world.village.pk}/").content.decode()
    assert f"/orgs/{world.village.pk}/rename_org/" not in page


def test_history_tells_who_did_what(admin_client, world):
    rename_org(by=world.administrator, org=world.village, name="新柳树村")
    page = admin_client.get(f"/orgs/{world.village.pk}/").content.decode()
    assert "更改组织名称" in page and world.administrator.name in page and str(world.city) in page
    assert "柳树村" in page and "新柳树村" in page and "→" in page


@own_urls
def test_reading_a_person_leaves_a_line(client, world):
    worker = world.worker()
    client.force_login(world.village_officer)
    page = client.get(f"/people-under-test/{worker.pk}/").content.decode()
    line = Record.objects.filter(verb="note_reading").get()
    assert (line.concerns_id, line.actor) == (worker.pk, world.village_officer)
    assert worker.id_number.open() not in page and worker.id_number.open()[-4:] in page


def test_a_role_is_given_and_ended_on_pages(admin_client, world):
    officer = world.village_officer
    org = world.other_village
    answer = admin_client.post(
        f"/orgs/{org.pk}/give_role/",
        {"account": officer.username, "role": "village_officer", "begins_on": "2100-01-01"},
    )
    assert answer["Location"] == f"/people/{officer.pk}/"
    grant = Grant.objects.get(account=officer, org=org)
    page = admin_client.get(f"/people/{officer.pk}/").content.decode()
    assert f"/grants/{grant.pk}/end_role/" in page
    assert admin_client.post(f"/grants/{grant.pk}/end_role/", {"ends_on": "2100-02-01"}).status_code == 302
    grant.refresh_from_db()
    assert str(grant.ends_on) == "2100-02-01"
