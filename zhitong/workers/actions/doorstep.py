"""Visits without a network: devices carry a village, send what was stated there, and are wiped from the office."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, label_of, note_people, note_rows
from zhitong.kernel.errors import AlreadyDone, OutOfReach, Refusal
from zhitong.kernel.models import Account, Education, Org, Region, in_place
from zhitong.kernel.people import people_of
from zhitong.kernel.state import move
from zhitong.kernel.values import not_in_future, row_number

from ..doorsteps import Round, claim_of, held, round_of, said, sealed_origin, version
from ..merging import Merged, merge
from ..models import Device, DoorstepEdit, FieldConflict, Source, Worker
from ..models.doorstep import Field
from .facts import (
    Correction,
    WorkerFacts,
    one_of,
    read_line,
    read_name,
    read_telephone,
    read_whereabouts,
    standing_village,
    told_by,
)
from .people import correct_worker, register_worker
from .standing import on_register
from .whereabouts import confirm_status

MOST_AHEAD = dt.timedelta(hours=1)
"""So far a device's clock may be ahead of ours."""


@dataclass(frozen=True)
class Stated:
    """What a device says of one field: its own key, the version it saw, the value as text, and when it was stated.

    A status is ``<status>:<number of the city, or nothing>`` with the day of the check; an education its code.
    """

    field: str
    value: str
    seen: str
    key: str
    stated_at: dt.datetime
    checked_on: dt.date | None = None
    source: str = Source.VISIT


@action(at="village", title=_("启用上门设备"), keeps=("label",))
def register_device(*, by: Account, village: Org, label: str) -> Device:
    """Let one's telephone carry the people of a village without a network."""
    standing_village(village)
    name = read_line("label", label, 60)
    if not name:
        raise Refusal("label_missing", _("请给这台设备起个名字，例如“我的手机”。"), field="label")
    return Device.objects.create(account=by, label=name, **in_place(village))


@action(at="device", title=_("清除设备上的资料"))
def wipe_device(*, by: Account, device: Device) -> Device:
    """Refuse whatever a device sends from now on, and let it delete what it carries as soon as it is on line."""
    wiped = Device.objects.in_use().filter(pk=device.pk).update(wiped_at=timezone.now(), wiped_by=by)
    if not wiped:
        raise Refusal("wiped_already", _("这台设备已经清除过了。"))
    device.refresh_from_db()
    return device


@action(at="device", title=_("带本村名册上门"))
def carry_village(*, by: Account, device: Device) -> Device:
    """Leave a line that a device took the people of its village along; each of them finds it."""
    device = _in_hand(by, device)
    people = people_of(Worker)
    assert people is not None
    for number in Worker.objects.active().filter(village=device.village_id).values_list("pk", flat=True):
        people.add(number)
    note_rows(len(people))
    note_people(people)
    return device


@action(at="device", title=_("上门登记劳动者"), about=Worker)
def register_newcomer(
    *, by: Account, device: Device, facts: WorkerFacts, consents: tuple[str, ...]
) -> Worker:
    """Enter a person who was met at the doorstep into the register of the device's village.

    Refuses a number that is registered already, whoever registered it first.
    """
    device = _in_hand(by, device)
    assert device.village is not None
    return register_worker(by=by, village=device.village, facts=facts, consents=consents, source=Source.VISIT)


@action(at="worker", title=_("收下上门填写"))
def record_doorstep_edit(*, by: Account, device: Device, worker: Worker, edit: Stated) -> DoorstepEdit:
    """Take in what a device stated of one field of a person.

    Where the field is as the device saw it, the statement is carried out. Where somebody else stated something
    different meanwhile, both are kept for a person to decide; until then the register shows what ``merging`` says,
    whichever came first. The same key a second time changes nothing.
    """
    device = _in_hand(by, device)
    worker = on_register(worker)
    _refuse_second(edit, worker)
    value = _read(by, edit)
    now = _round(worker, edit.field)
    _refuse_older_check(edit, now)
    row = DoorstepEdit(
        device=device, worker=worker, field=edit.field, key=edit.key, seen=_seen(worker, edit, now),
        value=json.dumps(value), origin=sealed_origin(now.origin), stated_at=_moment(edit), source=edit.source,
        checked_on=edit.checked_on if edit.field == Field.STATUS else None,
    )  # fmt: skip
    row.save(force_insert=True)
    merged = merge(now.origin, map(claim_of, (*now.edits, row)))
    _carry_out(by, worker, edit.field, merged)
    _queue(worker, edit.field, merged)
    row.refresh_from_db()
    return row


@action(at="conflict", title=_("核定填写分歧"))
def decide_conflict(
    *, by: Account, conflict: FieldConflict, take: DoorstepEdit | None = None
) -> FieldConflict:
    """Decide what a contested field says: what the register shows, or what one of the devices stated."""
    worker = on_register(conflict.worker)
    conflict = FieldConflict.objects.select_for_update().get(pk=conflict.pk)
    stood = held(worker, conflict.field)
    edits = DoorstepEdit.objects.standing().filter(worker=worker, field=conflict.field)
    if take is not None:
        if not edits.filter(pk=take.pk).exists():
            raise Refusal("not_in_conflict", _("请从这项分歧里选一项。"), field="take")
        _write(by, worker, take)
    move(
        conflict, FieldConflict.State.DECIDED, stood=json.dumps(stood), taken=take, decided_by=by,
        decided_at=timezone.now(),
    )  # fmt: skip
    edits.update(settled_at=timezone.now())
    return conflict


