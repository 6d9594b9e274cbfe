"""count_opening: answers that were opened are counted without who."""

from __future__ import annotations

from zhitong.rights.actions import count_opening
from zhitong.rights.models import Answer, Asked


def test_it_works(world, answer):
    for _time in range(3):
        count_opening(by=world.system, place=world.county, answer=answer)
    one = Asked.objects.get()
    assert (one.answer, one.term, one.times) == (answer, "", 3)
    assert Asked.objects.openings().get()["answer__question"] == answer.question


def test_the_most_opened_stand_first(world, answer, facts):
    from zhitong.rights.actions import draft_answer, publish_answer

    other = draft_answer(by=world.county_officer, org=world.county, facts=facts(question="另外一个问题"))
    publish_answer(by=world.county_officer, answer=other)
    count_opening(by=world.system, place=world.county, answer=other)
    day = Asked.objects.get().asked_on
    assert list(Answer.objects.in_force().most_opened(day)) == [other, answer]
