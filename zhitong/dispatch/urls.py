"""Addresses of placements and of the checks whether people are still there."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.web import menu, verb_path

from . import actions, forms, progress_views, views
from .models import Placement, RetentionCheck

ONE: dict[str, Any] = {
    "model": Placement,
    "done": views.to_placement,
    "context": views.about_placement,
}
CHECK: dict[str, Any] = {
    **ONE,
    "model": RetentionCheck,
    "prefix": "checks/",
    "template": "dispatch/answer.html",
}

urlpatterns = [
    path("", views.PlacementList.page(), name="placements"),
    path("<int:pk>/", views.PlacementDetail.page(), name="placement"),
    path("arrivals/", views.ArrivalDesk.page(), name="arrivals"),
    path("unwritten/", views.UnwrittenList.page(), name="unwritten"),
    path("checks/", views.CheckList.page(), name="retention_checks"),
    path("targets/", progress_views.TargetProgressList.page(), name="targetprogresses"),
    path("targets/<int:pk>/", progress_views.TargetProgressDetail.page(), name="targetprogress"),
    path("mine/", views.my_placements, name="my_placements"),
    verb_path(actions.confirm_arrival, form=forms.ArrivalForm, **ONE),
    verb_path(
        actions.report_missing, danger=True, ask=_("登记以后，名额会释放给别人；人来了仍可以签收。"), **ONE
    ),
    verb_path(actions.assign_station, form=forms.StationForm, **ONE),
    verb_path(actions.end_placement, form=forms.EndForm, **ONE),
    verb_path(
        actions.reveal_arrival_telephone,
        ask=_("查看会留下记录，本人可以看到是谁在什么时候看的。"),
        **ONE,
    ),
    verb_path(actions.confirm_still_there, ask=_("确认现在还在这个岗位上？"), **CHECK),
    verb_path(actions.report_left, form=forms.LeftForm, **CHECK),
    verb_path(actions.report_unreachable, ask=_("联系不上不等于离岗，以后联系到了还可以再确认。"), **CHECK),
]

menu(
    pgettext_lazy("list", "就业安置"),
    "placements",
    icon="map-pin",
    reads="dispatch.Placement",
    section=_("输出"),
    order=50,
)
menu(_("到岗签收"), "arrivals", icon="clipboard-check", verb="confirm_arrival", section=_("输出"), order=51)
menu(
    _("满一个月没有合同"),
    "unwritten",
    icon="file-text",
    reads="dispatch.RetentionCheck",
    section=_("输出"),
    order=53,
)
menu(
    _("在岗核实"),
    "retention_checks",
    icon="list-check",
    reads="dispatch.RetentionCheck",
    section=_("输出"),
    order=52,
)
menu(
    pgettext_lazy("list", "目标进展"),
    "targetprogresses",
    icon="target",
    reads="dispatch.TargetProgress",
    section=_("输出"),
    order=54,
)
menu(_("我的工作"), "my_placements", icon="map-pin", audience="worker", order=30)
