"""Addresses of visits without a network: the page and its script, what devices stated differently, the devices."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel.web import menu, verb_path

from . import actions
from .forms.doorstep import DecideForm
from .models import Device, FieldConflict
from .views import conflicts, doorstep

WIPE = _("清除后，这台设备再也不能发送，一联网就删除机上的名册和还没有发送的内容。")

urlpatterns = [
    path("doorstep/", doorstep.doorstep, name="doorstep"),
    path("doorstep/script.js", doorstep.doorstep_script, name="doorstep_script"),
    path("doorstep/hello/", doorstep.doorstep_hello, name="doorstep_hello"),
    path("doorstep/register/", doorstep.doorstep_register, name="doorstep_register"),
    path("doorstep/carry/", doorstep.doorstep_carry, name="doorstep_carry"),
    path("doorstep/send/", doorstep.doorstep_send, name="doorstep_send"),
    path("conflicts/", conflicts.ConflictList.page(), name="conflicts"),
    path("conflicts/<int:pk>/", conflicts.ConflictDetail.page(), name="fieldconflict"),
    verb_path(
        actions.decide_conflict, prefix="conflicts/", model=FieldConflict, form=DecideForm,
        done=conflicts.to_next_conflict,
    ),
    path("devices/", conflicts.DeviceList.page(), name="devices"),
    path("devices/<int:pk>/", conflicts.DeviceDetail.page(), name="device"),
    verb_path(
        actions.wipe_device, prefix="devices/", model=Device, ask=WIPE, danger=True, done=conflicts.to_devices
    ),
]  # fmt: skip

menu(_("上门走访"), "doorstep", icon="device-mobile", verb="carry_village", section=_("登记"), order=21)
menu(
    pgettext_lazy("list", "填写分歧"),
    "conflicts",
    icon="arrows-exchange",
    verb="decide_conflict",
    section=_("登记"),
    order=21,
)
menu(
    pgettext_lazy("list", "上门设备"),
    "devices",
    icon="shield-lock",
    verb="wipe_device",
    section=_("登记"),
    order=21,
)
