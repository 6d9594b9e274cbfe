"""make_answer: a good reply becomes an answer for everybody in one step."""

from __future__ import annotations

import pytest

from zhitong.kernel.actions import give_role
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.rights.actions import make_answer


def test_it_works(world, answered, facts):
    made = make_answer(by=world.county_officer, org=world.county, enquiry=answered, facts=facts())
    assert (made.state, made.made_from, made.checked_by) == ("published", answered, world.county_officer)


def test_a_stranger_cannot(world, answered, facts):
    given = {"enquiry": answered, "facts": facts()}
    with pytest.raises(OutOfReach):
        make_answer(by=world.other_county_officer, org=world.other_county, **given)
    with pytest.raises(NotAllowed):
        make_answer(by=world.county_officer, org=world.city, **given)


def test_not_without_a_reply(world, taken, facts, no):
    given = {"by": world.county_officer, "org": world.county, "enquiry": taken, "facts": facts()}
    assert no(make_answer, **given) == "no_reply"


def test_not_twice(world, answered, facts, no):
    given = {"by": world.county_officer, "org": world.county, "enquiry": answered, "facts": facts()}
    make_answer(**given)
    assert no(make_answer, **given) == "made_already"


def test_the_page(world, client, answered):
    client.force_login(world.county_officer)
    address = f"/rights/enquiries/{answered.pk}/make_answer/"
    page = client.get(address).content.decode()
    assert answered.reply in page and "删去姓名" in page
    given = {
        "org": world.county.pk, "topic": answered.topic_id, "question": "工资可以拖到下个月吗",
        "text": answered.reply, "valid_from": "2026-01-01",
    }  # fmt: skip
    sent = client.post(address, given)
    assert sent.status_code == 302 and sent["Location"].startswith("/rights/answers/")
    assert address not in client.get(f"/rights/enquiries/{answered.pk}/").content.decode()


def test_not_of_a_question_that_one_only_reads(world, answered, facts, no):
    by = world.account("reader", "郑阅读", "auditor", world.county)
    give_role(by=world.system, account=by, role="county_officer", org=world.other_county)
    assert answered in type(answered).objects.visible_to(by)
    given = {"org": world.other_county, "enquiry": answered, "facts": facts()}
    assert no(make_answer, by=by, **given) == "not_your_enquiry"
