"""draft_answer: an office words an answer."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed
from zhitong.rights.actions import close_topic, draft_answer


def test_it_works(world, facts):
    made = draft_answer(
        by=world.county_officer, org=world.county, facts=facts(text="{certificates}到期前去复审。")
    )
    assert (made.state, made.keeper, made.county, made.city) == (
        "draft",
        world.county,
        world.county,
        world.city,
    )
    assert made.search_head == "工资被拖欠怎么办 工资拖欠 工资欠款 讨薪"
    assert " gzqk" in made.search_sound and "gongziqiankuan" in made.search_sound


def test_the_citys_holds_for_everybody(world, facts):
    assert draft_answer(by=world.city_officer, org=world.city, facts=facts()).county is None


def test_a_stranger_cannot(world, facts):
    with pytest.raises(NotAllowed):
        draft_answer(by=world.other_county_officer, org=world.county, facts=facts())


def test_only_bureaus_keep_answers(world, facts, no):
    assert no(draft_answer, by=world.county_officer, org=world.town, facts=facts()) == "not_an_office"


@pytest.mark.parametrize(
    "text", ["{telephone}", "{% include 'x' %}", "{{ worker.id_number }}", "{", "}", "{certificates}}", "{}"]
)
def test_nothing_but_the_named_facts_stands_in_braces(world, facts, no, text):
    given = {"by": world.county_officer, "org": world.county, "facts": facts(text=f"见这里：{text}")}
    assert no(draft_answer, **given) == "unknown_fact"


def test_bad_values_are_refused(world, facts, topic, no):
    given = {"by": world.county_officer, "org": world.county}
    day = facts().valid_from
    assert no(draft_answer, **given, facts=facts(valid_until=day.replace(year=2020))) == "ends_before"
    assert no(draft_answer, **given, facts=facts(question="啊")) == "too_short"
    assert no(draft_answer, **given, facts=facts(question="=cmd()啊啊")) == "formula"
    assert no(draft_answer, **given, facts=facts(text="字" * 3001)) == "too_long"
    assert no(draft_answer, **given, facts=facts(text="藏\u202e着")) == "unseen_character"
    close_topic(by=world.city_officer, topic=topic)
    topic.refresh_from_db()
    assert no(draft_answer, **given, facts=facts()) == "topic_closed"


def test_the_page(world, client, topic):
    client.force_login(world.county_officer)
    page = client.get("/rights/answers/new/draft_answer/").content.decode()
    assert "{certificates}" in page and world.city.name not in page.split("<form")[-1]
    given = {
        "org": world.county.pk, "topic": topic.pk, "question": "工资条要给我吗", "text": "要给，<b>每月</b>都给。",
        "valid_from": "2026-01-01",
    }  # fmt: skip
    assert client.post("/rights/answers/new/draft_answer/", {**given, "text": "{x}"}).status_code == 422
    sent = client.post("/rights/answers/new/draft_answer/", given)
    assert sent.status_code == 302
    shown = client.get(sent["Location"]).content.decode()
    assert "&lt;b&gt;每月" in shown and "发布常见问题" in shown
