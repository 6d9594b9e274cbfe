"""remind_of_interviews: the day before, once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import remind_of_interviews
from zhitong.matching.models import InterviewSlot


def test_it_works(world, interview, monkeypatch, django_capture_on_commit_callbacks):
    said = []
    monkeypatch.setattr(
        "zhitong.kernel.sms.LogSender.send", lambda _self, telephone, text: said.append((telephone, text))
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_interviews(by=world.system) == 1
    assert len(said) == 1 and said[0][0] == interview.worker.telephone.open() and "提醒您" in said[0][1]
    assert remind_of_interviews(by=world.system) == 0
    interview.refresh_from_db()
    assert interview.reminded_at is not None


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        remind_of_interviews(by=world.county_officer)


@pytest.mark.parametrize("hours", [-1, 48])
def test_neither_past_ones_nor_far_ones(world, interview, hours):
    InterviewSlot.objects.update(starts_at=timezone.now() + dt.timedelta(hours=hours))
    assert remind_of_interviews(by=world.system) == 0
