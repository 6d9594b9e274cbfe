"""reveal_contact: the telephone of an employer's contact, in clear, with a line that says who saw it."""

from __future__ import annotations

from zhitong.employers.actions import reveal_contact
from zhitong.kernel.models import Record


def test_it_works(world, waiting):
    waiting.refresh_from_db()
    assert "15400000088" not in str(waiting.contact_telephone)
    given = {"by": world.county_officer, "employer": waiting, "purpose": "核对营业执照"}
    assert reveal_contact(**given) == "15400000088"
    line = Record.objects.of(waiting).get(verb="reveal_contact")
    assert line.actor == world.county_officer and "15400000088" not in str(line.given)


def test_a_stranger_cannot(world, waiting, no):
    assert no(reveal_contact, by=world.stranger, employer=waiting, purpose="好奇").code == "not_allowed"


def test_a_purpose_is_needed(world, waiting, no):
    assert no(reveal_contact, by=world.county_officer, employer=waiting, purpose="").field == "purpose"


def test_there_may_be_none(world, no):
    refusal = no(reveal_contact, by=world.county_officer, employer=world.employer, purpose="联系单位")
    assert refusal.code == "no_contact"
