"""agree_to_spouse: only when both said so are two people written down as spouses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import agree_to_spouse, ask_spouse, link_spouse, withdraw_worker
from zhitong.workers.models import SpouseRequest, Worker


@pytest.fixture
def wife(world):
    return world.worker(name="陈秀英", sex="F", id_number=world.identity(sex="F"))


@pytest.fixture
def herself(world, wife):
    return world.worker_account(wife)


@pytest.fixture
def agree(himself, herself, worker, wife):
    ask_spouse(by=himself, worker=worker, name=wife.name, id_number=wife.id_number.open())
    given = {"by": herself, "worker": wife, "request": SpouseRequest.objects.get()}
    return lambda **more: agree_to_spouse(**{**given, **more})


def spouses(*people):
    return [Worker.objects.get(pk=one.pk).spouse_id for one in people]


def test_it_works(agree, worker, wife):
    agree()
    assert spouses(worker, wife) == [wife.pk, worker.pk]
    assert SpouseRequest.objects.get().state == "agreed"
    for one in (worker, wife):
        assert Record.objects.told_to(one).first().verb == "agree_to_spouse"


def test_a_stranger_cannot(world, agree, himself, worker):
    other = world.worker(name="别人")
    with pytest.raises(OutOfReach):
        agree(by=world.worker_account(other), worker=other)
    with pytest.raises(OutOfReach):
        agree(by=himself, worker=worker)
    with pytest.raises((OutOfReach, NotAllowed)):
        agree(by=world.village_officer)
    assert spouses(worker) == [None]


def test_not_after_its_days_nor_twice(agree, no):
    SpouseRequest.objects.update(expires_at=timezone.now())
    assert no(agree) == "request_over"
    SpouseRequest.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    agree()
    assert no(agree) == "wrong_state"


def test_not_beside_another_spouse(world, agree, worker, no):
    link_spouse(by=world.village_officer, worker=worker, spouse=world.worker(name="黄大妹"))
    assert no(agree) == "has_spouse"
    assert SpouseRequest.objects.get().state == "open"


def test_not_with_somebody_who_left(world, agree, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(agree) == "not_on_register"


def test_the_page_of_whoever_is_asked(agree, herself, himself, worker, wife):
    request = SpouseRequest.objects.get()
    url = f"/workers/spouse_requests/{request.pk}/agree_to_spouse/"
    client = browser(herself)
    home = client.get("/workers/me/").content.decode()
    assert f"{worker.name}请求和您关联为配偶" in home and url in home
    assert url not in browser(himself).get("/workers/me/").content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"nonce": "n"})["Location"] == "/workers/me/"
    assert spouses(worker, wife) == [wife.pk, worker.pk]
    assert browser(himself).post(url, {"nonce": "m"}).status_code in (404, 422)
