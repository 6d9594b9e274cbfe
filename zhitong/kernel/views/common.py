"""Where everybody begins, what a searchable select asks, and what watches the installation."""

from __future__ import annotations

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django_prometheus.exports import ExportToDjangoView

from ..fields import RowField
from ..models import Account
from ..web import public, signed_in
from ..web.verbs import actor_of

LOOPBACK = ("127.0.0.1", "::1")


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
    return redirect("/workers/me/" if actor_of(request).kind == Account.Kind.WORKER else "/dashboards/")


@public  # a load balancer asks without an account
def health(request: HttpRequest) -> HttpResponseBase:
    """Say that the application answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@public  # asked from this machine only, and not through a proxy on it
def metrics(request: HttpRequest) -> HttpResponseBase:
    """Give the figures of the installation to a collector on the same machine."""
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    if request.META.get("REMOTE_ADDR") not in LOOPBACK or forwarded:
        raise Http404
    response: HttpResponse = ExportToDjangoView(request)
    return response
