"""Addresses: one prefix for each app, the kernel's own pages at the root."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

handler400 = "zhitong.kernel.web.refused.unreadable"
urlpatterns: list[URLPattern | URLResolver] = [path("", include("zhitong.kernel.urls"))]
urlpatterns += [
    path(f"{app.label}/", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if app.name.startswith("zhitong.")
    and app.label not in ("kernel", "site")
    and find_spec(f"{app.name}.urls")
]
if find_spec("zhitong.site.api") is not None:
    from zhitong.site.api import api

    urlpatterns.append(path("api/", api.urls))
