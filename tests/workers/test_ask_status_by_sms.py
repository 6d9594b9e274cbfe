"""ask_status_by_sms: those whom nobody has checked are asked by a short message, each once in a while."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.workers.test_workers_page import browser, unchecked_for
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Job, Record
from zhitong.workers import tasks
from zhitong.workers.actions import ask_status_by_sms, withdraw_consent, withdraw_worker
from zhitong.workers.models import Consent, StatusQuestion, Worker


@pytest.fixture
def texts(monkeypatch, sent):
    """The messages that the job hands to the service."""
    monkeypatch.setattr(
        tasks, "sender", lambda: type("S", (), {"send": lambda _self, *one: sent.append(one)})()
    )
    return sent


@pytest.fixture
def people(world):
    found = [world.worker(name=name) for name in ("欧阳一", "陈二", "白三")]
    for one in found[:2]:
        unchecked_for(one, 45)
    return found


@pytest.fixture
def ask(world, people, texts, django_capture_on_commit_callbacks):
    def call(**given):
        with django_capture_on_commit_callbacks(execute=True):
            return ask_status_by_sms(**{"by": world.village_officer, "place": world.village, **given})

    return call


def test_it_works(world, ask, people, texts):
    job = ask()
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.DONE, {"sent": 2, "not_sent": 0})
    asked = StatusQuestion.objects.order_by("pk")
    assert {one.worker for one in asked} == set(people[:2])
    assert {one.answer for one in asked} == {""} and all(one.sent_at for one in asked)
    assert {number for number, _text in texts} == {one.telephone.open() for one in people[:2]}
    first = next(text for number, text in texts if number == people[0].telephone.open())
    assert first.startswith("【直通】欧阳先生/女士您好") and "/workers/answer/" in first
    assert people[0].name not in first and people[0].id_number.open()[-4:] not in first
    line = Record.objects.get(verb="ask_status_by_sms")
    assert line.row_count == 2
    assert line in Record.objects.told_to(people[0]) and line not in Record.objects.told_to(people[2])


def test_a_stranger_cannot(world, ask, himself):
    for account in (world.stranger, world.auditor, himself):
        with pytest.raises((NotAllowed, OutOfReach)):
            ask(by=account)


def test_only_a_village_or_a_township_is_asked(world, ask, no):
    assert no(ask, by=world.county_officer, place=world.county) == "place_too_wide"
    assert no(ask, days=0) == "not_a_choice"
    town = world.village.town
    assert ask(by=world.township_officer, place=town) and StatusQuestion.objects.count() == 2


def test_nobody_is_asked_twice_within_the_days(world, ask, no, settings):
    ask()
    assert no(ask) == "nobody_to_ask"
    long_ago = timezone.now() - settings.STATUS_QUESTION_AGAIN - dt.timedelta(hours=1)
    StatusQuestion.objects.update(asked_at=long_ago)
    assert ask()


def test_whoever_has_no_telephone_or_has_left_is_not_asked(world, ask, people, texts, no):
    Worker.objects.filter(pk=people[0].pk).update(telephone=None, telephone_index=None)
    withdraw_worker(by=world.village_officer, worker=people[1])
    assert no(ask) == "nobody_to_ask" and texts == []


def test_whoever_agreed_no_more_is_not_asked(world, ask, people, no):
    for one in people[:2]:
        consent = one.consents.get(purpose=Consent.Purpose.REGISTER)
        withdraw_consent(by=world.village_officer, consent=consent)
        Worker.objects.filter(pk=one.pk).update(state="active")
    assert no(ask) == "nobody_to_ask"


def test_a_place_sends_so_many_in_a_day(world, ask, people, no, settings):
    settings.STATUS_QUESTIONS_A_DAY = 1
    unchecked_for(people[1], 90)
    ask()
    assert StatusQuestion.objects.get().worker == people[1]
    assert no(ask) == "enough_asked_today"


def test_what_was_not_sent_is_sent_when_the_work_goes_on(world, ask, people, monkeypatch, texts):
    def fails(*_one):
        raise OSError

    monkeypatch.setattr(tasks, "sender", lambda: type("S", (), {"send": fails})())
    job = ask()
    job.refresh_from_db()
    assert job.result == {"sent": 0, "not_sent": 2}
    monkeypatch.setattr(
        tasks, "sender", lambda: type("S", (), {"send": lambda _self, *one: texts.append(one)})()
    )
    assert tasks.send_questions(job, lambda *_given, **_named: None) == {"sent": 2, "not_sent": 0}
    assert tasks.send_questions(job, lambda *_given, **_named: None) == {"sent": 0, "not_sent": 0}


def test_whom_no_message_reached_may_be_asked_again(world, ask, people, monkeypatch, texts, no):
    def fails(*_one):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "sender", lambda: type("S", (), {"send": fails})())
        first = ask()
    assert no(ask) == "nobody_to_ask"
    StatusQuestion.objects.update(asked_at=timezone.now() - dt.timedelta(hours=3))
    ask()
    assert len(texts) == 2
    assert tasks.send_questions(first, lambda *_given, **_named: None) == {"sent": 0, "not_sent": 0}
    assert no(ask) == "nobody_to_ask"


def test_the_page_asks_first_and_leads_to_the_job(world, people, texts):
    url = f"/workers/places/{world.village.pk}/ask_status_by_sms/"
    client = browser(world.village_officer)
    assert "只有姓氏和一个答复链接" in client.get(url).content.decode()
    answer = client.post(url, {"days": "30", "nonce": "n"})
    assert answer["Location"] == f"/jobs/{Job.objects.last().pk}/" or "job" in answer["Location"]
    assert browser(world.auditor).get(url).status_code == 403
    assert url in client.get(f"/workers/villages/{world.village.pk}/confirm_statuses/").content.decode()
    town = world.village.town
    page = browser(world.township_officer).get("/workers/unchecked/").content.decode()
    assert f"/workers/places/{town.pk}/ask_status_by_sms/" in page
