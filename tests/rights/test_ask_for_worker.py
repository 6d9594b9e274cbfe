"""ask_for_worker: an officer asks for somebody who cannot type."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.rights.actions import QuestionFacts, ask_for_worker
from zhitong.rights.models import Enquiry
from zhitong.workers.actions import withdraw_worker


def test_it_works(world, worker, himself, asked):
    made = ask_for_worker(by=world.village_officer, worker=worker, facts=asked, through="visit")
    assert (made.through, made.asked_by, made.owner) == ("visit", world.village_officer, world.county)
    for reader in (world.village_officer, himself, world.county_officer):
        assert made in Enquiry.objects.visible_to(reader)
    assert made not in Enquiry.objects.visible_to(world.township_officer)


def test_a_stranger_cannot(world, worker, asked):
    with pytest.raises(OutOfReach):
        ask_for_worker(by=world.stranger, worker=worker, facts=asked, through="visit")


def test_he_cannot_do_it_himself(worker, himself, asked):
    with pytest.raises(NotAllowed):
        ask_for_worker(by=himself, worker=worker, facts=asked, through="visit")


def test_refusals(world, worker, asked, no):
    given = {"by": world.village_officer, "worker": worker}
    assert no(ask_for_worker, **given, facts=asked, through="self") == "not_a_choice"
    assert no(ask_for_worker, **given, facts=QuestionFacts("啊"), through="visit") == "too_short"
    withdraw_worker(by=world.village_officer, worker=worker, reason="moved_away")
    worker.refresh_from_db()
    assert no(ask_for_worker, **given, facts=asked, through="visit") == "not_on_register"


def test_the_page(world, client, worker):
    client.force_login(world.village_officer)
    address = f"/rights/workers/{worker.pk}/ask_for_worker/"
    assert address in client.get(f"/workers/{worker.pk}/").content.decode()
    sent = client.post(address, {"text": "他问社保怎么转？", "through": "telephone"})
    assert sent.status_code == 302 and client.get(sent["Location"]).status_code == 200
