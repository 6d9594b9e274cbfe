"""What people type when they ask, and officers when they answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access, fields
from zhitong.kernel.models import Org
from zhitong.kernel.web import ActorForm, FilterForm

from .actions import AnswerFacts, HotlineFacts, QuestionFacts
from .actions.keeping import OFFICES as KEEPERS
from .holes import HOLES, own_record
from .models import Answer, Enquiry, Topic
from .offices import counties

ALL = [("", _("全部"))]


def topics(**options: Any) -> fields.RowChoiceField:
    """Return a choice among the topics that stand."""
    return fields.RowChoiceField(Topic, lambda rows: rows.standing(), label=_("问题类别"), **options)


class CountyField(fields.RowChoiceField):
    """A choice among the county bureaus; their names are public."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Org, label=_("户籍所在县（市、区）"), empty_label=_("请选择"), **options)

    def rows(self, actor: Any) -> QuerySet[Any]:
        return counties()

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.place_name)


class OfficeField(fields.RowChoiceField):
    """A choice among the offices at which the actor may do a verb."""

    def __init__(self, verb: str, kinds: tuple[Any, ...], **options: Any) -> None:
        self.verb, self.kinds = verb, kinds
        super().__init__(Org, empty_label=None, **options)

    def rows(self, actor: Any) -> QuerySet[Any]:
        rows = Org.objects.visible_to(actor).standing().filter(kind__in=self.kinds)
        return rows.filter(access.actionable(Org, actor, self.verb)).order_by("-kind", "name_key", "pk")


class SearchForm(FilterForm):
    """What is looked for on the public page."""

    q = forms.CharField(label=_("想问什么"), max_length=60)
    topic = topics()
    county = CountyField()


class AskForm(ActorForm):
    """A question in one's own words."""

    text = fields.TextField(
        label=_("您的问题"),
        max_length=1000,
        help_text=_("写清楚是什么事、在哪里、想怎么办。不要写身份证号和银行卡号。"),
    )
    topic = topics(required=False, empty_label=_("不清楚"))

    def given(self) -> dict[str, Any]:
        """Gather the question's facts."""
        found = self.values()
        return {"facts": QuestionFacts(found.pop("text"), found.pop("topic", None)), **found}

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


class OwnQuestionForm(AskForm):
    """A signed-in person's question; somebody who is not on the register says his county."""

    county = CountyField(required=False)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        if own_record(self.actor) is not None:
            del self.fields["county"]


class GuestForm(AskForm):
    """The question of somebody who did not sign in."""

    county = CountyField()
    telephone = fields.TelephoneField(
        label=_("手机号"), mobile=True, help_text=_("答复用短信发到这个手机，别人看不到。")
    )
    name = fields.LineField(label=_("怎么称呼您"), max_length=50, required=False)


class ForWorkerForm(AskForm):
    """A question that somebody of the register said to an officer."""

    through = forms.ChoiceField(
        label=_("他是怎么问的"),
        choices=[(Enquiry.Through.VISIT, _("当面")), (Enquiry.Through.TELEPHONE, _("电话"))],
        widget=forms.RadioSelect,
    )


class CallForm(AskForm):
    """A question on the office's telephone."""

    org = OfficeField(
        "note_call", (Org.Kind.CITY_BUREAU, Org.Kind.COUNTY_BUREAU, Org.Kind.STATION), label=_("接电话的单位")
    )
    telephone = fields.TelephoneField(label=_("来电号码"))
    name = fields.LineField(label=_("怎么称呼他"), max_length=50, required=False)


class ReplyForm(ActorForm):
    """The reply to an enquiry."""

    reply = fields.TextField(
        label=_("答复"), max_length=2000,
        help_text=_("用“您”称呼，先说能不能办，再说怎么办、找谁、带什么。短信最多发200字，全文本人登录后可看。"),
    )  # fmt: skip

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing, also where an earlier reply stands."""
        return {}


class MoreForm(ActorForm):
    """What somebody asks further."""

    more = fields.TextField(label=_("还想问什么"), max_length=1000)

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with nothing."""
        return {}


def holes_in_words() -> str:
    """Return the closed vocabulary of an answer as a sentence."""
    return _("、").join(f"{{{one.name}}} {one.title}" for one in HOLES.values())


