"""correct_employer: what was wrong is put right; another identity is checked anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhitong.employers.actions import bar_employer, correct_employer, refuse_employer
from zhitong.employers.models import Employer
from zhitong.kernel.errors import Faster
from zhitong.kernel.models import Record


@pytest.fixture
def facts(world):
    return world.employer_facts("样例家具有限公司", "91580102MA0000003")


def test_it_works(world, waiting, facts):
    correct_employer(
        by=world.station_staff, employer=waiting, facts=replace(facts, address="海州市样例路1号"), seen=1
    )
    waiting.refresh_from_db()
    assert (waiting.address, waiting.state, waiting.version) == ("海州市样例路1号", "waiting", 2)
    assert waiting.contact_telephone.open() == "15400000088", "a telephone that was not given stays"
    line = Record.objects.of(waiting).get(verb="correct_employer")
    assert {one["field"] for one in line.moves} == {"address"}


def test_another_name_makes_a_new_check_necessary(world, facts):
    employer = world.employer
    facts = world.employer_facts("样例船舶工程有限公司", "91580102MA0000001")
    correct_employer(by=world.employer_clerk, employer=employer, facts=facts)
    employer.refresh_from_db()
    assert (employer.state, employer.org.name, employer.checked_by) == (
        "waiting",
        "样例船舶工程有限公司",
        None,
    )


def test_another_address_makes_none(world):
    employer = world.employer
    facts = world.employer_facts("样例船舶重工有限公司", "91580102MA0000001", address="船厂路8号")
    assert correct_employer(by=world.employer_clerk, employer=employer, facts=facts).state == "approved"


def test_a_refused_one_is_handed_in_again(world, waiting, facts):
    refuse_employer(by=world.county_officer, employer=waiting, reason="执照模糊")
    correct_employer(by=world.station_staff, employer=waiting, facts=replace(facts, address="新地址1号"))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.refusal) == ("waiting", "")


def test_a_stranger_cannot(world, waiting, facts, no):
    assert no(correct_employer, by=world.stranger, employer=waiting, facts=facts).code == "not_allowed"
    assert (
        no(correct_employer, by=world.other_station_staff, employer=waiting, facts=facts).code
        == "not_allowed"
    )


def test_another_employer_does_not_even_see_it(world, waiting, facts, no):
    assert no(correct_employer, by=world.employer_clerk, employer=waiting, facts=facts).code == "out_of_reach"


def test_a_barred_one_is_not_corrected(world, no):
    employer = bar_employer(by=world.county_officer, employer=world.employer, reason="收取押金")
    facts = world.employer_facts("样例船舶重工有限公司", "91580102MA0000001")
    assert (
        no(correct_employer, by=world.county_officer, employer=employer, facts=facts).code
        == "employer_barred"
    )


def test_the_code_of_another_is_refused(world, waiting, no):
    facts = world.employer_facts("样例家具有限公司", "91580102MA0000001")
    name = world.employer.org.name
    refusal = no(correct_employer, by=world.station_staff, employer=waiting, facts=facts)
    assert refusal.code == "employer_registered_already" and name in str(refusal.sentence)


def test_the_slower_of_two_is_told(world, waiting, facts):
    slower = Employer.objects.get(pk=waiting.pk)
    correct_employer(
        by=world.station_staff, employer=waiting, facts=replace(facts, address="甲路1号"), seen=1
    )
    with pytest.raises(Faster):
        correct_employer(
            by=world.county_officer, employer=slower, facts=replace(facts, address="乙路2号"), seen=1
        )
    waiting.refresh_from_db()
    assert waiting.address == "甲路1号"
