"""Addresses of placements and of what follows them."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.web import menu, verb_path

from . import actions, forms, views
from .models import Placement, RetentionCheck

urlpatterns = [
    path("", views.PlacementList.page(), name="placements"),
    path("<int:pk>/", views.PlacementDetail.page(), name="placement"),
    path("arrivals/", views.ArrivalDesk.page(), name="arrivals"),
    path("checks/", views.RetentionList.page(), name="retention_checks"),
    path("mine/", views.my_placements, name="my_placements"),
    verb_path(actions.confirm_arrival, model=Placement, form=forms.ArrivalForm),
    verb_path(
        actions.report_missing,
        model=Placement,
        ask=_("登记未到岗后，岗位名额会空出来；人后来到了还可以签收。"),
    ),
    verb_path(actions.end_placement, model=Placement, form=forms.EndForm, danger=True),
    verb_path(actions.assign_station, model=Placement, form=forms.StationForm),
    verb_path(
        actions.reveal_arrival_telephone,
        model=Placement,
        ask=_("只在联系到岗时使用。本人能看到谁看过他的手机号。"),
    ),
    verb_path(
        actions.confirm_still_there,
        model=RetentionCheck,
        prefix="checks/",
        ask=_("确认仍在这个岗位上？"),
        done=views.to_placement,
    ),
    verb_path(
        actions.report_left,
        model=RetentionCheck,
        prefix="checks/",
        form=forms.LeftForm,
        done=views.to_placement,
        danger=True,
    ),
    verb_path(
        actions.report_unreachable,
        model=RetentionCheck,
        prefix="checks/",
        ask=_("登记联系不上以后，还可以再核实。"),
        done=views.to_placement,
    ),
]

menu(_("签收到岗"), "arrivals", icon="map-pin", verb="confirm_arrival", section=_("到岗"), order=60)
menu(
    _("在岗核实"),
    "retention_checks",
    icon="calendar",
    verb="confirm_still_there",
    section=_("到岗"),
    order=61,
)
menu(_("就业安置"), "placements", icon="briefcase", reads="dispatch.Placement", section=_("到岗"), order=62)
menu(_("我的岗位"), "my_placements", icon="briefcase", audience="worker", order=30)
