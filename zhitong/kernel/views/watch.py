"""What watches the installation: is it well, and what are its figures."""

from __future__ import annotations

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django_prometheus.exports import ExportToDjangoView

from ..web import public

LOOPBACK = ("127.0.0.1", "::1")


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
