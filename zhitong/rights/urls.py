"""Addresses of questions, answers and enquiries."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.models import Org
from zhitong.kernel.web import create_path, menu, verb_path
from zhitong.workers.models import Worker

from . import actions, forms, views
from .models import Answer, Enquiry, Topic

OF_ENQUIRY: dict[str, Any] = {"model": Enquiry, "prefix": "enquiries/", "context": views.about_enquiry}
OF_ANSWER: dict[str, Any] = {"model": Answer, "prefix": "answers/"}
REVEAL = _("查看会留下记录，本人可以看到是谁在什么时候看的。")

urlpatterns = [
    path("questions/", views.questions, name="questions"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/ask/", views.guest_question, name="guest_question"),
    path("questions/mine/", views.my_questions, name="my_questions"),
    create_path(
        actions.ask_question, prefix="questions/", form=forms.OwnQuestionForm, template="rights/ask.html",
        done=views.to_enquiry,
    ),
    path("enquiries/", views.EnquiryList.page(), name="enquiries"),
    path("enquiries/<int:pk>/", views.EnquiryDetail.page(), name="enquiry"),
    create_path(actions.note_call, prefix="enquiries/", form=forms.CallForm, done=views.to_enquiry),
    verb_path(
        actions.ask_for_worker, model=Worker, prefix="workers/", form=forms.ForWorkerForm, done=views.to_enquiry
    ),
    verb_path(actions.take_enquiry, ask=_("接办以后，请在期限内答复。"), **OF_ENQUIRY),
    verb_path(actions.answer_enquiry, form=forms.ReplyForm, template="rights/reply.html", **OF_ENQUIRY),
    verb_path(actions.hand_back_enquiry, ask=_("退回以后别人可以接办，期限不变。"), **OF_ENQUIRY),
    verb_path(actions.reveal_asker_telephone, ask=REVEAL, **OF_ENQUIRY),
    verb_path(actions.reopen_enquiry, form=forms.MoreForm, template="rights/reply.html", **OF_ENQUIRY),
    verb_path(actions.close_enquiry, ask=_("问题解决了，不用再答复？"), **OF_ENQUIRY),
    verb_path(
        actions.make_answer, row="enquiry", form=forms.MakeForm, template="rights/make.html", **OF_ENQUIRY
    ),
    path("answers/", views.AnswerList.page(), name="answers"),
    path("answers/<int:pk>/", views.AnswerDetail.page(), name="answer"),
    create_path(actions.draft_answer, prefix="answers/", form=forms.DraftForm),
    verb_path(actions.correct_answer, form=forms.AnswerForm, **OF_ANSWER),
    verb_path(actions.publish_answer, ask=_("发布以后人人都能看到。内容按本地规定核对过了？"), **OF_ANSWER),
    verb_path(actions.confirm_answer, ask=_("内容按本地规定核对过了？"), **OF_ANSWER),
    verb_path(actions.withdraw_answer, ask=_("撤下以后查不到这一条。"), danger=True, **OF_ANSWER),
    path("topics/", views.TopicList.page(), name="topics"),
    create_path(actions.open_topic, prefix="topics/", form=forms.TopicForm, done=views.to_topics),
    verb_path(
        actions.close_topic, model=Topic, row="topic", prefix="topics/", danger=True, done=views.to_topics,
        ask=_("停用以后不能再选这个类别。"),
    ),
    verb_path(
        actions.set_hotline, model=Org, prefix="hotlines/", form=forms.HotlineForm,
        done=lambda _line, _request: "/rights/enquiries/",
    ),
    path("asked/", views.asked, name="asked"),
]  # fmt: skip

SECTION = _("咨询")
menu(
    pgettext_lazy("list", "咨询工单"),
    "enquiries",
    icon="message-circle",
    reads="rights.Enquiry",
    section=SECTION,
    order=60,
)
menu(
    pgettext_lazy("list", "常见问题"),
    "answers",
    icon="help-circle",
    verb="draft_answer",
    section=SECTION,
    order=61,
)
menu(_("每天问得最多"), "asked", icon="chart-bar", reads="rights.Asked", section=SECTION, order=62)
menu(pgettext_lazy("list", "问题类别"), "topics", icon="tag", verb="open_topic", section=SECTION, order=63)
menu(_("查问题"), "questions", icon="search", section=SECTION, order=64)
menu(_("问一问"), "questions", icon="help-circle", audience="worker", order=35)
