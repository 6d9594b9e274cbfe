"""correct_answer: an answer worded anew, with the wording before kept."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import Faster, NotAllowed
from zhitong.rights.actions import correct_answer
from zhitong.rights.models import Answer


def test_it_works(world, answer, facts):
    told = facts(question="老板欠薪怎么办", text="打 12333。")
    correct_answer(by=world.county_officer, answer=answer, facts=told)
    answer.refresh_from_db()
    assert (answer.question, answer.version, answer.checked_on) == ("老板欠薪怎么办", 2, None)
    before = answer.versions.get()
    assert (before.number, before.question, before.replaced_by) == (
        1,
        "工资被拖欠怎么办",
        world.county_officer,
    )
    assert Answer.objects.all().search("lbqx") == [answer]


def test_nothing_new_makes_no_version(world, answer, facts):
    correct_answer(by=world.county_officer, answer=answer, facts=facts())
    assert answer.versions.count() == 0


def test_a_stranger_cannot(world, answer, facts):
    with pytest.raises(NotAllowed):
        correct_answer(by=world.other_county_officer, answer=answer, facts=facts(text="别的话。"))


def test_the_second_of_two_hears_it(world, answer, facts):
    seen = answer.version
    stale = Answer.objects.get(pk=answer.pk)
    correct_answer(by=world.county_officer, answer=answer, facts=facts(text="第一种写法。"), seen=seen)
    with pytest.raises(Faster):
        correct_answer(by=world.city_officer, answer=stale, facts=facts(text="第二种写法。"), seen=seen)


def test_facts_are_checked_again(world, answer, facts, no):
    given = {"by": world.county_officer, "answer": answer, "facts": facts(text="{id_number}")}
    assert no(correct_answer, **given) == "unknown_fact"


def test_the_page(world, client, answer):
    client.force_login(world.county_officer)
    address = f"/rights/answers/{answer.pk}/correct_answer/"
    assert answer.text in client.get(address).content.decode()
    given = {
        "question": answer.question,
        "topic": answer.topic_id,
        "text": "新的写法。",
        "valid_from": "2026-01-01",
    }
    assert client.post(address, given | {"seen": "1"}).status_code == 302
    shown = client.get(f"/rights/answers/{answer.pk}/").content.decode()
    assert "新的写法。" in shown and "以前的写法" in shown
