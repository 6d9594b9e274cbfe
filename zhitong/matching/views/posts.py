"""Open posts for one worker: as he looks for them himself, or as somebody does for him."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.employers.models import Demand
from zhitong.kernel import access, fields
from zhitong.kernel.actions import note_reading
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account, Record
from zhitong.kernel.values import row_number
from zhitong.kernel.web import FilterForm, signed_in, visible_row
from zhitong.kernel.web.verbs import actor_of
from zhitong.workers.models import Worker

from .. import words
from ..frames.seeking import Fit, Ranking, ranked
from ..seeking import MOST, Wanted, candidates, open_posts
from .searches import running_searches
from .shared import benefits, reads_people

PAGE = 10


class PostFilter(FilterForm):
    """What a worker looks for."""

    words = fields.LineField(
        label=gettext_lazy("想做什么"),
        max_length=40,
        help_text=gettext_lazy("例如：电焊工、做饭阿姨、开叉车。"),
    )
    region = fields.RegionField(label=gettext_lazy("去哪里"), levels=(1, 2))
    wage_least = fields.MoneyField(label=gettext_lazy("月工资不低于"))
    has_dormitory = forms.BooleanField(label=gettext_lazy("要包住"))
    begins_by = fields.DayField(label=gettext_lazy("最晚哪天到岗"))

    NAMES: ClassVar = {"wage_least": "wage_least_fen"}

    def wanted(self) -> Wanted:
        """Return what is asked for; nothing where the form cannot be read."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wanted(**{self.NAMES.get(name, name): value for name, value in given.items() if value})


@signed_in
def my_posts(request: HttpRequest) -> HttpResponseBase:
    """Show a worker the open posts that suit him, best first, with what speaks for each and what is missing."""
    actor = actor_of(request)
    if not actor.is_worker:
        raise NotAllowed("my_posts")
    worker = Worker.objects.visible_to(actor).filter(account=actor).select_related("city").first()
    return redirect("my_page") if worker is None else _posts(request, actor, worker)


@signed_in
def posts_for_worker(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show an officer the open posts that suit a worker within reach; opening it leaves a line."""
    actor = actor_of(request)
    worker = visible_row(Worker, actor, pk, "city")
    if actor.is_worker:
        return redirect("my_posts")
    if not reads_people(actor):
        raise OutOfReach
    if access.holds(actor, "note_reading") and not Record.objects.visible_to(actor).read_lately(
        worker, actor
    ):
        note_reading(by=actor, row=worker, purpose="page")
    return _posts(request, actor, worker)


posts_for_worker.about, posts_for_worker.narrower = Worker, True  # type: ignore[attr-defined]


def _posts(request: HttpRequest, actor: Account, worker: Worker) -> HttpResponseBase:
    form = PostFilter(actor, request.GET)
    wanted, day = form.wanted(), timezone.localdate()
    keys = candidates(open_posts(Demand.objects.visible_to(actor), day), wanted, worker)
    ranking = ranked(worker, keys, day)
    start = _start(request, len(ranking))
    own = actor.is_worker
    context = {
        "title": _("找岗位") if own else _("为%(name)s找岗位") % {"name": worker.name},
        "form": form,
        "cards": _cards(actor, ranking, start),
        "fitting": ranking.fitting,
        "others": len(ranking) - ranking.fitting,
        "is_bounded": len(keys) >= MOST,
        "own": own,
        "worker": worker,
        "asked": form.asked(),
        "saving": urlencode({PostFilter.NAMES.get(name, name): text for name, text in form.asked().items()}),
        "may_save": access.may(actor, "save_search", worker),
        "searches": running_searches(actor, worker),
        "has_wish": hasattr(worker, "intention"),
        "before": start - PAGE if start else None,
        "after": start + PAGE if start + PAGE < len(ranking) else None,
        "first": start + 1,
        "last": min(start + PAGE, len(ranking)),
        "crumbs": [] if own else [(worker.name, reverse("worker", args=[worker.pk]))],
    }
    return render(request, "matching/posts.html", context, status=422 if form.errors else 200)


def _start(request: HttpRequest, most: int) -> int:
    asked = row_number(request.GET.get("from", "")) or 0
    return asked // PAGE * PAGE if 0 <= asked < most else 0


def _cards(actor: Account, ranking: Ranking, start: int) -> list[dict[str, Any]]:
    fits = ranking.slice(start, PAGE)
    rows = Demand.objects.visible_to(actor).filter(pk__in=[one.demand for one in fits])
    demands = {one.pk: one for one in rows.select_related("employer_org", "region")}
    return [_card(demands[one.demand], one) for one in fits if one.demand in demands]


def _card(demand: Demand, fit: Fit) -> dict[str, Any]:
    return {
        "demand": demand,
        "benefits": benefits(demand),
        "why": words.why(fit.reasons),
        "lacking": [words.LACKING[one] for one in fit.lacking],
    }
