"""What devices stated differently, side by side with one button each, and the devices themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhitong.kernel import access
from zhitong.kernel.models import Region
from zhitong.kernel.values import row_number
from zhitong.kernel.web import Column, Detail, Listing, Panel, facts
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.show import said as shown_as
from zhitong.kernel.web.verbs import actor_of

from ..actions import wipe_device
from ..doorsteps import held, said
from ..forms.doorstep import ConflictFilter
from ..models import Device, DoorstepEdit, FieldConflict, Worker
from ..models.doorstep import Field
from .lines import told_of
from .looks import note_looks


class ConflictList(Listing):
    """Fields that several people stated differently."""

    model = FieldConflict
    title = pgettext_lazy("list", "填写分歧")
    columns = (
        Column("worker.name", _("姓名"), main=True),
        Column("field", _("项目")),
        Column("worker.village", _("村（社区）")),
        Column("opened_at", _("发现时间"), sort="opened_at"),
        Column("state", _("核定状态"), badge={"open": "orange", "decided": "green", "agreed": "blue"}),
    )
    order = "-opened_at"
    filters = ConflictFilter
    related = ("worker__village",)
    empty = _("没有填写分歧。两台设备对同一个人填写得不一样时，会列在这里，由您核定。")


class ConflictDetail(Detail):
    """What the register shows, and what each device stated."""

    model = FieldConflict
    template = "workers/conflict.html"
    related = ("worker__village", "worker__work_region", "decided_by", "taken__device__account")

    def answer(self) -> HttpResponseBase:
        """Show the page; opening it is a look at the person."""
        note_looks(self.actor, (self.row.worker,))
        return super().answer()

    def title(self) -> str:
        """Whom and what it is about."""
        return _now("%(name)s的%(field)s以哪个为准？") % {
            "name": self.row.worker.name, "field": self.row.get_field_display()
        }  # fmt: skip

    def crumbs(self) -> list[tuple[Any, str]]:
        """From the list."""
        return [(pgettext_lazy("list", "填写分歧"), reverse("conflicts"))]

    def panels(self) -> Iterable[Panel]:
        """The values side by side, and what was done."""
        yield Panel(_("对照"), "workers/panel_contested.html", self.contested(), True)
        yield Panel(_("办理记录"), "workers/panel_told.html", {"told": told_of(self.actor, self.row)}, True)

    def contested(self) -> dict[str, Any]:
        """Return one side for what the register shows and one for each other value that was stated."""
        row, worker = self.row, self.row.worker
        waits = row.state == FieldConflict.State.OPEN
        now = held(worker, row.field)
        edits = DoorstepEdit.objects.visible_to(self.actor).filter(conflict=row)
        others: dict[str, list[DoorstepEdit]] = {}
        for edit in edits.select_related("device__account").order_by("stated_at", "pk"):
            others.setdefault(said(edit), []).append(edit)
        texts = told_apart(row.field, [now, *(value for value in others if value != now)])
        sides: list[dict[str, Any]] = [{"text": texts[now], "edits": others.pop(now, []), "take": None}]
        sides += [{"text": texts[value], "edits": found, "take": found[0]} for value, found in others.items()]
        return {
            "row": row, "worker": worker, "sides": sides, "checked": row.field == Field.STATUS,
            "decides": waits and access.may(self.actor, "decide_conflict", row),
        }  # fmt: skip


def told_apart(field: str, values: list[str]) -> dict[str, str]:
    """Return how values are shown; of telephones only the ends, and the digits in which they differ."""
    if field == Field.TELEPHONE:
        return {one: _telephone(one, values) for one in values}
    if field == Field.EDUCATION:
        labels = dict(Worker._meta.get_field("education").flatchoices)
        return {one: str(labels.get(row_number(one), "")) for one in values}
    if field == Field.STATUS:
        return {one: _status(one) for one in values}
    return {one: one for one in values}


def _telephone(one: str, values: list[str]) -> str:
    if not one:
        return _now("没有手机号")
    kept = {*range(3), *range(len(one) - 4, len(one))}
    kept |= {at for at in range(len(one)) if len({other[at : at + 1] for other in values if other}) > 1}
    return "".join(digit if at in kept else "•" for at, digit in enumerate(one))


def _status(value: str) -> str:
    status, _colon, number = value.partition(":")
    label = str(dict(Worker.Status.choices).get(status, status))
    city = Region.objects.visible_to(None).filter(pk=row_number(number) or 0).first()
    return label if city is None else f"{label} · {city.name}"


def to_next_conflict(result: FieldConflict, request: HttpRequest) -> str:
    """Go on to the conflict that waits longest, or back to the list."""
    rows = FieldConflict.objects.visible_to(actor_of(request)).open().order_by("opened_at", "pk")
    following = rows.values_list("pk", flat=True).first()
    return reverse("conflicts") if following is None else reverse("fieldconflict", args=[following])


def to_devices(result: Device, request: HttpRequest) -> str:
    """Go back to the devices."""
    return reverse("devices")


class DeviceList(Listing):
    """Telephones that carry a village."""

    model = Device
    title = pgettext_lazy("list", "上门设备")
    columns = (
        Column("label", _("设备名称"), main=True),
        Column("account.name", _("使用人")),
        Column("village", _("村（社区）")),
        Column("seen_at", _("最近联网"), sort="seen_at"),
        Column(lambda one: _state(one), _("状态")),
    )
    order = "-seen_at"
    related = ("account", "village", "wiped_by")
    empty = _("还没有启用上门设备。拿着手机打开“上门走访”，点“启用这台设备”。")


def _state(device: Device) -> str:
    if device.wiped_at is None:
        return _now("在用")
    return _now("已清除")


class DeviceDetail(Detail):
    """One telephone, and its wiping."""

    model = Device
    verbs = (wipe_device,)
    related = ("account", "village", "wiped_by")

    def buttons(self) -> Iterable[Button]:
        """Wiping, once."""
        return super().buttons() if self.row.wiped_at is None else ()

    def crumbs(self) -> list[tuple[Any, str]]:
        """From the list."""
        return [(pgettext_lazy("list", "上门设备"), reverse("devices"))]

    def panels(self) -> Iterable[Panel]:
        """What is known of it, and what was done."""
        names = ("account", "village", "registered_at", "seen_at", "wiped_at", "wiped_by")
        yield facts(_("设备"), self.row, *names, (_("说明"), _about(self.row)))
        yield self.history()


def _about(device: Device) -> str:
    if device.wiped_at is None:
        return _now("手机丢失、换人或离岗时请清除。")
    if device.seen_at < device.wiped_at:
        when = shown_as(timezone.localtime(device.seen_at))
        return _now("清除后它还没有联网（最近一次：%s）；最迟满14天，机上资料会自行删除。") % when
    return _now("机上的资料已随联网删除。")
