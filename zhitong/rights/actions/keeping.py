"""Answers are drafted, published, corrected with every earlier wording kept, confirmed and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import values
from zhitong.kernel.access import may
from zhitong.kernel.action import action, note_rows
from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Account, Org, in_place
from zhitong.kernel.state import change, move, unless_taken

from ..holes import check_holes
from ..models import Answer, AnswerVersion, Enquiry, Topic
from ..searching import body_of, head_of, sound_of
from .facts import MOST_QUESTION, MOST_TEXT, AnswerFacts, read_text

OFFICES = (Org.Kind.CITY_BUREAU, Org.Kind.COUNTY_BUREAU)


@action(at="org", title=_("起草常见问题"), about=Answer)
def draft_answer(*, by: Account, org: Org, facts: AnswerFacts) -> Answer:
    """Draft an answer that the office keeps: the city's for everybody, a county's for its own people."""
    return Answer.objects.create(**_columns(org, facts))


@action(at="answer", title=_("更正常见问题"))
def correct_answer(*, by: Account, answer: Answer, facts: AnswerFacts, seen: int | None = None) -> Answer:
    """Word an answer anew; the wording before stays readable as a version, and it has to be confirmed again."""
    told = _wording(facts)
    kept = {name: getattr(answer, name) for name in Answer.WORDING}
    number = answer.version
    if all(kept[name] == value for name, value in told.items()):
        return answer
    change(answer, seen, **told, checked_on=None, checked_by=None)
    AnswerVersion.objects.create(answer=answer, number=number, replaced_by=by, **kept)
    searched = _searched(answer.question, answer.keywords, answer.text)
    Answer.objects.filter(pk=answer.pk).update(**searched, touched_at=timezone.now())
    return answer


@action(at="answer", title=_("发布常见问题"))
def publish_answer(*, by: Account, answer: Answer, seen: int | None = None) -> Answer:
    """Show an answer to everybody; whoever publishes it has checked it.

    It is the wording of version ``seen`` that was checked (default: as it was read); ``Faster`` when it was worded
    anew meanwhile.
    """
    _hold(answer, seen)
    if answer.topic.closed_on is not None:
        raise Refusal("topic_closed", _("它的类别已经停用，请先更正类别。"))
    if answer.valid_until is not None and answer.valid_until < timezone.localdate():
        raise Refusal("over", _("它的适用日期已过，请先更正适用止。"))
    return move(answer, Answer.State.PUBLISHED, **_checked(by))


@action(at="answer", title=_("核对常见问题"))
def confirm_answer(*, by: Account, answer: Answer, seen: int | None = None) -> Answer:
    """Say that a shown answer was compared with what holds here; the reminder to ask the office goes.

    As with ``publish_answer``, it is the wording of version ``seen`` that was compared.
    """
    _hold(answer, seen)
    if answer.state != Answer.State.PUBLISHED:
        raise Refusal("not_published", _("发布时就算核对过了；这条还没有发布。"))
    Answer.objects.filter(pk=answer.pk).update(**_checked(by))
    answer.refresh_from_db()
    return answer


@action(at="answer", title=_("撤下常见问题"))
def withdraw_answer(*, by: Account, answer: Answer) -> Answer:
    """Show an answer no longer; it can be published again."""
    return move(answer, Answer.State.WITHDRAWN)


@action(at="org", title=_("做成常见问题"), about=Answer)
def make_answer(*, by: Account, org: Org, enquiry: Enquiry, facts: AnswerFacts) -> Answer:
    """Make a good reply an answer that everybody may read at once; what is personal in it was taken out by hand."""
    if not enquiry.reply:
        raise Refusal("no_reply", _("这个问题还没有答复。"))
    if not may(by, "answer_enquiry", enquiry):
        raise Refusal("not_your_enquiry", _("这个问题不由您答复。"))
    with unless_taken(Refusal("made_already", _("这条答复已经做成了常见问题。"))):
        return Answer.objects.create(
            **_columns(org, facts), state=Answer.State.PUBLISHED, made_from=enquiry, **_checked(by)
        )


@action(at="org", title=_("载入常见问题"))
def load_answers(*, by: Account, org: Org, topics: Sequence[str], facts: Sequence[dict[str, Any]]) -> int:
    """Store the answers that are shipped, published but not yet confirmed here; return their number.

    ``facts`` are those of ``AnswerFacts`` with the topic by name. Refuses where there are answers already.
    """
    if Answer.objects.exists() or Topic.objects.exists():
        raise Refusal("answers_loaded_already", _("已经有常见问题，不再载入。"))
    known = {name: Topic.objects.create(name=name, order=10 * at) for at, name in enumerate(topics, start=1)}
    rows = [_columns(org, AnswerFacts(**{**one, "topic": known[one["topic"]]})) for one in facts]
    Answer.objects.bulk_create([Answer(**row, state=Answer.State.PUBLISHED) for row in rows])
    note_rows(len(rows))
    return len(rows)


def _hold(answer: Answer, seen: int | None) -> None:
    """Lock the row until the transaction ends; raises ``Faster`` where it is not what the actor saw."""
    as_seen = (answer.state, answer.version if seen is None else seen)
    if Answer.objects.select_for_update().values_list("state", "version").get(pk=answer.pk) != as_seen:
        raise Faster


def _columns(org: Org, facts: AnswerFacts) -> dict[str, Any]:
    if org.kind not in OFFICES:
        raise Refusal("not_an_office", _("常见问题由市或县（市、区）人社局维护。"), field="org")
    told = _wording(facts)
    searched = _searched(told["question"], told["keywords"], told["text"])
    return {"keeper": org, **in_place(org), **told, **searched}


def _wording(facts: AnswerFacts) -> dict[str, Any]:
    if facts.topic.closed_on is not None:
        raise Refusal("topic_closed", _("这个类别已经停用，请另选一个。"), field="topic")
    if facts.valid_until is not None and facts.valid_until < facts.valid_from:
        raise Refusal("ends_before", _("适用止不能早于适用起。"), field="valid_until")
    text = read_text(facts.text, field="text", most=MOST_TEXT)
    check_holes(text)
    return {
        "question": values.checked_line(facts.question, field="question", most=MOST_QUESTION, least=4),
        "text": text,
        "topic": facts.topic,
        "keywords": _line(facts.keywords, "keywords", 200),
        "basis": _line(facts.basis, "basis", 300),
        "valid_from": facts.valid_from,
        "valid_until": facts.valid_until,
    }


def _line(text: str, field: str, most: int) -> str:
    return values.checked_line(text, field=field, most=most) if text.strip() else ""


def _searched(question: str, keywords: str, text: str) -> dict[str, str]:
    return {
        "search_head": head_of(question, keywords),
        "search_sound": sound_of(question, keywords),
        "search_body": body_of(text),
    }


def _checked(by: Account) -> dict[str, Any]:
    return {"checked_on": timezone.localdate(), "checked_by": by}
