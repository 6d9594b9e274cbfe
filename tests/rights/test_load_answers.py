"""load_answers: what is shipped is stored once."""

from __future__ import annotations

from zhitong.rights.actions import load_answers
from zhitong.rights.models import Answer, Topic
from zhitong.rights.shipped import shipped


def test_it_works(world):
    topics, facts = shipped()
    count = load_answers(by=world.system, org=world.city, topics=topics, facts=facts)
    assert count == len(facts) == Answer.objects.visible_to(None).count()
    assert not Answer.objects.exclude(checked_on=None).exists()
    assert set(topics) == set(Topic.objects.values_list("name", flat=True))


def test_about_forty_each_with_its_basis():
    topics, facts = shipped()
    assert 38 <= len(facts) <= 60
    for one in facts:
        assert "您" in one["text"] and "《" in one["basis"], one["question"]
        assert one["topic"] in topics
    assert len({one["question"] for one in facts}) == len(facts)


def test_what_people_type_finds_them(world):
    topics, facts = shipped()
    load_answers(by=world.system, org=world.city, topics=topics, facts=facts)
    rows = Answer.objects.all()
    for typed, word in (
        ("gzqk", "拖欠"), ("拖欠工资", "拖欠"), ("老板不给工资", "工资"), ("工伤", "工伤"), ("gongshang", "工伤"),
        ("gongsh", "工伤"), ("shbx", "社保"), ("试用期", "试用期"), ("jiabanf", "加班"), ("hetong", "合同"),
    ):  # fmt: skip
        found = rows.search(typed)
        assert found and any(word in one.question + one.keywords for one in found[:3]), typed


def test_not_where_there_are_answers(world, answer, no):
    given = {"by": world.system, "org": world.city, "topics": (), "facts": ()}
    assert no(load_answers, **given) == "answers_loaded_already"
