"""open_topic: a new kind of question."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import open_topic
from zhitong.rights.models import Topic


def test_it_works(world):
    assert open_topic(by=world.city_officer, name=" 社保 ").name == "社保"
    assert Topic.objects.standing().count() == 1


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        open_topic(by=world.county_officer, name="社保")


def test_not_twice(world, topic, no):
    assert no(open_topic, by=world.city_officer, name=topic.name) == "topic_exists"


def test_not_without_a_name(world, no):
    assert no(open_topic, by=world.city_officer, name=" ") == "too_short"


def test_the_page(world, client, topic):
    client.force_login(world.city_officer)
    sent = client.post("/rights/topics/new/open_topic/", {"name": "工伤", "order": "20"})
    assert sent.status_code == 302 and sent["Location"] == "/rights/topics/"
    page = client.get("/rights/topics/").content.decode()
    assert "工伤" in page and "停用问题类别" in page
