"""erase_enquiries_of_worker: what somebody asked goes with his data; that he asked stays."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import ask_question, erase_enquiries_of_worker, note_call
from zhitong.workers.models import Worker


def test_it_works(world, answered, worker):
    assert erase_enquiries_of_worker(by=world.system, worker=worker) == 1
    answered.refresh_from_db()
    assert (answered.text, answered.reply, answered.name, answered.telephone) == ("", "", "", None)
    assert answered.state == "closed"


def test_a_stranger_cannot(world, worker):
    with pytest.raises(NotAllowed):
        erase_enquiries_of_worker(by=world.county_officer, worker=worker)


def test_what_he_asked_before_he_was_on_the_register_goes_too(world, worker, himself, asked):
    Worker.objects.filter(pk=worker.pk).update(account=None)
    mine = ask_question(by=himself, facts=asked, county=world.county)
    Worker.objects.filter(pk=worker.pk).update(account=himself)
    call = note_call(
        by=world.county_officer, org=world.county, facts=asked, telephone="15412345678", name="别人"
    )
    worker.refresh_from_db()
    assert mine.worker is None
    assert erase_enquiries_of_worker(by=world.system, worker=worker) == 1
    mine.refresh_from_db()
    call.refresh_from_db()
    assert (mine.text, mine.name, mine.state) == ("", "", "closed") and call.text
