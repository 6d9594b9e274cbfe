"""withdraw_deletion_request: the person keeps his data after all."""

from __future__ import annotations

import pytest

from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import ask_deletion, withdraw_deletion_request


@pytest.fixture
def request_(himself, worker):
    return ask_deletion(by=himself, worker=worker)


def test_it_works(himself, request_, worker):
    assert withdraw_deletion_request(by=himself, request=request_).state == "withdrawn"
    assert Record.objects.told_to(worker).first().verb == "withdraw_deletion_request"
    assert ask_deletion(by=himself, worker=worker).state == "open"


def test_a_stranger_cannot(world, request_):
    for account in (world.stranger, world.village_officer, world.auditor):
        with pytest.raises((OutOfReach, NotAllowed)):
            withdraw_deletion_request(by=account, request=request_)


def test_once_is_enough(himself, request_, no):
    withdraw_deletion_request(by=himself, request=request_)
    assert no(withdraw_deletion_request, by=himself, request=request_) == "wrong_state"


def test_the_page_leads_back_home(himself, request_):
    url = f"/workers/deletions/{request_.pk}/withdraw_deletion_request/"
    assert browser(himself).get(url).status_code == 200
    assert browser(himself).post(url, {"nonce": "n"})["Location"] == "/workers/me/"
