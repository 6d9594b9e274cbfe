"""close_topic: a topic is offered no longer."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import close_topic, withdraw_answer


def test_it_works(world, topic):
    assert close_topic(by=world.city_officer, topic=topic).closed_on is not None


def test_a_stranger_cannot(world, topic):
    with pytest.raises(NotAllowed):
        close_topic(by=world.county_officer, topic=topic)


def test_not_while_its_answers_are_shown(world, topic, answer, no):
    assert no(close_topic, by=world.city_officer, topic=topic) == "topic_in_use"
    withdraw_answer(by=world.county_officer, answer=answer)
    close_topic(by=world.city_officer, topic=topic)


def test_not_twice(world, topic, no):
    close_topic(by=world.city_officer, topic=topic)
    assert no(close_topic, by=world.city_officer, topic=topic) == "topic_closed"
