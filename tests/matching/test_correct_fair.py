"""correct_fair: another day or place."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.matching.actions import cancel_fair, correct_fair


def test_it_works(world, fair, fair_facts):
    corrected = correct_fair(by=world.county_officer, fair=fair, facts=fair_facts(venue="县会展中心"))
    assert (corrected.venue, corrected.version) == ("县会展中心", 2)


def test_a_stranger_cannot(world, fair, fair_facts):
    with pytest.raises(NotAllowed):
        correct_fair(by=world.other_county_officer, fair=fair, facts=fair_facts())


def test_not_one_that_was_called_off_and_not_twice_at_once(world, fair, fair_facts, no):
    given = {"by": world.county_officer, "fair": fair}
    correct_fair(facts=fair_facts(venue="一号厅"), seen=1, **given)
    assert no(correct_fair, facts=fair_facts(venue="二号厅"), seen=1, **given) == "someone_was_faster"
    assert no(correct_fair, facts=fair_facts(venue=""), **given) == "venue_missing"
    cancel_fair(**given)
    assert no(correct_fair, facts=fair_facts(), **given) == "fair_cancelled"


def test_the_days_stay_once_somebody_came_or_they_are_over(world, fair, visit, fair_facts, no):
    given = {"by": world.county_officer, "fair": fair}
    later = {
        "begins_on": fair.begins_on + dt.timedelta(days=1),
        "ends_on": fair.ends_on + dt.timedelta(days=1),
    }
    assert no(correct_fair, facts=fair_facts(**later), **given) == "fair_has_begun"
    assert correct_fair(facts=fair_facts(venue="二号厅"), **given).venue == "二号厅"
    visit.delete()
    assert correct_fair(facts=fair_facts(**later), **given).begins_on == later["begins_on"]
