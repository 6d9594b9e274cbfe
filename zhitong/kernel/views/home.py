"""Where everybody begins, and what a searchable select asks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect

from ..fields import RowField
from ..web import signed_in
from ..web.verbs import actor_of


@signed_in
def search(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer a searchable select: up to twenty rows that the actor may read."""
    kind = RowField.searches.get(name)
    if kind is None:
        raise Http404
    only = {one: request.GET[one].split(",") for one in kind.narrowed_by if request.GET.get(one)}
    field = kind(only=only)
    field.actor = actor_of(request)
    rows = field.found(request.GET.get("q", "").strip()[:60])
    found = [{"value": field.text_of(one), "hint": field.hint_of(one)} for one in rows]
    return JsonResponse({"found": found}, json_dumps_params={"ensure_ascii": False})


@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """Go to where the actor's day begins."""
    return redirect("/workers/me/" if actor_of(request).is_worker else "/dashboards/")
