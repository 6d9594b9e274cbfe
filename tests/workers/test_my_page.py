"""A person's own pages on the phone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from zhitong.workers.actions import reveal_telephone, withdraw_consent
from zhitong.workers.models import Worker

AGREED = {"consent_register": "on", "consent_sensitive": "on", "consent_share": "on"}


@pytest.fixture
def phone(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(phone, url, status=200):
    answer = phone.get(url)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_from_the_first_screen_to_the_register(world, phone, person):
    assert "我要登记" in read(phone, "/workers/me/")
    url = reverse("choose_village")
    for name in ("青山县", "河口镇", "柳树村"):
        found = re.search(rf'<a class="btn" href="([^"]+)">[^<]*{name}[^<]*</a>', read(phone, url))
        assert found, name
        url = found[1]
    page = read(phone, url)
    village = re.search(r'name="village" value="([^"]+)"', page)[1]
    assert village == f"{world.village.pk} 柳树村"
    typed = {
        "village": village, "name": "陆自助", "id_number": world.identity(), "education": "3", "status": "seeking",
        "first_occupation": world.welder.name, "anywhere": "on", "wage_floor_fen": "5000",
        "goes_with": "alone", **AGREED,
    }  # fmt: skip
    answer = phone.post(url, typed)
    assert answer["Location"] == "/workers/me/"
    worker = Worker.objects.get(account=person)
    assert (
        worker.village == world.village and worker.source == "self" and worker.telephone == person.telephone
    )
    assert "陆自助" in read(phone, "/workers/me/") and worker.intention.wage_floor_fen == 500_000


@pytest.mark.parametrize(
    "wrong",
    [{"village": ""}, {"village": "x"}, {"name": "=1"}, {"name": "张\u202e三"}, {"id_number": "110105194912310021"},
     {"id_number": "11010520991231002X"}, {"status": "away"}, {"wage_floor_fen": "多"}, {"consent_sensitive": ""},
     {"first_occupation": "没有这一项"}, {"name": "长" * 99}],
)  # fmt: skip
def test_what_is_wrong_is_said(world, phone, wrong):
    typed = {
        "village": str(world.village.pk), "name": "陆自助", "id_number": world.identity(), "education": "3",
        "status": "seeking", "goes_with": "alone", **AGREED,
    }  # fmt: skip
    answer = phone.post(reverse("register_oneself"), {**typed, **wrong})
    assert answer.status_code == 422 and "error-summary" in answer.content.decode()
    assert not Worker.objects.exists()


def test_taking_over_what_the_village_entered(world, phone, person):
    entry = world.worker(name="陆大江", telephone=person.telephone.open())
    given = {"name": "陆大江", "id_number": entry.id_number.open()}
    answer = phone.post(reverse("link_account"), {**given, "name": "陆大河"})
    assert "没有找到" in answer.content.decode()
    assert phone.post(reverse("link_account"), given)["Location"] == "/workers/me/"
    assert "陆大江" in read(phone, "/workers/me/")


def test_his_own_record(world, worker, himself, phone):
    page = read(phone, "/workers/me/")
    assert "陆大江" in page and worker.telephone.masked in page and worker.id_number.open() not in page
    for verb in (
        "confirm_status",
        "state_intention",
        "correct_worker",
        "add_skill",
        "withdraw_consent",
        "withdraw_worker",
    ):
        assert f"/{verb}/" in page, verb
    for verb in ("reveal_id_number", "move_worker", "join_priority_group", "link_spouse"):
        assert f"/{verb}/" not in page, verb
    assert phone.get(f"/workers/{worker.pk}/")["Location"] == "/workers/me/"


def test_who_looked_and_why(world, worker, himself, phone):
    Client().force_login(world.village_officer)
    officer = Client()
    officer.force_login(world.village_officer)
    officer.get(f"/workers/{worker.pk}/")
    reveal_telephone(by=world.county_officer, worker=worker, reason="contact", remark="约体检")
    page = read(phone, "/workers/me/looks/")
    for text in ("查看资料", "李村秀", "查看完整手机号", "钱县英", "联系本人，约体检"):
        assert text in page, text
    assert "登记劳动者" not in page
    phone.post(reverse("correct_worker", args=[worker.pk]), {"name": "陆大海", "education": "2"})
    assert "更正资料" in read(phone, "/workers/me/looks/?what=all")


def test_he_corrects_states_and_confirms_himself(world, worker, himself, phone):
    assert 'name="id_number"' not in read(phone, reverse("correct_worker", args=[worker.pk]))
    for verb, typed in (
        ("correct_worker", {"name": "陆大海", "education": "5"}),
        ("state_intention", {"goes_with": "alone", "wage_floor_fen": "6000"}),
        ("confirm_status", {"status": "away", "work_region": world.host_city.name}),
        ("add_skill", {"occupation": world.welder.name, "years": "2"}),
    ):
        answer = phone.post(reverse(verb, args=[worker.pk]), typed)
        assert answer["Location"] == "/workers/me/", verb
    said = read(phone, "/workers/me/")
    assert "已办理：更正我的资料" in said and "已办理：更新我的就业状态" in said
    worker.refresh_from_db()
    assert (worker.name, worker.status, worker.status_source) == ("陆大海", "away", "self")
    skill = worker.skills.get()
    assert phone.post(reverse("remove_skill", args=[skill.pk]))["Location"] == "/workers/me/"


def test_he_withdraws_a_consent_and_gives_it_again(world, worker, himself, phone):
    share = worker.consents.get(purpose="share")
    assert "影响" in read(phone, reverse("withdraw_consent", args=[share.pk]))
    assert phone.post(reverse("withdraw_consent", args=[share.pk]))["Location"] == "/workers/me/"
    given = reverse("give_consent", args=[worker.pk])
    assert given in read(phone, "/workers/me/")
    assert phone.post(given, {"purpose": "share"}).status_code == 302
    assert worker.consents.get(purpose="share", withdrawn_at=None).given_through == "self"


def test_without_a_needed_consent_he_leaves(world, worker, himself, phone):
    needed = worker.consents.get(purpose="sensitive")
    assert "退出登记" in read(phone, reverse("withdraw_consent", args=[needed.pk]))
    phone.post(reverse("withdraw_consent", args=[needed.pk]))
    assert "您已退出登记" in read(phone, "/workers/me/")


def test_he_leaves(world, worker, himself, phone):
    assert phone.post(reverse("withdraw_worker", args=[worker.pk]))["Location"] == "/workers/me/"
    worker.refresh_from_db()
    assert worker.state == "withdrawn"


def test_nobody_elses_record(world, worker, phone):
    world.worker(name="别人")
    withdraw_consent(by=world.system, consent=worker.consents.get(purpose="share"))
    for verb in ("correct_worker", "state_intention", "withdraw_worker", "give_consent"):
        url = reverse(verb, args=[worker.pk])
        assert phone.get(url).status_code == phone.post(url, {}).status_code == 404, verb
    assert "陆大江" not in read(phone, "/workers/me/")
    assert phone.get("/workers/me/looks/").status_code == 404


def test_officers_have_no_such_page(world):
    officer = Client()
    officer.force_login(world.village_officer)
    for url in ("/workers/me/", "/workers/me/looks/", reverse("register_oneself"), reverse("link_account")):
        assert officer.get(url).status_code == 403, url


def test_a_visitor_is_asked_to_sign_in():
    assert Client().get("/workers/me/")["Location"].startswith("/accounts/login/")
