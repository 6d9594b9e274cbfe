"""A question from a short message, answered on a phone without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.kernel.errors import Faster, Refusal
from zhitong.kernel.models import Job
from zhitong.kernel.web import public
from zhitong.kernel.web.paths import page_of

from ..actions import answer_status_question
from ..answering import answerer, question_of
from ..forms.asking import AnswerForm
from ..names import surname_of


@public
def answer_status(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask whoever opened the link whether the status is the same; public, because the link itself is the proof."""
    system = answerer()
    try:
        worker = question_of(token).worker
        if request.method != "POST":
            return _asked(request, AnswerForm(system, worker))
        form = AnswerForm(system, worker, request.POST)
        return _answered(request, token, form) if form.is_valid() else _asked(request, form)
    except Faster:
        fresh = AnswerForm(system, question_of(token).worker)
        return _asked(request, fresh, _("您的登记刚刚更新过，请再看一下后答复。"))
    except Refusal as no:
        return _shown(request, {"sentence": no.sentence}, 410)


def _answered(request: HttpRequest, token: str, form: AnswerForm) -> HttpResponseBase:
    """Write the answer down; what is wrong about it is said beside it."""
    try:
        answer_status_question(by=form.actor, question=question_of(token), **form.given())
    except Refusal as no:
        if no.field not in form.fields:
            raise
        form.add_error(no.field, str(no.sentence))
        return _asked(request, form)
    return _shown(request, {"thanks": True})


def _asked(request: HttpRequest, form: AnswerForm, notice: str = "") -> HttpResponseBase:
    worker: Any = form.row
    told = {"surname": surname_of(worker.name), "status": worker.get_status_display(), "notice": notice}
    return _shown(request, {"form": form, **told}, 422 if form.errors else 200)


def _shown(request: HttpRequest, told: dict[str, Any], status: int = 200) -> HttpResponseBase:
    context = {"title": _("就业情况核实"), **told}
    answer = render(request, "workers/answer_status.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def after_asking(result: Any, request: HttpRequest) -> str:
    """Go on to the job that sends the messages, or to who waits."""
    return (page_of(result) if isinstance(result, Job) else None) or reverse("unchecked")


def about_asking(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to who waits."""
    url = f"{reverse('unchecked')}?place={row.pk}" if row.level == "town" else reverse("unchecked")
    return {"back": url, "crumbs": [(_("待核实"), url)], "subtitle": str(row)}
