"""Visits without a network: the devices that carry a village, what was stated on them, and where they disagree."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account, Placed, ReachQuerySet
from zhitong.kernel.privacy import SealedField

from .belongings import OfWorker
from .person import Source, Worker


class DeviceQuerySet(ReachQuerySet):
    """Questions about devices."""

    def in_use(self) -> Self:
        return self.filter(wiped_at=None)


class Device(Placed):
    """A telephone that carries the people of one village without a network, until it is wiped from the office."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("使用人"))
    label = models.CharField(_("设备名称"), max_length=60)
    registered_at = models.DateTimeField(_("启用时间"), default=timezone.now)
    seen_at = models.DateTimeField(_("最近联网"), default=timezone.now)
    wiped_at = models.DateTimeField(_("清除时间"), null=True, blank=True)
    wiped_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("清除人")
    )

    objects: ClassVar = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("设备")
        verbose_name_plural = _("设备")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(village__isnull=False), name="device_carries_a_village"),
            models.CheckConstraint(
                condition=Q(wiped_at=None, wiped_by=None) | Q(wiped_at__isnull=False, wiped_by__isnull=False),
                name="device_wiped_by_somebody",
            ),
        ]

    class Privacy:
        open = (
            "id", "city", "county", "town", "village", "account", "label", "registered_at", "seen_at", "wiped_at",
            "wiped_by",
        )  # fmt: skip

    class Reach:
        places = ("",)

    def __str__(self) -> str:
        return self.label


class Field(models.TextChoices):
    """What can be stated at the doorstep about somebody of the register."""

    STATUS = "status", _("就业状态")
    TELEPHONE = "telephone", _("手机号")
    EDUCATION = "education", _("文化程度")
    NAME = "name", _("姓名")


class FieldConflictQuerySet(ReachQuerySet):
    """Questions about conflicts."""

    def open(self) -> Self:
        return self.filter(state=FieldConflict.State.OPEN)


class FieldConflict(OfWorker):
    """Several people stated a field differently without knowing of each other; a person decides.

    The values stand sealed in the ``edits``; ``stood`` is what the register showed when it was decided.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待核定")
        DECIDED = "decided", _("已核定")
        AGREED = "agreed", _("已一致")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.OPEN: (State.DECIDED, State.AGREED),
        State.DECIDED: (),
        State.AGREED: (),
    }

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="conflicts", verbose_name=_("劳动者"))
    field = models.CharField(_("项目"), max_length=10, choices=Field)
    state = models.CharField(_("核定状态"), max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(_("发现时间"), default=timezone.now)
    stood = SealedField(
        "doorstep_stood", exact=True, verbose_name=_("核定时登记的内容"), null=True, blank=True
    )
    taken = models.ForeignKey(
        "workers.DoorstepEdit",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("采用的填写"),
    )
    decided_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核定人")
    )
    decided_at = models.DateTimeField(_("核定时间"), null=True, blank=True)

    objects: ClassVar = FieldConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("填写分歧")
        verbose_name_plural = _("填写分歧")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "field"], condition=Q(state="open"), name="field_conflict_once_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="field_conflict_decided_by_somebody",
            ),
        ]

    class Privacy:
        open = ("id", "worker", "field", "state", "opened_at", "taken", "decided_by", "decided_at")
        sensitive = ("stood",)

    NAMED_BY = ("worker",)

    def __str__(self) -> str:
        return f"{self.worker} · {self.get_field_display()}"


class DoorstepEditQuerySet(ReachQuerySet):
    """Questions about what was stated at doorsteps."""

    def standing(self) -> Self:
        """Return those that may still be set beside what comes later."""
        return self.filter(settled_at=None)


class DoorstepEdit(OfWorker):
    """One field of one person as a device stated it: what it saw, what it says, and when it was said.

    ``key`` is the device's own number of it, so that sending it twice changes nothing. ``seen`` is a version as
    ``doorsteps.version`` names it. ``value`` is JSON text; ``origin`` is what stood before all edits that are not
    settled, as JSON ``{"value", "version", "checked_on"}``.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="edits", verbose_name=_("设备"))
    worker = models.ForeignKey(
        Worker, models.CASCADE, related_name="doorstep_edits", verbose_name=_("劳动者")
    )
    conflict = models.ForeignKey(
        FieldConflict,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="edits",
        verbose_name=_("填写分歧"),
    )
    field = models.CharField(_("项目"), max_length=10, choices=Field)
    key = models.CharField(_("提交编号"), max_length=64, unique=True)
    seen = models.CharField(_("所见版本"), max_length=64)
    value: Any = SealedField("doorstep_value", exact=True, verbose_name=_("填写的内容"))
    origin: Any = SealedField("doorstep_origin", exact=True, verbose_name=_("原来的内容"))
    stated_at = models.DateTimeField(_("填写时间"))
    checked_on = models.DateField(_("核实日期"), null=True, blank=True)
    source = models.CharField(_("核实方式"), max_length=10, choices=Source, default=Source.VISIT)
    received_at = models.DateTimeField(_("收到时间"), default=timezone.now)
    settled_at = models.DateTimeField(_("了结时间"), null=True, blank=True)

    objects: ClassVar = DoorstepEditQuerySet.as_manager()

    class Meta:
        verbose_name = _("上门填写")
        verbose_name_plural = _("上门填写")

    class Privacy:
        open = (
            "id", "device", "worker", "conflict", "field", "key", "seen", "stated_at", "checked_on", "source",
            "received_at", "settled_at",
        )  # fmt: skip
        sensitive = ("value", "origin")

    def __str__(self) -> str:
        return str(self.get_field_display())
