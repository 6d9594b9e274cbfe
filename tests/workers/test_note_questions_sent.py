"""note_questions_sent: what went out goes out once."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import ask_status_by_sms, note_questions_sent
from zhitong.workers.models import StatusQuestion

from .test_workers_page import unchecked_for


@pytest.fixture
def question(world, worker):
    unchecked_for(worker, 45)
    ask_status_by_sms(by=world.village_officer, place=world.village)
    return StatusQuestion.objects.get()


def test_it_works(world, question, worker):
    assert note_questions_sent(by=world.system, questions=(question,)) == 1
    question.refresh_from_db()
    assert question.sent_at is not None
    assert Record.objects.told_to(worker).first().verb == "note_questions_sent"
    assert note_questions_sent(by=world.system, questions=(question,)) == 0


def test_a_stranger_cannot(world, question):
    with pytest.raises(NotAllowed):
        note_questions_sent(by=world.village_officer, questions=(question,))
