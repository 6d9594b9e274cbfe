"""register_employer: a station, a department or a bureau brings an employer in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zhitong.employers.actions import register_employer
from zhitong.employers.models import Employer
from zhitong.kernel.errors import AlreadyDone
from zhitong.kernel.models import Org, Record


def given(world, **facts):
    facts = {
        "name": "样例 玩具有限公司",
        "first": "91580102MA0000009",
        "contact_telephone": "0580-8765432",
        **facts,
    }
    return {"by": world.station_staff, "org": world.station, "facts": world.employer_facts(**facts)}


def test_it_works(world):
    employer = register_employer(**given(world))
    employer.refresh_from_db()
    assert (employer.state, employer.org.name, employer.org.kind) == (
        "waiting",
        "样例 玩具有限公司",
        "employer",
    )
    assert (employer.org.parent, employer.county, employer.city) == (world.county, world.county, world.city)
    assert employer.collected_by == world.station and employer.town is None
    assert employer.contact_telephone.open() == "05808765432"
    verbs = set(Record.objects.of(employer).values_list("verb", flat=True))
    assert verbs == {"register_employer"}
    line = Record.objects.of(employer).get()
    assert line.given["facts"]["contact_telephone"] == "•" and line.county == world.county


def test_who_registered_it_sees_it_and_the_county_checks_it(world):
    employer = register_employer(**given(world))
    assert employer in Employer.objects.visible_to(world.station_staff)
    assert employer in Employer.objects.visible_to(world.county_officer)
    assert employer not in Employer.objects.visible_to(world.employer_clerk)


def test_a_stranger_cannot(world, no):
    assert no(register_employer, **{**given(world), "by": world.stranger}).code == "not_allowed"


def test_nobody_registers_in_the_name_of_another(world, no):
    assert no(register_employer, **{**given(world), "by": world.other_station_staff}).code == "not_allowed"


def test_the_same_code_is_refused_and_named(world, no):
    register_employer(**given(world))
    refusal = no(register_employer, **given(world, name="另一个名字有限公司"))
    assert refusal.code == "employer_registered_already" and refusal.field == "credit_code"
    assert "样例 玩具有限公司" in str(refusal.sentence) and "待核验" in str(refusal.sentence)
    assert Org.objects.filter(name="另一个名字有限公司").count() == 0


def test_two_at_once_make_one(world, no):
    """The database decides, so that the second is refused and leaves no organisation behind."""
    register_employer(**given(world))
    again = given(world)
    again["facts"] = replace(again["facts"], credit_code=again["facts"].credit_code.lower())
    assert no(register_employer, **again).code == "employer_registered_already"
    assert Org.objects.filter(kind="employer").count() == 1


def test_the_same_submission_changes_nothing(world):
    first = register_employer(**given(world), nonce="n1")
    with pytest.raises(AlreadyDone) as caught:
        register_employer(**given(world), nonce="n1")
    assert caught.value.result == f"employers.Employer:{first.pk}"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"credit_code": "91580102MA000000"}, "credit_code_shape", "credit_code"),
        ({"credit_code": "91580102MA0000009I"}, "credit_code_shape", "credit_code"),
        ({"credit_code": ""}, "credit_code_shape", "credit_code"),
        ({"name": ""}, "too_short", "name"),
        ({"name": "厂" * 121}, "too_long", "name"),
        ({"name": "=HYPERLINK(1)"}, "formula", "name"),
        ({"name": "样例\u202e有限公司"}, "unseen_character", "name"),
        ({"address": "路\x07"}, "unseen_character", "address"),
        ({"contact_telephone": "12"}, "telephone_shape", "contact_telephone"),
        ({"contact_telephone": "1.54E+10"}, "telephone_rounded", "contact_telephone"),
    ],
)
def test_bad_facts_are_refused(world, no, changes, code, field):
    call = given(world)
    refusal = no(register_employer, **{**call, "facts": replace(call["facts"], **changes)})
    assert (refusal.code, refusal.field) == (code, field)
    assert Employer.objects.count() == 0


def test_a_wrong_check_character_is_refused(world, no):
    call = given(world)
    code = call["facts"].credit_code
    wrong = code[:17] + ("0" if code[17] != "0" else "1")
    refusal = no(register_employer, **{**call, "facts": replace(call["facts"], credit_code=wrong)})
    assert refusal.code == "credit_code_check"


def test_employers_register_nobody(world, no):
    refusal = no(
        register_employer, **{**given(world), "by": world.city_officer, "org": world.other_employer_org}
    )
    assert refusal.code == "org_does_not_collect"
