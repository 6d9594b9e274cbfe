"""reveal_telephone: the number in clear, with a reason that the person can read."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import reveal_telephone
from zhitong.workers.models import Worker


def test_it_works(world, worker):
    shown = reveal_telephone(by=world.village_officer, worker=worker, reason="contact")
    assert shown == worker.telephone.open() and len(shown) == 11
    assert Record.objects.of(worker).get(verb="reveal_telephone").given == {"reason": "contact"}


def test_a_stranger_cannot(world, worker):
    with pytest.raises(OutOfReach):
        reveal_telephone(by=world.stranger, worker=worker, reason="contact")


def test_the_reason_must_be_one(world, worker, no):
    given = {"by": world.village_officer, "worker": worker}
    assert no(reveal_telephone, reason="x", **given) == "not_a_choice"
    assert no(reveal_telephone, reason="contact", remark="13800138000", **given) == "remark_holds_number"


def test_nothing_to_show(world, worker, no):
    Worker.objects.filter(pk=worker.pk).update(telephone=None, telephone_index=None)
    worker.refresh_from_db()
    assert no(reveal_telephone, by=world.village_officer, worker=worker, reason="contact") == "nothing_held"
