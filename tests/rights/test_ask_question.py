"""ask_question: a person asks in his own name."""

from __future__ import annotations

import datetime as dt

import pytest

from zhitong.kernel.errors import AlreadyDone, NotAllowed
from zhitong.kernel.models import Account
from zhitong.rights.actions import QuestionFacts, ask_question
from zhitong.rights.models import Enquiry


def test_it_works(world, himself, worker, asked):
    made = ask_question(by=himself, facts=asked)
    assert (made.owner, made.county, made.worker, made.state) == (world.county, world.county, worker, "open")
    assert (made.town, made.village) == (None, None)
    assert made.through == "self" and made.due_at > made.asked_at


def test_the_station_answers_for_whoever_is_away(world, asked):
    placement = world.arrived()
    account = world.worker_account(placement.worker)
    made = ask_question(by=account, facts=asked)
    assert made.owner == world.station
    assert made in Enquiry.objects.visible_to(world.station_staff)
    assert made not in Enquiry.objects.visible_to(world.other_station_staff)
    assert made in Enquiry.objects.visible_to(world.county_officer)


def test_a_stranger_to_the_register_says_his_county(world, asked, no):
    account = Account.objects.create(username="15400000009", name="来客", kind="worker")
    assert no(ask_question, by=account, facts=asked) == "no_county"
    assert no(ask_question, by=account, facts=asked, county=world.town) == "no_county"
    made = ask_question(by=account, facts=asked, county=world.county)
    assert (made.worker, made.asker) == (None, "来客")
    assert made in Enquiry.objects.visible_to(account)


def test_an_officer_does_not_ask_for_himself(world, asked):
    with pytest.raises(NotAllowed):
        ask_question(by=world.village_officer, facts=asked)


def test_bad_words(himself, no):
    for text, code in (
        ("啊", "too_short"),
        ("字" * 1001, "too_long"),
        ("藏着\u202e字啊", "unseen_character"),
    ):
        assert no(ask_question, by=himself, facts=QuestionFacts(text)) == code


def test_not_too_many_at_once(himself, asked, no):
    for _time in range(5):
        ask_question(by=himself, facts=asked)
    assert no(ask_question, by=himself, facts=asked) == "too_many_waiting"


def test_sent_twice_is_asked_once(himself, asked):
    ask_question(by=himself, facts=asked, nonce="eins")
    with pytest.raises(AlreadyDone):
        ask_question(by=himself, facts=asked, nonce="eins")
    assert Enquiry.objects.count() == 1


def test_the_page(client, himself, topic):
    client.force_login(himself)
    assert "户籍所在县" in client.get("/rights/questions/new/ask_question/").content.decode()
    assert client.post("/rights/questions/new/ask_question/", {"text": "短"}).status_code == 422
    sent = client.post(
        "/rights/questions/new/ask_question/", {"text": "社保断了能不能补？", "topic": topic.pk}
    )
    assert sent.status_code == 302
    assert "社保断了能不能补？" in client.get(sent["Location"]).content.decode()
    assert "社保断了能不能补？" in client.get("/rights/questions/mine/").content.decode()
    assert Enquiry.objects.get().due_at - Enquiry.objects.get().asked_at < dt.timedelta(days=12)
