"""ask_spouse: a person names his spouse, who must agree; nobody learns who is on the register."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import ask_spouse, link_spouse
from zhitong.workers.models import SpouseRequest


@pytest.fixture
def wife(world):
    return world.worker(name="陈秀英", sex="F", id_number=world.identity(sex="F"))


@pytest.fixture
def ask(himself, worker, wife):
    given = {"by": himself, "worker": worker, "name": wife.name, "id_number": wife.id_number.open()}
    return lambda **more: ask_spouse(**{**given, **more})


def test_it_works(ask, worker, wife, settings):
    assert ask() == worker
    request = SpouseRequest.objects.get()
    assert (request.worker, request.asked, request.state) == (worker, wife, "open")
    assert request.expires_at > timezone.now() + settings.SPOUSE_ANSWER - dt.timedelta(minutes=1)
    worker.refresh_from_db()
    assert worker.spouse is None
    line = Record.objects.of(worker).get(verb="ask_spouse")
    assert line.given == {"name": "•", "id_number": "•"}


def test_a_stranger_cannot(world, ask, wife):
    with pytest.raises(OutOfReach):
        ask(by=world.worker_account(wife))


def test_whoever_is_not_there_looks_like_whoever_is(world, ask, himself, worker, wife):
    ask()
    found = browser(himself).get("/workers/me/").content.decode()
    for nobody in ({"id_number": world.identity(sex="F")}, {"name": "陈秀"}):
        assert ask(**nobody) == worker
        assert SpouseRequest.objects.last().asked is None
        assert browser(himself).get("/workers/me/").content.decode().count("等待对方答复") == 1
    assert found.count("等待对方答复") == 1
    assert list(SpouseRequest.objects.order_by("pk").values_list("state", flat=True)) == [
        "replaced", "replaced", "open"
    ]  # fmt: skip


def test_not_too_often(ask, no):
    for _time in range(3):
        ask()
    assert no(ask) == "asked_too_often"


def test_refusals(world, ask, worker, wife, no):
    assert no(ask, id_number=worker.id_number.open()) == "own_spouse"
    assert no(ask, id_number="1") != "own_spouse" and no(ask, name="")
    link_spouse(by=world.village_officer, worker=worker, spouse=wife)
    assert no(ask) == "has_spouse"


def test_the_page(himself, worker, wife):
    url = f"/workers/{worker.pk}/ask_spouse/"
    client = browser(himself)
    assert url in client.get("/workers/me/").content.decode()
    asked = {"name": wife.name, "id_number": wife.id_number.open(), "nonce": "n"}
    assert client.post(url, asked)["Location"] == "/workers/me/"
    assert client.post(url, {"name": wife.name, "id_number": "12"}).status_code == 422
