"""Two telephones in one village, and what is stated on them without a network."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from zhitong.kernel.models import Account
from zhitong.site.world import World
from zhitong.workers.actions import Stated, record_doorstep_edit, register_device
from zhitong.workers.doorsteps import held, seen_now
from zhitong.workers.models import Device, DoorstepEdit, FieldConflict, Worker

START = timezone.now() - dt.timedelta(hours=5)


def colleague(world: World) -> Account:
    """Return a second officer of the village."""
    return world.account("second_officer", "另一位劳务员", "village_officer", world.village)


def phone(world: World, by: Account | None = None, label: str = "甲的手机") -> Device:
    """Return a device of the village officer, or of somebody else."""
    return register_device(by=by or world.village_officer, village=world.village, label=label)


def saw(worker: Worker, field: str) -> str:
    """Return the version that a device takes along now."""
    worker.refresh_from_db()
    edits = DoorstepEdit.objects.standing().filter(worker=worker, field=field).order_by("pk")
    return seen_now(worker, field, edits)[0]


def stated(worker: Worker, field: str, value: str, minutes: int = 0, **more: Any) -> Stated:
    """Return what a device that is up to date says, so many minutes after the start."""
    if field == "status":
        more.setdefault("checked_on", timezone.localdate())
    told = {
        "seen": more.pop("seen", None) or saw(worker, field), "key": more.pop("key", None) or uuid.uuid4().hex,
        "stated_at": START + dt.timedelta(minutes=minutes),
    }  # fmt: skip
    return Stated(field=field, value=value, **told, **more)


def send(device: Device, worker: Worker, edit: Stated) -> DoorstepEdit:
    """Send one thing in the name of the device's own account."""
    return record_doorstep_edit(by=device.account, device=device, worker=worker, edit=edit)


def outcome(worker: Worker, field: str) -> tuple[Any, ...]:
    """Return all that an order of arrival might change: what is shown, and what waits for a decision."""
    worker.refresh_from_db()
    conflict = FieldConflict.objects.open().filter(worker=worker, field=field).first()
    edits = DoorstepEdit.objects.standing().filter(worker=worker, field=field)
    stated = sorted((one.value.open(), one.conflict_id is not None) for one in edits)
    return held(worker, field), worker.status_checked_on, conflict is not None, stated
