"""What is handed in about questions, answers and hotlines, and how it is read strictly."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.errors import Refusal

from ..models import Topic

MOST_QUESTION = 120
LEAST_ASKED, MOST_ASKED = 4, 1000
MOST_TEXT = 3000
MOST_REPLY = 2000


@dataclass(frozen=True)
class AnswerFacts:
    """An answer as an office words it; ``text`` may hold the named facts of ``rights.holes`` between braces."""

    question: str
    text: str
    topic: Topic
    keywords: str = ""
    basis: str = ""
    valid_from: dt.date = field(default_factory=timezone.localdate)
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class QuestionFacts:
    """What somebody asks, in his own words."""

    text: str
    topic: Topic | None = None


@dataclass(frozen=True)
class HotlineFacts:
    """A public telephone and when it is answered."""

    number: str
    hours: str = ""


def read_text(text: str, *, field: str, most: int, least: int = 1) -> str:
    """Return text of several lines of a length; refuses hidden characters, and what is too short or too long."""
    try:
        text = values.paragraph(text)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field=field) from None
    if len(text) < least:
        raise Refusal("too_short", _("请写得清楚一些，至少 %(least)d 个字。") % {"least": least}, field=field)
    if len(text) > most:
        raise Refusal("too_long", _("最多 %(most)d 个字。") % {"most": most}, field=field)
    return text


def read_question(facts: QuestionFacts) -> dict[str, object]:
    """Return the columns of what somebody asks."""
    if facts.topic is not None and facts.topic.closed_on is not None:
        raise Refusal("topic_closed", _("这个类别已经停用，请另选一个。"), field="topic")
    return {
        "text": read_text(facts.text, field="text", least=LEAST_ASKED, most=MOST_ASKED),
        "topic": facts.topic,
    }


def read_telephone(text: str, *, mobile: bool = False) -> str:
    """Return a telephone, naming its field in a refusal."""
    try:
        return values.telephone(text, mobile)
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field="telephone") from None


def read_name(text: str) -> str:
    """Return how somebody wants to be called; he need not say it."""
    return values.checked_line(text, field="name", most=50) if text.strip() else ""
