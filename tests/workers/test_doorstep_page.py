"""The doorstep page and what its script asks: the village as it is, one thing at a time, sentences for refusals."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from zhitong.kernel.actions import end_role, give_role
from zhitong.kernel.models import Grant, Record
from zhitong.workers.actions import state_intention, wipe_device
from zhitong.workers.actions.facts import Wish
from zhitong.workers.models import Device, FieldConflict, Worker
from zhitong.workers.views.conflicts import told_apart

from .doorsteps import colleague, saw


@pytest.fixture
def desk(client, world):
    client.force_login(world.village_officer)
    return client


def post(client, what, **body):
    answer = client.post(f"/workers/doorstep/{what}/", json.dumps(body), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def carried(client, label="手机"):
    device = post(client, "register", label=label)[1]["device"]
    return device, post(client, "carry", device=device)[1]


def edit(person, field, value, **more):
    told = {
        "kind": "edit", "worker": person["id"], "field": field, "value": value, "seen": person["seen"][field],
        "key": uuid.uuid4().hex, "stated_at": timezone.now().isoformat(), "checked_on": "",
    }  # fmt: skip
    return told | more


def test_the_page_holds_nothing_of_anybody(desk, world, worker):
    page = desk.get("/workers/doorstep/").content.decode()
    assert "doorstep-config" in page and worker.name not in page and world.village_officer.name not in page


def test_only_who_visits_opens_it(client, world):
    client.force_login(world.auditor)
    assert client.get("/workers/doorstep/").status_code == 403
    assert client.get("/workers/doorstep/hello/").json() == {"account": None}
    assert Client().get("/workers/doorstep/hello/").json() == {"account": None}
    assert Client().get("/workers/doorstep/").status_code == 302


def test_the_script_governs_this_page_alone(client, db):
    answer = client.get("/workers/doorstep/script.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/workers/doorstep/"
    assert b"importScripts" in answer.content


def test_the_village_goes_along_and_nobody_else(desk, world, worker):
    world.worker(village=world.far_village, name="外村人")
    wish = Wish(occupations=(world.welder,), wage_floor_fen=500_000)
    state_intention(by=world.village_officer, worker=worker, wish=wish)
    _device, told = carried(desk)
    [person] = told["people"]
    assert person["name"] == worker.name and person["card"] == worker.id_number.open()[-4:]
    assert person["wish"].startswith("焊工 · ") and "5,000" in person["wish"]
    assert worker.id_number.open() not in str(told) and worker.telephone.open() not in str(told)
    assert [world.host_city.pk, world.host_city.name] in told["cities"]


def test_a_thing_is_sent_and_sent_again(desk, worker):
    device, told = carried(desk)
    thing = edit(told["people"][0], "name", "陆大河", device=device)
    assert (
        post(desk, "send", **thing) == post(desk, "send", **thing) == (200, {"outcome": "done", "url": None})
    )
    worker.refresh_from_db()
    assert worker.name == "陆大河"


def test_a_contested_thing_says_so(desk, world, worker):
    hers = Client()
    hers.force_login(colleague(world))
    (mine, told), (theirs, _same) = carried(desk), carried(hers)
    [person] = told["people"]
    post(desk, "send", **edit(person, "name", "陆大河", device=mine))
    status, answer = post(hers, "send", **edit(person, "name", "陆大海", device=theirs))
    conflict = FieldConflict.objects.get()
    assert (status, answer) == (200, {"outcome": "contested", "url": f"/workers/conflicts/{conflict.pk}/"})
    assert post(desk, "carry", device=mine)[1]["people"][0]["contested"] == ["name"]
    assert saw(worker, "name") == post(desk, "carry", device=mine)[1]["people"][0]["seen"]["name"]


def test_a_conflict_is_decided_by_one_button(desk, world, worker):
    test_a_contested_thing_says_so(desk, world, worker)
    conflict = FieldConflict.objects.get()
    listed = desk.get("/workers/conflicts/").content.decode()
    assert "陆大河" in listed
    page = desk.get(f"/workers/conflicts/{conflict.pk}/").content.decode()
    assert "陆大河" in page and "陆大海" in page and "采用这个" in page and "另一位劳务员" in page
    assert Record.objects.concerning(worker).filter(verb="note_reading").count() == 1
    take = conflict.edits.get(device__account=colleague(world)).pk
    done = desk.post(f"/workers/conflicts/{conflict.pk}/decide_conflict/", {"take": take})
    assert (done.status_code, done["Location"]) == (302, "/workers/conflicts/")
    worker.refresh_from_db()
    assert worker.name == "陆大海"
    after = desk.get(f"/workers/conflicts/{conflict.pk}/").content.decode()
    assert "已核定" in after and "采用这个" not in after


def test_a_new_person_is_registered_once(desk, world):
    device, _told = carried(desk)
    facts = world.facts(name="陆新来")
    thing = {
        "device": device, "kind": "person", "key": "k1", "name": facts.name, "id_number": facts.id_number,
        "telephone": facts.telephone, "education": "3", "status": "away", "city": str(world.host_city.pk),
        "consents": ["register", "sensitive"],
    }  # fmt: skip
    status, answer = post(desk, "send", **thing)
    worker = Worker.objects.get()
    assert (status, answer) == (200, {"outcome": "registered", "url": f"/workers/{worker.pk}/"})
    assert post(desk, "send", **thing)[1]["outcome"] == "registered" and Worker.objects.count() == 1
    status, no = post(desk, "send", **{**thing, "key": "k2"})
    assert (status, no["code"], no["url"]) == (422, "id_number_registered", f"/workers/{worker.pk}/")
    assert "陆新来" in no["sentence"]


def test_refusals_are_sentences(desk, world, worker):
    device, told = carried(desk)
    [person] = told["people"]
    thing = edit(person, "telephone", "123", device=device)
    for wrong in (
        {},
        {"stated_at": "x"},
        {"stated_at": "2026-01-01T08:00"},
        {"worker": "x"},
        {"value": 5},
        {"checked_on": "x"},
    ):
        status, no = post(desk, "send", **{**thing, **wrong})
        assert status == 422 and no["sentence"].endswith("。"), wrong
    assert post(desk, "send", **{**thing, "worker": 999_999})[0] == 404
    for wrong in ("[", "[" * 15_000, '{"label": "\\ud800"}'):
        answer = desk.post("/workers/doorstep/send/", wrong, content_type="application/json")
        assert answer.status_code == 422
    assert desk.get("/workers/doorstep/send/").status_code == 405


def test_a_wiped_device_is_told_so(desk, world, worker):
    device, _told = carried(desk)
    page = desk.get(f"/workers/devices/{device}/").content.decode()
    assert "wipe_device" in page
    assert "手机" in desk.get("/workers/devices/").content.decode()
    wipe_device(by=world.county_officer, device=Device.objects.get())
    assert post(desk, "carry", device=device)[1]["code"] == "device_wiped"
    assert "wipe_device" not in desk.get(f"/workers/devices/{device}/").content.decode()


def test_a_wiped_device_is_told_so_though_its_session_has_ended(desk, world):
    device, _told = carried(desk)
    asked = f"/workers/doorstep/hello/?device={device}"
    assert Client().get(asked).json() == {"account": None}
    assert desk.get(asked).json()["account"] == world.village_officer.pk
    wipe_device(by=world.county_officer, device=Device.objects.get())
    assert Client().get(asked).json()["code"] == "device_wiped"
    assert Client().get("/workers/doorstep/hello/?device=x").json() == {"account": None}


def test_who_leaves_the_village_leaves_its_people(desk, world):
    device, _told = carried(desk)
    end_role(by=world.system, grant=Grant.objects.get(account=world.village_officer))
    assert desk.get(f"/workers/doorstep/hello/?device={device}").json()["code"] == "device_wiped"


def second_village(world):
    officer = world.village_officer
    return give_role(by=world.system, account=officer, org=world.other_village, role="village_officer")


def test_a_device_is_no_matter_of_whom_the_desk_acts_for(desk, world, worker):
    """Acting for another village at the desk must neither wipe a device nor refuse what waits on it."""
    device, told = carried(desk)
    also = second_village(world)
    desk.post("/account/acting/", {"org": also.org_id})
    asked = desk.get(f"/workers/doorstep/hello/?device={device}").json()
    assert asked["village"]["id"] == world.village.pk
    assert post(desk, "send", **edit(told["people"][0], "name", "陆大河", device=device))[0] == 200
    assert post(desk, "carry", device=device)[0] == 200
    worker.refresh_from_db()
    assert worker.name == "陆大河"


def test_a_second_device_carries_the_village_acted_for(desk, world):
    also = second_village(world)
    desk.post("/account/acting/", {"org": also.org_id})
    assert desk.get("/workers/doorstep/hello/").json()["village"]["id"] == world.other_village.pk
    device, _told = carried(desk)
    assert Device.objects.get(pk=device).village == world.other_village


def test_devices_of_a_stranger_are_absent(desk, client, world):
    device, _told = carried(desk)
    other = Client()
    other.force_login(world.stranger)
    assert post(other, "carry", device=device)[0] == 404


def test_telephones_are_told_apart_by_the_digits_in_which_they_differ():
    texts = told_apart("telephone", ["15412345678", "15412945678", ""])
    assert list(texts.values()) == ["154••3•5678", "154••9•5678", "没有手机号"]