def _in_hand(by: Account, device: Device) -> Device:
    """Return the device, held, when it is the actor's own and was not wiped; it was seen now."""
    device = Device.objects.select_for_update().get(pk=device.pk)
    if device.wiped_at is not None:
        sentence = _("这台设备已从办公室清除，不能再发送；机上的资料会一并删除。")
        raise Refusal("device_wiped", sentence)
    if device.account_id != by.pk:
        raise OutOfReach
    device.seen_at = timezone.now()
    device.save(update_fields=["seen_at"])
    return device


def _refuse_second(edit: Stated, worker: Worker) -> None:
    first = DoorstepEdit.objects.filter(key=edit.key).first()
    if first is None:
        return
    if (first.worker_id, first.field) != (worker.pk, edit.field):
        raise Refusal("key_of_another_edit", _("这个提交编号已用于另一项填写。"), field="key")
    raise AlreadyDone(label_of(first))


def _read(by: Account, edit: Stated) -> str:
    """Return the value in the form in which the register holds it; refuses what the register would refuse."""
    one_of("field", edit.field, Field.values)
    if not 0 < len(edit.key) <= 64 or len(edit.seen) > 64:
        raise Refusal("nonce_length", _("提交编号应有 1 到 64 个字符。"), field="key")
    if edit.field == Field.NAME:
        return str(read_name(edit.value)["name"])
    if edit.field == Field.TELEPHONE:
        return read_telephone(edit.value)
    if edit.field == Field.EDUCATION:
        return str(one_of("value", edit.value, [str(one) for one in Education.values]))
    told_by(by, edit.source)
    if edit.checked_on is None:
        raise Refusal("check_day_missing", _("请写明核实的日期。"), field="checked_on")
    not_in_future("checked_on", edit.checked_on)
    status, region = _whereabouts(edit.value)
    read_whereabouts(status, region)
    return f"{status}:{region.pk if region is not None else ''}"


def _whereabouts(value: str) -> tuple[str, Region | None]:
    status, _colon, number = value.partition(":")
    if not number:
        return status, None
    region = Region.objects.filter(pk=row_number(number) or 0).first()
    if region is None:
        raise Refusal("not_a_city", _("请选到市（州），直辖市选到市。"), field="work_region")
    return status, region


def _moment(edit: Stated) -> dt.datetime:
    at = edit.stated_at if timezone.is_aware(edit.stated_at) else timezone.make_aware(edit.stated_at)
    if at > timezone.now() + MOST_AHEAD:
        raise Refusal("clock_ahead", _("设备的时间比现在快，请校准时间后重新填写。"), field="stated_at")
    return at


def _round(worker: Worker, field: str) -> Round:
    """Return the round of a field; where the register was corrected itself since, what is left of it begins anew."""
    rows = DoorstepEdit.objects.standing().filter(worker=worker, field=field).order_by("pk")
    found = round_of(worker, field, rows)
    if not found.overtaken:
        return found
    left = [one.key for one in found.merged.contested]
    rows.exclude(key__in=left).update(settled_at=timezone.now())
    for one in rows.filter(key__in=left):
        one.origin = sealed_origin(found.origin)
        one.save(update_fields=["origin"])
    return round_of(worker, field, rows.all())


def _seen(worker: Worker, edit: Stated, now: Round) -> str:
    """Return the version that was seen; that of a settled edit is the version of its value."""
    if edit.seen in {one.key for one in now.edits}:
        return edit.seen
    before = DoorstepEdit.objects.filter(worker=worker, field=edit.field, key=edit.seen).first()
    return edit.seen if before is None else version(said(before), worker, edit.field)


def _refuse_older_check(edit: Stated, now: Round) -> None:
    before, day = now.origin.checked_on, edit.checked_on
    if edit.field == Field.STATUS and before is not None and day is not None and day < before:
        sentence = _("%(day)s已有更新的核实，这次较早的核实没有记入。")
        raise Refusal("newer_check_exists", sentence % {"day": before.isoformat()}, field="checked_on")


def _carry_out(by: Account, worker: Worker, field: str, merged: Merged) -> None:
    """Let the register show what stands."""
    if merged.shown is None:
        return
    later = field == Field.STATUS and merged.shown.checked_on != worker.status_checked_on
    if later or merged.shown.value != held(worker, field):
        _write(by, worker, DoorstepEdit.objects.get(key=merged.shown.key))


def _write(by: Account, worker: Worker, edit: DoorstepEdit) -> None:
    value = said(edit)
    if edit.field == Field.STATUS:
        status, region = _whereabouts(value)
        day = max(edit.checked_on or worker.status_checked_on, worker.status_checked_on)
        confirm_status(
            by=by, worker=worker, status=status, source=edit.source, checked_on=day, work_region=region
        )
        return
    facts = {edit.field: int(value) if edit.field == Field.EDUCATION else value}
    correct_worker(by=by, worker=worker, facts=Correction(**facts))  # type: ignore[arg-type]


def _queue(worker: Worker, field: str, merged: Merged) -> None:
    """Keep the conflict open while there is something to decide, and let it name all that was stated."""
    conflict = FieldConflict.objects.open().filter(worker=worker, field=field).first()
    if not merged.contested:
        if conflict is not None:
            move(conflict, FieldConflict.State.AGREED)
        return
    if conflict is None:
        conflict = FieldConflict.objects.create(worker=worker, field=field)
    DoorstepEdit.objects.standing().filter(worker=worker, field=field).update(conflict=conflict)
