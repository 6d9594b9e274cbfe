"""reveal_id_number: the number in clear, with a reason that the person can read."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import reveal_id_number
from zhitong.workers.models import Worker


def test_it_works(world, worker):
    shown = reveal_id_number(by=world.village_officer, worker=worker, reason="contract", remark="签合同")
    assert shown == worker.id_number.open()
    line = Record.objects.of(worker).get(verb="reveal_id_number")
    assert line.given == {"reason": "contract", "remark": "签合同"} and shown not in str(line.given)


def test_the_person_sees_who_looked_and_why(world, worker, himself):
    reveal_id_number(by=world.village_officer, worker=worker, reason="contract")
    line = Record.objects.visible_to(himself).get(verb="reveal_id_number")
    assert line.actor == world.village_officer and line.given["reason"] == "contract"


def test_a_stranger_cannot(world, worker):
    with pytest.raises(OutOfReach):
        reveal_id_number(by=world.stranger, worker=worker, reason="contact")


def test_an_auditor_cannot(world, worker):
    with pytest.raises(NotAllowed):
        reveal_id_number(by=world.auditor, worker=worker, reason="audit")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": ""}, "not_a_choice"),
        ({"reason": "curious"}, "not_a_choice"),
        ({"reason": "contact", "remark": "x" * 101}, "too_long"),
        ({"reason": "contact", "remark": "a\u202eb"}, "unseen_character"),
        ({"reason": "contact", "remark": "打15412345678"}, "remark_holds_number"),
    ],
)
def test_the_reason_must_be_one(world, worker, no, given, code):
    assert no(reveal_id_number, by=world.village_officer, worker=worker, **given) == code


def test_nothing_to_show(world, worker, no):
    Worker.objects.filter(pk=worker.pk).update(id_number=None, id_number_index=None)
    worker.refresh_from_db()
    assert no(reveal_id_number, by=world.village_officer, worker=worker, reason="verify") == "nothing_held"
