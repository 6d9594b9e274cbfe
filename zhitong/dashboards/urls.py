"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.web import menu

from . import views

urlpatterns = [
    path("", views.overview, name="dashboards"),
    path("<int:pk>/", views.overview, name="dashboards_at"),
    path("flows/", views.flows, name="flows"),
    path("<int:pk>/flows/", views.flows, name="flows_at"),
]

menu(_("工作台"), "dashboards", icon="dashboard", order=5)
menu(_("务工去向"), "flows", icon="route", reads="workers.Worker", order=80)
