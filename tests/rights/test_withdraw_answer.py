"""withdraw_answer: an answer is shown no longer."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import publish_answer, withdraw_answer
from zhitong.rights.models import Answer


def test_it_works(world, client, answer):
    withdraw_answer(by=world.county_officer, answer=answer)
    assert answer not in Answer.objects.visible_to(None)
    assert client.get(f"/rights/questions/{answer.pk}/").status_code == 404
    assert publish_answer(by=world.county_officer, answer=answer).state == "published"


def test_a_stranger_cannot(world, answer):
    with pytest.raises(NotAllowed):
        withdraw_answer(by=world.other_county_officer, answer=answer)


def test_not_twice(world, answer, no):
    withdraw_answer(by=world.county_officer, answer=answer)
    assert no(withdraw_answer, by=world.county_officer, answer=answer) == "wrong_state"
