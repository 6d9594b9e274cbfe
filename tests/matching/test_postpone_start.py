"""postpone_start: after a no for the date the worker says from which day he can leave home."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.matching.actions import postpone_start
from zhitong.workers.models import Intention

BY_VISIT = {"through": "visit"}
LATER = timezone.localdate() + dt.timedelta(days=40)


@pytest.fixture
def row(followed):
    return followed("date", "date")


def test_it_works(world, row):
    taken = postpone_start(by=world.village_officer, consequence=row, earliest_on=LATER, **BY_VISIT)
    wish = Intention.objects.get(worker=row.worker)
    assert (taken.state, wish.earliest_on, wish.wage_floor_fen) == ("taken", LATER, 520_000)


def test_a_stranger_cannot(world, row):
    with pytest.raises(OutOfReach):
        postpone_start(by=world.stranger, consequence=row, earliest_on=LATER, **BY_VISIT)


def test_a_day_to_come_within_a_year(world, row, no):
    given = {"by": world.village_officer, "consequence": row, **BY_VISIT}
    assert no(postpone_start, earliest_on=timezone.localdate(), **given) == "not_later"
    assert no(postpone_start, earliest_on=LATER + dt.timedelta(days=400), **given) == "start_too_late"


def test_only_for_its_own_suggestion(world, followed, no):
    given = {"by": world.village_officer, "earliest_on": LATER, **BY_VISIT}
    assert no(postpone_start, consequence=followed("wage", "wage"), **given) == "another_suggestion"
