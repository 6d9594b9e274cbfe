"""Saved searches: what is typed to save one, and the page that a link in a message opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel import fields
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.web import ActorForm, public
from zhitong.kernel.web.verbs import actor_of
from zhitong.workers.models import Worker

from ..models import SavedSearch
from ..seeking import Wanted
from ..stopping import running_with, search_of, stop_all_with

MOST_WAGE_FEN = 10_000_000


class SearchForm(ActorForm):
    """What new posts must be like for the worker to be told."""

    words = fields.LineField(
        label=gettext_lazy("想做什么"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("不填表示凡是合您意向的都告诉您。"),
    )
    region = fields.RegionField(label=gettext_lazy("去哪里"), levels=(1, 2), required=False)
    wage_least_fen = fields.MoneyField(label=gettext_lazy("月工资不低于"), most=MOST_WAGE_FEN, required=False)
    has_dormitory = forms.BooleanField(label=gettext_lazy("要包住"), required=False)
    begins_by = fields.DayField(label=gettext_lazy("最晚哪天到岗"), future=True, required=False)

    def given(self) -> dict[str, Any]:
        """Return what is wanted, for the verb."""
        return {"wanted": Wanted(**self.values())}


def about_search(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to the posts of the worker."""
    worker = row if isinstance(row, Worker) else row.worker
    url, actor = _posts_of(worker, actor_of(request)), actor_of(request)
    name = _("找岗位") if actor.is_worker else worker.name
    return {"back": url, "crumbs": [(name, url)], "subtitle": "" if actor.is_worker else worker.name}


def to_posts(result: Any, request: HttpRequest) -> str:
    """Go back to the posts."""
    return _posts_of(result.worker, actor_of(request))


def running_searches(actor: Account, worker: Worker) -> list[SavedSearch]:
    """Return the searches of a worker that are running, newest first."""
    rows = SavedSearch.objects.visible_to(actor).running().filter(worker=worker)
    return list(rows.select_related("region").order_by("-saved_at"))


# The link itself is the proof: whoever holds the telephone may stop its messages without an account.
@public
def stop_searches(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask whoever opened the link whether the messages shall stop, and stop them."""
    try:
        search = search_of(token)
        if request.method != "POST":
            return _shown(request, {"running": bool(running_with(search))})
        stop_all_with(search)
        return _shown(request, {"stopped": True})
    except Refusal as no:
        return _shown(request, {"sentence": no.sentence}, 410)


def _shown(request: HttpRequest, told: dict[str, Any], status: int = 200) -> HttpResponseBase:
    context = {"title": _("找岗位短信"), **told}
    answer = render(request, "matching/stop_searches.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _posts_of(worker: Worker, actor: Account) -> str:
    return reverse("my_posts") if actor.is_worker else reverse("posts_for_worker", args=[worker.pk])
