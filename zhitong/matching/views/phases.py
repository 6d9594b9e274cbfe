"""Where a fair or an interview slot stands by the clock, which its stored state alone does not say."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ..models import InterviewSlot, JobFair

SLOT_COLOURS = {"open": "green", "full": "blue", "over": "secondary", "cancelled": "secondary"}
FAIR_COLOURS = {"to_come": "blue", "on": "green", "over": "secondary", "cancelled": "secondary"}


class SlotPhase(models.TextChoices):
    """Whether a slot can still be picked."""

    OPEN = "open", gettext_lazy("可预约")
    FULL = "full", gettext_lazy("已约满")
    OVER = "over", gettext_lazy("时间已过")
    CANCELLED = "cancelled", gettext_lazy("已取消")


def phase_of_slot(row: InterviewSlot) -> SlotPhase:
    """Return whether a slot can still be picked."""
    if row.state == InterviewSlot.State.CANCELLED:
        return SlotPhase.CANCELLED
    if row.starts_at <= timezone.now():
        return SlotPhase.OVER
    return SlotPhase.OPEN if row.left else SlotPhase.FULL


class FairPhase(models.TextChoices):
    """Where a fair stands on a day."""

    TO_COME = "to_come", gettext_lazy("即将举办")
    ON = "on", gettext_lazy("正在举办")
    OVER = "over", gettext_lazy("已结束")
    CANCELLED = "cancelled", gettext_lazy("已取消")


def phase_of_fair(fair: JobFair) -> FairPhase:
    """Return where a fair stands today."""
    today = timezone.localdate()
    if fair.state == JobFair.State.CANCELLED:
        return FairPhase.CANCELLED
    if fair.is_over(today):
        return FairPhase.OVER
    return FairPhase.ON if fair.is_on(today) else FairPhase.TO_COME
