"""answer_status_question: a person answers by the link of a short message, without an account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from tests.workers.test_workers_page import unchecked_for
from zhitong.kernel.errors import Faster, NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import answer_status_question, ask_status_by_sms, confirm_status, withdraw_worker
from zhitong.workers.answering import link_of, token_of
from zhitong.workers.models import StatusQuestion, Worker

TODAY = timezone.localdate()


@pytest.fixture
def question(world, worker):
    unchecked_for(worker, 45)
    ask_status_by_sms(by=world.village_officer, place=world.village)
    return StatusQuestion.objects.select_related("worker").get()


@pytest.fixture
def answer(world, question):
    def call(**given):
        return answer_status_question(**{"by": world.system, "question": question, "answer": "same", **given})

    return call


@pytest.fixture
def url(question):
    return f"/workers/answer/{token_of(question)}/"


def state_of(worker):
    worker.refresh_from_db()
    return worker.status, worker.work_region, worker.status_checked_on, worker.status_source


def test_it_works(world, answer, worker, question):
    answer(seen=worker.version)
    assert state_of(worker) == ("seeking", None, TODAY, "self")
    question.refresh_from_db()
    assert question.answer == "same" and question.answered_at is not None
    line = Record.objects.told_to(worker).first()
    assert (line.verb, line.given["answer"]) == ("answer_status_question", "same")
    assert {"field": "status_source", "from": "visit", "to": "self"}.items() <= line.moves[-1].items()


def test_a_change_is_written_down(world, answer, worker):
    answer(answer="changed", status="away", work_region=world.host_city)
    assert state_of(worker) == ("away", world.host_city, TODAY, "self")


def test_a_stranger_cannot(world, answer, himself):
    for account in (world.village_officer, himself):
        with pytest.raises(NotAllowed):
            answer(by=account)


def test_twice_the_same_changes_nothing(world, answer, worker, no):
    answer()
    worker.refresh_from_db()
    assert no(answer, answer="changed", status="home") == "question_answered"
    version = worker.version
    assert state_of(worker)[0] == "seeking" and worker.version == version


def test_not_after_its_days(answer, no):
    StatusQuestion.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert no(answer) == "question_over"


def test_not_about_what_was_changed_meanwhile(world, answer, worker):
    seen = Worker.objects.get(pk=worker.pk).version
    confirm_status(
        by=world.village_officer, worker=Worker.objects.get(pk=worker.pk), status="home", source="visit"
    )
    with pytest.raises(Faster):
        answer(seen=seen)


def test_bad_answers_and_people_who_left_are_refused(world, answer, worker, no):
    assert no(answer, answer="x") == "not_a_choice"
    assert no(answer, answer="changed", status="") == "not_a_choice"
    assert no(answer, answer="changed", status="away") == "work_region_missing"
    withdraw_worker(by=world.village_officer, worker=Worker.objects.get(pk=worker.pk))
    assert no(answer) == "not_on_register"


# --- the page


def test_the_page_shows_the_surname_and_nothing_else_of_the_person(worker, url, question):
    page = Client().get(url)
    told = page.content.decode()
    assert page.status_code == 200 and "陆先生/女士您好" in told
    assert worker.name not in told and str(worker.telephone)[-4:] not in told and "柳树" not in told
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "no-referrer"
    assert link_of(question).endswith(url) and link_of(question).startswith("http")


def test_opening_the_link_changes_nothing(worker, url, question):
    Client().get(url)
    Client().head(url)
    question.refresh_from_db()
    assert question.answered_at is None


def test_one_tap_says_that_nothing_changed(worker, url):
    client = Client()
    seen = client.get(url).context["form"]["seen"].value()
    answer = client.post(url, {"answer": "same", "seen": seen})
    assert answer.status_code == 200 and "已记下" in answer.content.decode()
    assert state_of(worker)[2:] == (TODAY, "self")
    again = client.post(url, {"answer": "same", "seen": seen})
    assert again.status_code == 410 and "已经答复过了" in again.content.decode()
    assert Record.objects.filter(verb="answer_status_question").count() == 1


def test_a_change_asks_for_status_and_city(world, worker, url):
    client = Client()
    empty = client.post(url, {"answer": "changed"})
    assert empty.status_code == 422 and "请选一项您现在的情况" in empty.content.decode()
    lost = client.post(url, {"answer": "changed", "status": "away"})
    assert lost.status_code == 422 and "哪个城市" in lost.content.decode()
    done = client.post(url, {"answer": "changed", "status": "away", "work_region": world.host_city.name})
    assert done.status_code == 200 and state_of(worker)[:2] == ("away", world.host_city)


def test_what_was_updated_meanwhile_is_asked_again(world, worker, url):
    confirm_status(
        by=world.village_officer, worker=Worker.objects.get(pk=worker.pk), status="home", source="visit"
    )
    answer = Client().post(url, {"answer": "same", "seen": "1"})
    assert answer.status_code == 200 and "刚刚更新过" in answer.content.decode()
    assert "在家，暂不外出" in answer.content.decode()


def test_a_spent_or_forged_link_says_so(world, worker, url, question):
    for forged in ("1", "1.x", token_of(question)[:-1] + "_", signing.Signer(salt="x", sep=".").sign("1")):
        told = Client().get(f"/workers/answer/{forged}/")
        assert told.status_code == 410 and "不是我们发出的" in told.content.decode()
    StatusQuestion.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    for told in (Client().get(url), Client().post(url, {"answer": "same"})):
        assert told.status_code == 410 and "已过有效期" in told.content.decode()
