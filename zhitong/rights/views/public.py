"""The public question page: search, topics, the most asked; reading an answer; asking without an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.kernel.access import holds
from zhitong.kernel.errors import AlreadyDone, Refusal
from zhitong.kernel.models import Account, Org
from zhitong.kernel.web import public, visible_row
from zhitong.kernel.web.show import said

from ..forms import GuestForm, SearchForm
from ..holes import own_record, parts_of
from ..models import Answer, Topic
from ..offices import county_of, hotlines_for
from ..visits import ask_as_guest, may_ask, note_opening, note_search

MOST_SHOWN = 20
LATELY = dt.timedelta(days=30)


# Open to everybody: what is asked is public, and nobody should have to sign in to ask.
@public
def questions(request: HttpRequest) -> HttpResponseBase:
    """Show the search box with topics and the most asked, or what was found."""
    actor = _actor(request)
    form = SearchForm(actor, request.GET)
    if not form.is_valid():
        return render(request, "rights/questions.html", _frame(actor, form), status=400)
    typed, topic = form.cleaned_data["q"].strip(), form.cleaned_data["topic"]
    county = county_of(actor, form.cleaned_data["county"])
    rows = Answer.objects.visible_to(actor).in_force().said_in(county)
    context = _frame(actor, form) | {"typed": typed, "topic": topic, "county": county}
    if typed:
        context["found"] = _found(request, rows, typed, county)
    elif topic is not None:
        context["of_topic"] = rows.filter(topic=topic).most_opened(_since())[: 5 * MOST_SHOWN]
    else:
        context["most"] = rows.most_opened(_since())[:10]
    context |= {"topics": Topic.objects.visible_to(actor).standing(), "hotlines": hotlines_for(county)}
    return render(request, "rights/questions.html", context)


@public
def question(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show an answer, its facts filled for whoever reads it."""
    actor = _actor(request)
    answer = visible_row(Answer, actor, pk, "topic", "keeper", "county")
    county = county_of(actor, answer.county)
    if answer.state == Answer.State.PUBLISHED:
        note_opening(request, county, answer)
    context = _frame(actor, None) | {
        "title": answer.question,
        "answer": answer,
        "parts": parts_of(answer.text, actor),
        "others": _others(actor, answer),
        "hotlines": hotlines_for(county),
        "registered": own_record(actor) is not None,
    }
    return render(request, "rights/question.html", context)


question.about = Answer  # type: ignore[attr-defined]


# Open to everybody, within limits by address and by telephone.
@public
def guest_question(request: HttpRequest) -> HttpResponseBase:
    """Take a question of somebody who is not signed in; whoever is, asks in his own name."""
    actor = _actor(request)
    if actor is not None:
        return redirect(_own_way(actor))
    data = request.POST if request.method == "POST" else None
    form = GuestForm(actor, None, data, initial={"text": request.GET.get("q", "")[:60]})  # type: ignore[arg-type]
    if form.is_valid() and _asked(request, form):
        return redirect("questions")
    context = _frame(actor, None) | {"title": _("问工作人员"), "form": form}
    return render(request, "rights/guest_question.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: GuestForm) -> bool:
    """Put the question; tell whether it is put."""
    given = form.given()
    if not may_ask(request, given["telephone"]):
        form.add_error(None, _("问得太频繁了，请过一会儿再问，急事请打电话。"))
        return False
    try:
        enquiry = ask_as_guest(given, form.cleaned_data["nonce"] or None)
    except AlreadyDone as before:
        messages.info(request, str(before.sentence))
        return True
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, str(no.sentence))
        return False
    told = {"office": enquiry.owner, "due": said(enquiry.due_at)}
    messages.success(request, _("已交给%(office)s，%(due)s前用短信答复您。") % told)
    return True


def _own_way(actor: Account) -> str:
    return next((one for one in ("ask_question", "note_call") if holds(actor, one)), "questions")


def _found(request: HttpRequest, rows: Any, typed: str, county: Org | None) -> list[Answer]:
    found: list[Answer] = rows.search(typed, MOST_SHOWN)
    note_search(request, county, typed, bool(found))
    return found


def _others(actor: Account | None, answer: Answer) -> Any:
    rows = Answer.objects.visible_to(actor).in_force().said_in(answer.county)
    return rows.filter(topic=answer.topic).exclude(pk=answer.pk).most_opened(_since())[:4]


def _since() -> dt.date:
    return timezone.localdate() - LATELY


def _frame(actor: Account | None, form: SearchForm | None) -> dict[str, Any]:
    """Return what every public page shows: the phone's frame for all but staff."""
    small = actor is None or actor.is_worker
    return {
        "title": _("常见问题"),
        "form": form,
        "frame": "phone.html" if small else "staff.html",
        "own": actor is not None and actor.is_worker,
        "registered": own_record(actor) is not None,
    }


def _actor(request: HttpRequest) -> Account | None:
    actor: Account | None = request.actor  # type: ignore[attr-defined]
    return actor
