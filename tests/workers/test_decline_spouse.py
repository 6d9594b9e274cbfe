"""decline_spouse: whoever is asked may say no, and nothing else changes."""

from __future__ import annotations

import pytest

from tests.workers.test_agree_to_spouse import herself, spouses, wife
from tests.workers.test_workers_page import browser
from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import ask_spouse, decline_spouse
from zhitong.workers.models import SpouseRequest

__all__ = ["herself", "wife"]


@pytest.fixture
def decline(himself, herself, worker, wife):
    ask_spouse(by=himself, worker=worker, name=wife.name, id_number=wife.id_number.open())
    given = {"by": herself, "worker": wife, "request": SpouseRequest.objects.get()}
    return lambda **more: decline_spouse(**{**given, **more})


def test_it_works(decline, worker, wife):
    assert decline() == wife
    assert SpouseRequest.objects.get().state == "declined" and spouses(worker, wife) == [None, None]
    assert Record.objects.told_to(wife).first().verb == "decline_spouse"


def test_a_stranger_cannot(decline, himself, worker):
    with pytest.raises(OutOfReach):
        decline(by=himself, worker=worker)


def test_once(decline, no):
    decline()
    assert no(decline) == "wrong_state"


def test_the_page(decline, herself):
    url = f"/workers/spouse_requests/{SpouseRequest.objects.get().pk}/decline_spouse/"
    assert browser(herself).post(url, {"nonce": "n"})["Location"] == "/workers/me/"
    assert SpouseRequest.objects.get().state == "declined"
