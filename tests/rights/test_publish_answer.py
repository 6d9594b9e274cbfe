"""publish_answer: an answer is shown to everybody."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import Faster, NotAllowed, OutOfReach
from zhitong.rights.actions import close_topic, correct_answer, publish_answer
from zhitong.rights.models import Answer


def test_it_works(world, draft):
    assert draft not in Answer.objects.visible_to(None)
    publish_answer(by=world.county_officer, answer=draft)
    assert draft in Answer.objects.visible_to(None)
    assert draft.checked_by == world.county_officer


def test_a_stranger_does_not_even_see_the_draft(world, draft):
    with pytest.raises(OutOfReach):
        publish_answer(by=world.other_county_officer, answer=draft)


def test_a_village_officer_may_not(world, answer):
    with pytest.raises(NotAllowed):
        publish_answer(by=world.village_officer, answer=answer)


def test_not_twice(world, answer, no):
    assert no(publish_answer, by=world.county_officer, answer=answer) == "wrong_state"


def test_not_what_is_over(world, draft, no):
    draft.valid_until = draft.valid_from.replace(year=2020)
    assert no(publish_answer, by=world.county_officer, answer=draft) == "over"


def test_not_in_a_closed_topic(world, draft, no):
    close_topic(by=world.city_officer, topic=draft.topic)
    draft.topic.refresh_from_db()
    assert no(publish_answer, by=world.county_officer, answer=draft) == "topic_closed"


def test_not_a_wording_that_was_corrected_unseen(world, draft, facts):
    stale = Answer.objects.get(pk=draft.pk)
    correct_answer(by=world.county_officer, answer=draft, facts=facts(text="新的写法。"))
    with pytest.raises(Faster):
        publish_answer(by=world.county_officer, answer=stale)
    assert Answer.objects.get(pk=draft.pk).state == "draft"
