"""People are asked by a short message whether their status is still the same, and answer without an account."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_people, note_rows
from zhitong.kernel.actions import queue_job
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Job, Org, Region

from ..answering import refuse_spent
from ..models import Consent, Source, StatusQuestion, Worker, WorkerQuerySet
from .checking import people_of
from .entries import restate
from .facts import one_of, read_whereabouts
from .standing import on_register

ASK_STATUS = "ask_status"
LEVELS = ("village", "town")
Answer = StatusQuestion.Answer


@action(at="place", title=_("发短信核实就业状态"), about=Worker)
def ask_status_by_sms(*, by: Account, place: Org, days: int = 30) -> Job:
    """Ask those of a village or township whom nobody has checked for so many days, each by a short message.

    Asked is whoever has a telephone, has agreed to the register, and was not asked lately; those checked longest ago
    come first, up to the number of messages that a place may send in a day. A job sends them.
    """
    if place.level not in LEVELS:
        raise Refusal("place_too_wide", _("请选到乡镇或村（社区）再发短信。"), field="place")
    one_of("days", days, range(1, 3651))
    _one_after_another(place)
    now = timezone.now()
    left = settings.STATUS_QUESTIONS_A_DAY - _asked_today(place, now)
    if left <= 0:
        sentence = _("今天这里的核实短信已发满%(most)d条，请明天再发。")
        raise Refusal("enough_asked_today", sentence % {"most": settings.STATUS_QUESTIONS_A_DAY})
    workers = list(_to_be_asked(place, days, now).order_by("status_checked_on", "pk")[:left])
    if not workers:
        raise Refusal(
            "nobody_to_ask", _("没有可以发短信的人：要在册、有手机号、已同意登记，而且近期没有问过。")
        )
    questions = [
        StatusQuestion(worker=one, asked_by=by, asked_at=now, expires_at=now + settings.STATUS_QUESTION_HOLDS)
        for one in workers
    ]
    StatusQuestion.objects.bulk_create(questions, batch_size=500)
    note_rows(len(questions))
    note_people(people_of(one.pk for one in workers))
    return queue_job(by=by, org=place, kind=ASK_STATUS, given={"questions": [one.pk for one in questions]})


def _one_after_another(place: Org) -> None:
    """Hold the township until the verb ends, so that two who ask its people at once ask nobody twice."""
    Org.objects.select_for_update(no_key=True).get(pk=place.town_id)


def _asked_today(place: Org, now: dt.datetime) -> int:
    begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    here = {f"worker__{place.level}": getattr(place, f"{place.level}_id")}
    return int(StatusQuestion.objects.since(begins).filter(**here).count())


def _to_be_asked(place: Org, days: int, now: dt.datetime) -> WorkerQuerySet:
    here = {str(place.level): getattr(place, f"{place.level}_id")}
    agreed = Consent.objects.filter(
        worker=OuterRef("pk"), purpose=Consent.Purpose.REGISTER, withdrawn_at=None
    )
    lately = StatusQuestion.objects.since(now - settings.STATUS_QUESTION_AGAIN).filter(worker=OuterRef("pk"))
    rows = Worker.objects.unchecked_for(days).filter(Exists(agreed), ~Exists(lately), **here)
    found: WorkerQuerySet = rows.exclude(telephone=None)
    return found


@action(at=None, title=_("核实短信已发出"), about=StatusQuestion)
def note_questions_sent(*, by: Account, questions: tuple[StatusQuestion, ...]) -> int:
    """Write down that the messages of these questions went out, so that none goes out again."""
    keys = [one.pk for one in questions]
    count = StatusQuestion.objects.filter(pk__in=keys, sent_at=None).update(sent_at=timezone.now())
    note_rows(count)
    note_people(people_of(one.worker_id for one in questions))
    return count


@action(at="question", title=_("本人短信答复就业状态"), keeps=("answer", "status"), about=Worker)
def answer_status_question(
    *,
    by: Account,
    question: StatusQuestion,
    answer: str,
    status: str = "",
    work_region: Region | None = None,
    seen: int | None = None,
) -> StatusQuestion:
    """Write down what a person answered by the link of a short message, as his own word of today.

    Refuses an answered question, one whose days are over, a person who has left the register, and "still the same"
    about an entry that was changed after version ``seen``.
    """
    one_of("answer", answer, Answer.values)
    question = StatusQuestion.objects.select_for_update().get(pk=question.pk)
    refuse_spent(question)
    worker = on_register(question.worker)
    if answer == Answer.SAME and seen is not None and seen != worker.version:
        raise Faster
    facts = {} if answer == Answer.SAME else read_whereabouts(status, work_region)
    if "work_region" in facts:
        facts["work_region_id"] = getattr(facts.pop("work_region"), "pk", None)
    restate(by, worker, **facts, status_checked_on=timezone.localdate(), status_source=Source.SELF)
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    return question
