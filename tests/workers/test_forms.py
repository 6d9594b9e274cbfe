"""Every form of the register: what is wrong is said beside the field, nothing is stored, nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhitong.kernel.models import Record
from zhitong.workers.actions import give_consent
from zhitong.workers.models import Worker

from .cases import CASES, Case, half

IDS = [case.verb for case in CASES]
ASKING = [case for case in CASES if case.wrong]


def ask(world, case: Case) -> tuple[Client, str, dict[str, Any]]:
    row = case.row(world) if case.row is not None else None
    client = Client()
    client.force_login(getattr(world, case.by))
    right = case.right(world)
    url = reverse(case.verb, args=[] if row is None else [row.pk])
    shown = client.get(url)
    assert shown.status_code == 200
    seen = re.search(r'name="seen" value="(\d+)"', shown.content.decode())
    return client, url, {**right, "seen": seen[1] if seen else ""}


def done(case: Case) -> int:
    return Record.objects.filter(verb=case.verb).count()


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_what_is_right_is_done_once_however_often_it_is_sent(world, case):
    client, url, right = ask(world, case)
    before = done(case)
    first = client.post(url, {**right, "nonce": "abc"})
    assert first.status_code == 302, first.content.decode()
    assert done(case) == before + 1
    again = client.post(url, {**right, "nonce": "abc"})
    assert again.status_code in (302, 403, 404) and done(case) == before + 1
    assert client.get(first["Location"]).status_code == 200


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.wrong], ids=[one.verb for one in CASES if one.wrong]
)
def test_what_is_wrong_is_said_beside_the_field(world, case):
    client, url, right = ask(world, case)
    before = done(case)
    for name, values in case.wrong.items():
        for value in values:
            answer = client.post(url, {**right, name: value})
            page = answer.content.decode()
            assert answer.status_code == 422, (name, value, answer.status_code)
            assert "error-summary" in page and "。</" in page, (name, value)
    assert done(case) == before


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.wrong], ids=[one.verb for one in CASES if one.wrong]
)
def test_what_was_typed_is_still_there(world, case):
    client, url, right = ask(world, case)
    name = next(iter(case.wrong))
    typed = next(
        (key for key, value in right.items() if key not in (name, "seen") and isinstance(value, str)), None
    )
    page = client.post(url, {**right, name: "x" * 500}).content.decode()
    assert "error-summary" in page
    if typed is not None:
        value = str(right[typed])
        kept = f'value="{value}" selected' in page or f'value="{value}"' in page or "checked" in page
        assert kept, typed


def test_an_empty_form_names_every_missing_field(world):
    client, url, _right = ask(world, CASES[0])
    page = client.post(url, {}).content.decode()
    for label in ("村（社区）", "姓名", "身份证号", "文化程度", "就业状态"):
        assert re.search(rf'<li><a href="#id_\w+">{label}</a>：', page), label


def test_a_stranger_finds_nothing(world):
    client = Client()
    client.force_login(world.stranger)
    for case in CASES:
        if case.row is None or case.by != "village_officer":
            continue
        url = reverse(case.verb, args=[case.row(world).pk])
        assert client.get(url).status_code == client.post(url, {}).status_code == 404, case.verb
    assert Record.objects.filter(actor=world.stranger).count() == 0


def test_an_auditor_reads_and_does_nothing(world):
    client = Client()
    client.force_login(world.auditor)
    for case in CASES:
        url = reverse(case.verb, args=[] if case.row is None else [case.row(world).pk])
        assert client.get(url).status_code == client.post(url, {}).status_code == 403, case.verb


def test_two_correct_at_once(world):
    case = CASES[1]
    client, url, right = ask(world, case)
    worker = Worker.objects.get(name="陆大江")
    other = Client()
    other.force_login(world.township_officer)
    assert other.post(url, {**right, "name": "陆先到", "seen": right["seen"]}).status_code == 302
    answer = client.post(url, {**right, "name": "陆后到"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "孙镇华" in page and "陆后到" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert client.post(url, {**right, "name": "陆后到", "seen": seen}).status_code == 302
    worker.refresh_from_db()
    assert worker.name == "陆后到"


def test_two_state_a_wish_at_once(world):
    case = next(one for one in CASES if one.verb == "state_intention")
    client, url, right = ask(world, case)
    assert client.post(url, right).status_code == 302
    seen = re.search(r'name="seen" value="(\d+)"', client.get(url).content.decode())[1]
    assert client.post(url, {**right, "wage_floor_fen": "5000", "seen": seen}).status_code == 302
    answer = client.post(url, {**right, "wage_floor_fen": "6000", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409 and "6000" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    assert client.post(url, {**right, "wage_floor_fen": "6000", "seen": seen}).status_code == 302
    assert Worker.objects.get(name="陆大江").intention.wage_floor_fen == 600_000


def test_the_next_person_of_a_visit(world):
    client, url, right = ask(world, CASES[0])
    answer = client.post(url, {**right, "next": "1"})
    page = client.get(answer["Location"]).content.decode()
    first = Worker.objects.get(name="陆新人")
    assert f'value="{first.pk} 陆新人"' in page and f'value="{world.village.pk} 柳树村"' in page
    second = {
        **right,
        "name": "陆次人",
        "id_number": world.identity(),
        "family": str(first.pk),
        "address": "",
    }
    assert client.post(url, second).status_code == 302
    assert Worker.objects.get(name="陆次人").household == first.household


def test_a_home_is_one_or_the_other(world):
    client, url, right = ask(world, CASES[0])
    lonely = world.worker(name="陆无户")
    assert "另立户" in client.post(url, {**right, "family": world.couple[0].pk}).content.decode()
    page = client.post(url, {**right, "family": lonely.pk, "address": ""}).content.decode()
    assert "还没有立户" in page


def test_a_place_beyond_reach_is_not_offered(world):
    client, url, right = ask(world, CASES[0])
    page = client.post(url, {**right, "village": str(world.far_village.pk)}).content.decode()
    assert "没有找到" in page
    found = client.get(reverse("search", args=["place"]), {"q": "远坝", "kind": "village"}).json()["found"]
    assert found == []


def test_people_are_searched_within_reach(world):
    client, _url, _right = ask(world, CASES[0])
    inside, outside = world.worker(name="陆近"), world.worker(name="陆远", village=world.far_village)

    def found(typed):
        lines = client.get(reverse("search", args=["worker"]), {"q": typed}).json()["found"]
        return [one["value"] for one in lines]

    assert found("lu") == found("陆") == found(inside.id_number.open()) == [f"{inside.pk} 陆近"]
    assert found(outside.id_number.open()) == found(str(outside.pk)) == found("") == []


def test_a_person_without_a_telephone(world):
    client, url, right = ask(world, CASES[1])
    assert "就不要勾选删去" in client.post(url, {**right, "no_telephone": "on"}).content.decode()
    right.pop("telephone")
    assert client.post(url, {**right, "no_telephone": "on"}).status_code == 302
    assert Worker.objects.get(name="陆大河").telephone is None


def test_sealed_values_left_blank_stay(world):
    client, url, right = ask(world, CASES[1])
    before = Worker.objects.get(name="陆大江")
    page = client.get(url).content.decode()
    assert before.id_number.open() not in page and before.id_number.masked in page
    assert client.post(url, {**right, "telephone": "", "id_number": ""}).status_code == 302
    after = Worker.objects.get(pk=before.pk)
    assert (after.id_number, after.telephone) == (before.id_number, before.telephone)


def test_a_second_consent_is_not_asked_for(world):
    worker = half(world)
    client = Client()
    client.force_login(world.village_officer)
    give_consent(by=world.village_officer, worker=worker, purpose="share", through="visit")
    assert "各项都已经同意了" in client.get(reverse("give_consent", args=[worker.pk])).content.decode()
