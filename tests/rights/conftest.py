"""Questions of the imaginary county, and the question how a verb said no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.rights.actions import (
    AnswerFacts,
    QuestionFacts,
    answer_enquiry,
    ask_question,
    draft_answer,
    open_topic,
    publish_answer,
    take_enquiry,
)
from zhitong.rights.models import Answer, Enquiry, Topic
from zhitong.site.world import World
from zhitong.workers.models import Worker

TEXT = "先向用人单位要，要不到就向当地劳动保障监察机构投诉。"


@pytest.fixture
def topic(world: World) -> Topic:
    """A topic."""
    return open_topic(by=world.city_officer, name="工资")


@pytest.fixture
def facts(topic: Topic) -> Callable[..., AnswerFacts]:
    """Give the facts of an answer; each may be another."""

    def made(**more: Any) -> AnswerFacts:
        return AnswerFacts(
            **{
                "question": "工资被拖欠怎么办",
                "text": TEXT,
                "topic": topic,
                "keywords": "工资欠款 讨薪",
                **more,
            }
        )

    return made


@pytest.fixture
def draft(world: World, facts: Callable[..., AnswerFacts]) -> Answer:
    """A draft of the county."""
    return draft_answer(by=world.county_officer, org=world.county, facts=facts())


@pytest.fixture
def answer(world: World, draft: Answer) -> Answer:
    """An answer of the county that everybody may read."""
    return publish_answer(by=world.county_officer, answer=draft)


@pytest.fixture
def worker(world: World) -> Worker:
    """Somebody of the village."""
    return world.worker(name="陆大江")


@pytest.fixture
def himself(world: World, worker: Worker) -> Account:
    """His own account."""
    return world.worker_account(worker)


@pytest.fixture
def asked(topic: Topic) -> QuestionFacts:
    """A question."""
    return QuestionFacts("老板拖欠工资，说下个月才发，可以吗？", topic)


@pytest.fixture
def enquiry(himself: Account, asked: QuestionFacts) -> Enquiry:
    """A question that waits for the county's reply."""
    return ask_question(by=himself, facts=asked)


@pytest.fixture
def taken(world: World, enquiry: Enquiry) -> Enquiry:
    """A question that the county's officer has taken."""
    return take_enquiry(by=world.county_officer, enquiry=enquiry)


@pytest.fixture
def answered(world: World, taken: Enquiry) -> Enquiry:
    """A question with its reply."""
    return answer_enquiry(by=world.county_officer, enquiry=taken, reply="不可以，工资至少每月发一次。")


@pytest.fixture
def no() -> Callable[..., str]:
    """Call a verb that should refuse; give its code, having seen that the sentence is one."""

    def code_of(verb: Callable[..., Any], **given: Any) -> str:
        with pytest.raises(Refusal) as caught:
            verb(**given)
        assert str(caught.value.sentence).endswith(("。", "？"))
        return caught.value.code

    return code_of
