"""Addresses of the kernel's own pages."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from . import views
from .web import menu, public

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("language/", public(set_language), name="set_language"),
    path("orgs/", views.OrgList.page(), name="orgs"),
    path("orgs/<int:pk>/", views.OrgDetail.page(), name="org"),
    path("search/<slug:name>/", views.search, name="search"),
]

menu(_("组织"), "orgs", icon="sitemap", reads="kernel.Org", section=_("平台"), order=90)