class AnswerForm(ActorForm):
    """An answer as an office words it."""

    question = fields.LineField(label=_("问题"), max_length=120)
    topic = topics(empty_label=None)
    text = fields.TextField(label=_("答复"), max_length=3000)
    keywords = fields.LineField(
        label=_("关键词"), max_length=200, required=False, help_text=_("别人会怎么说这件事，用空格隔开。")
    )
    basis = fields.LineField(label=_("依据"), max_length=300, required=False)
    valid_from = fields.DayField(label=_("适用起"))
    valid_until = fields.DayField(label=_("适用止"), required=False)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.initial.setdefault("valid_from", timezone.localdate())
        told = _("可以写这些名称，本人登录后换成他自己的资料：%(holes)s。")
        self.fields["text"].help_text = told % {"holes": holes_in_words()}
        self.fields["text"].widget.attrs["rows"] = 10

    def given(self) -> dict[str, Any]:
        """Gather the answer's facts."""
        found = self.values()
        facts = AnswerFacts(**{name: found.pop(name) for name in AnswerForm.base_fields if name in found})
        return {"facts": facts, **found}


class DraftForm(AnswerForm):
    """An answer with the office that keeps it."""

    org = OfficeField("draft_answer", KEEPERS, label=_("由谁维护"))


class MakeForm(AnswerForm):
    """A reply on its way to everybody."""

    org = OfficeField("make_answer", KEEPERS, label=_("由谁维护"))

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with the question and the reply as they stand."""
        assert isinstance(row, Enquiry)
        return {"question": row.text[:120].replace("\n", " "), "text": row.reply, "topic": row.topic}


class TopicForm(ActorForm):
    """A new topic."""

    name = fields.LineField(label=_("名称"), max_length=20)
    order = forms.IntegerField(label=_("排列"), min_value=0, max_value=9999, initial=100)


class HotlineForm(ActorForm):
    """An office's public telephone."""

    number = fields.LineField(label=_("咨询电话"), max_length=20)
    hours = fields.LineField(label=_("接听时间"), max_length=60, required=False)

    def initial_from(self, row: Any) -> dict[str, Any]:
        """Begin with what the office said before."""
        line = getattr(row, "hotline", None)
        return {} if line is None else {"number": line.number, "hours": line.hours}

    def given(self) -> dict[str, Any]:
        """Gather the hotline's facts."""
        return {"facts": HotlineFacts(**self.values())}


class EnquiryFilter(FilterForm):
    """What narrows the desk."""

    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("等答复的")), ("any", _("全部")), *Enquiry.State.choices]
    )
    topic = topics()
    mine = forms.BooleanField(label=_("我接办的"))
    late = forms.BooleanField(label=_("超期的"))

    def narrow_state(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep one state."""
        return rows if value == "any" else rows.filter(state=value)

    def narrow_mine(self, rows: QuerySet[Any], value: bool) -> QuerySet[Any]:
        """Keep those that the reader has taken."""
        return rows.filter(taken_by=self.actor) if value else rows

    def narrow_late(self, rows: Any, value: bool) -> QuerySet[Any]:
        """Keep those whose reply is late."""
        found: QuerySet[Any] = rows.overdue() if value else rows
        return found


class AnswerFilter(FilterForm):
    """What narrows the list of answers."""

    state = forms.ChoiceField(label=_("状态"), choices=[*ALL, *Answer.State.choices])
    topic = topics()
    unchecked = forms.BooleanField(label=_("本地还没核对的"))

    def narrow_unchecked(self, rows: QuerySet[Any], value: bool) -> QuerySet[Any]:
        """Keep those that nobody here has compared with what holds."""
        return rows.filter(checked_on=None) if value else rows


class AskedFilter(FilterForm):
    """Up to which day, and for how many days, questions are summed."""

    day = fields.DayField(label=_("截至"), past=True)
    days = forms.TypedChoiceField(
        label=_("统计"), coerce=int, choices=[("1", _("当天")), ("7", _("7天")), ("30", _("30天"))]
    )

    def span(self) -> tuple[dt.date, dt.date]:
        """Return the first and the last day; only after ``is_valid()``."""
        last = self.cleaned_data.get("day") or timezone.localdate()
        return last - dt.timedelta(days=(self.cleaned_data.get("days") or 1) - 1), last
