"""The desk on which enquiries wait, one enquiry, and a person's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Org
from zhitong.kernel.web import Column, Detail, Listing, Panel, facts, page_of, panel, signed_in
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..actions.hotlines import OFFICES
from ..forms import EnquiryFilter
from ..models import Answer, Enquiry

COLOURS = {
    "open": "orange",
    "reopened": "orange",
    "taken": "blue",
    "answered": "green",
    "closed": "secondary",
}


def _clock(row: Enquiry) -> str:
    if row.state not in Enquiry.WAITING:
        return str(_("已停"))
    return str(_("超期")) if row.is_late() else str(_("期限内"))


class EnquiryList(Listing):
    """The enquiries within reach that wait for a reply, the most urgent first."""

    model = Enquiry
    title = pgettext_lazy("list", "咨询工单")
    template = "rights/enquiries.html"
    columns = (
        Column(lambda row: row.text[:40], gettext_lazy("问题"), main=True),
        Column("topic.name", gettext_lazy("问题类别")),
        Column("asker", gettext_lazy("提问人"), css="keep"),
        Column("through", gettext_lazy("提问方式")),
        Column("owner.name", gettext_lazy("答复单位")),
        Column("state", gettext_lazy("状态"), badge=COLOURS),
        Column("taken_by.name", gettext_lazy("接办人"), css="keep"),
        Column(_clock, gettext_lazy("时限"), css="keep"),
        Column("due_at", gettext_lazy("答复期限"), sort="due_at"),
    )
    order = "due_at"
    filters = EnquiryFilter
    related = ("worker",)
    new = ("note_call",)
    empty = gettext_lazy("没有等答复的咨询。")

    def rows(self) -> QuerySet[Any]:
        """Return those that wait, unless a state is asked for."""
        rows: Any = super().rows()
        return rows if self.request.GET.get("state") else rows.waiting()

    def context(self) -> dict[str, Any]:
        """Add how many wait, of which topic, and whose telephone may be written down."""
        waiting = Enquiry.objects.visible_to(self.actor).waiting()
        by_topic = waiting.order_by().values("topic", "topic__name").annotate(count=Count("pk"))
        return {
            "mine": waiting.filter(taken_by=self.actor).count(),
            "late": waiting.overdue().count(),
            "by_topic": list(by_topic.order_by("-count", "topic")),
            "hotline_offices": self._offices(),
        }

    def _offices(self) -> list[Org]:
        held = [one.org for one in self.actor.held if one.org is not None and one.role.may("set_hotline")]
        return [org for org in held if org.kind in OFFICES]


class EnquiryDetail(Detail):
    """One enquiry: what was asked, by whom as far as the reader may know, the reply, the clock."""

    model = Enquiry
    template = "rights/enquiry.html"
    verbs = (
        actions.take_enquiry, actions.answer_enquiry, actions.make_answer, actions.hand_back_enquiry,
        actions.reveal_asker_telephone, actions.reopen_enquiry, actions.close_enquiry,
    )  # fmt: skip
    states = {
        "take_enquiry": Enquiry.UNTAKEN,
        "answer_enquiry": ("taken",),
        "hand_back_enquiry": ("taken",),
        "make_answer": ("answered", "closed"),
        "reopen_enquiry": ("answered",),
        "close_enquiry": ("open", "reopened", "answered"),
        "reveal_asker_telephone": ("open", "reopened", "taken", "answered"),
    }
    related = ("worker", "topic", "owner", "taken_by", "answered_by", "county", "city")

    def answer(self) -> HttpResponseBase:
        """Return the page; reading about somebody else leaves a line."""
        self.note_reading = not self.actor.is_worker  # type: ignore[misc]
        return super().answer()

    def subtitle(self) -> str:
        """Return the state, and whether the reply is late."""
        state = str(self.row.get_state_display())
        return f"{state} · {_clock(self.row)}" if self.row.state in Enquiry.WAITING else state

    def crumbs(self) -> list[tuple[Any, str]]:
        """Lead a person to his own questions, an officer to the desk."""
        if self.actor.is_worker:
            return [(_("我问过的"), reverse("my_questions"))]
        return [(_("咨询工单"), reverse("enquiries"))]

    def buttons(self) -> Iterable[Button]:
        """Leave out what is made already."""
        made = Answer.objects.visible_to(self.actor).filter(made_from=self.row).exists()
        return [one for one in super().buttons() if not (made and one.name == "make_answer")]

    def panels(self) -> Iterable[Panel]:
        """The question and its reply, the clock, who asks, answers that may fit, what was done."""
        row = self.row
        yield panel(_("问题和答复"), "rights/words.html", wide=True, enquiry=row)
        clock = ("owner", "due_at", *(("late_since",) if row.late_since else ()), "taken_by")
        yield facts(_("办理"), row, "state", "topic", *clock, "answered_by", "answered_at")
        if not self.actor.is_worker:
            asker = ((_("提问人"), row.asker), (_("联系电话"), _masked(row)))
            yield facts(_("提问"), row, *asker, "through", "asked_at", "county")
            yield self._alike()
        yield self.history()

    def _alike(self) -> Panel:
        rows = Answer.objects.visible_to(self.actor).in_force().said_in(self.row.county)
        return panel(_("可能用得上的常见问题"), "rights/alike.html", answers=rows.search(self.row.text, 5))

    def context(self) -> dict[str, Any]:
        """Add the way to the person's page for those who read it."""
        sees = any(one.role.sees("workers.Worker") for one in self.actor.held)
        own = self.actor.is_worker
        return {"worker_url": page_of(self.row.worker) if sees and not own else None}


def _masked(row: Enquiry) -> Any:
    return row.telephone or (row.worker.telephone if row.worker is not None else None)


@signed_in
def my_questions(request: HttpRequest) -> HttpResponseBase:
    """Show a person what he asked, or somebody asked for him, newest first."""
    actor = actor_of(request)
    if not actor.is_worker:
        raise NotAllowed("my_questions")
    rows = Enquiry.objects.visible_to(actor).asked_by_person(actor)
    rows = rows.select_related("topic", "owner").order_by("-asked_at", "-pk")[:50]
    context = {"title": _("我问过的"), "enquiries": rows, "crumbs": [(_("常见问题"), reverse("questions"))]}
    return render(request, "rights/my_questions.html", context)


def to_enquiry(result: Any, request: HttpRequest) -> str | None:
    """Go on to the enquiry's page."""
    return page_of(result)


def about_enquiry(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Show on a verb's page what was asked."""
    return {"subtitle": str(row), "enquiry": row}
