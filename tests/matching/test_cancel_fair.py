"""cancel_fair: a fair to which nobody came is called off."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import cancel_fair
from zhitong.matching.models import JobFair


def test_it_works(world, fair):
    assert cancel_fair(by=world.county_officer, fair=fair).state == "cancelled"
    assert not JobFair.objects.to_come().exists()


def test_a_stranger_cannot(world, fair):
    with pytest.raises(NotAllowed):
        cancel_fair(by=world.employer_clerk, fair=fair)


def test_not_when_somebody_came(world, fair, visit, no):
    assert no(cancel_fair, by=world.county_officer, fair=fair) == "people_came"


def test_only_once(world, fair, no):
    cancel_fair(by=world.county_officer, fair=fair)
    assert no(cancel_fair, by=world.county_officer, fair=fair) == "fair_cancelled"
