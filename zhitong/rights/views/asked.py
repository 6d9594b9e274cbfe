"""What is asked most each day, and what nothing answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.web import Column, signed_in, table
from zhitong.kernel.web.verbs import actor_of

from ..forms import AskedFilter
from ..models import Asked

MOST_LINES = 30


@signed_in
def asked(request: HttpRequest) -> HttpResponseBase:
    """Show the most opened answers, the most frequent searches, and those without a result."""
    actor = actor_of(request)
    if not any(one.unbounded or one.role.sees(Asked._meta.label) for one in actor.held):
        raise NotAllowed("asked")
    form = AskedFilter(actor, request.GET)
    context = {"title": _("每天问得最多"), "form": form}
    if not form.is_valid():
        return render(request, "rights/asked.html", context, status=400)
    rows = Asked.objects.visible_to(actor).between(*form.span())
    times = Column(lambda line: line["times"], _("次数"), css="number")
    term = Column(lambda line: line["term"], _("查找内容"), main=True)
    opened = Column(lambda line: line["answer__question"], _("问题"), main=True)
    context["panels"] = [
        table(_("没有查到的"), rows.unanswered()[:MOST_LINES], term, times, empty=_("这几天查的都有结果。")),
        table(_("打开最多的"), rows.openings()[:MOST_LINES], opened, times, empty=_("还没有人打开。")),
        table(_("查得最多的"), rows.searches()[:MOST_LINES], term, times, empty=_("还没有人查找。")),
    ]
    first, last = form.span()
    context["subtitle"] = f"{first.isoformat()} – {last.isoformat()}" if first != last else last.isoformat()
    return render(request, "rights/asked.html", context)
