"""What a field says and under which version, read from the register and from what devices stated of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhitong.kernel.access import held_by
from zhitong.kernel.models import Account
from zhitong.kernel.privacy import key_for

from .merging import Claim, Merged, Origin, merge
from .models import Device, DoorstepEdit, Worker
from .models.doorstep import Field


@dataclass(frozen=True)
class Round:
    """The claims about one field that are not settled, before what they came, and what they come to.

    ``origin`` is what stands now where nobody claims anything. ``overtaken`` says that somebody corrected the
    register itself since, so that only what was contested is still of interest.
    """

    edits: tuple[DoorstepEdit, ...]
    origin: Origin
    merged: Merged
    overtaken: bool


def is_forfeited(number: int, actor: Account | None) -> bool:
    """Tell whether a device has to delete what it carries: it was wiped, or its owner left the village.

    Whoever asks learns no more than that, so that a device whose session has ended may ask as well.
    """
    device = Device.objects.filter(pk=number).first()
    if device is None or device.wiped_at is not None:
        return device is not None
    if actor is None or device.account_id != actor.pk:
        return False
    mine = [one.org for one in held_by(actor) if one.role.may("carry_village") and one.org is not None]
    return all(one.village_id != device.village_id for one in mine)


def village_carried(number: int, actor: Account) -> int | None:
    """Return the key of the village that somebody's own device carries."""
    mine = Device.objects.filter(pk=number, account=actor)
    return mine.values_list("village_id", flat=True).first()


def held(worker: Worker, field: str) -> str:
    """Return what the register shows, as the text in which devices state it."""
    if field == Field.STATUS:
        return f"{worker.status}:{worker.work_region_id or ''}"
    if field == Field.TELEPHONE:
        return "" if worker.telephone is None else worker.telephone.open()
    return str(getattr(worker, field))


def version(value: str, worker: Worker, field: str) -> str:
    """Return the version of a value that is nobody's claim: a keyed digest of 128 bits, different for each person."""
    text = f"{worker.pk}:{field}:{value}".encode()
    return hashlib.blake2b(text, key=key_for("doorstep"), digest_size=16).hexdigest()


def round_of(worker: Worker, field: str, edits: Iterable[DoorstepEdit]) -> Round:
    """Return the round of a field from its standing edits, in the order in which they came."""
    rows = tuple(edits)
    now = held(worker, field)
    day = worker.status_checked_on if field == Field.STATUS else None
    fresh = Origin(now, version(now, worker, field), day)
    if not rows:
        return Round((), fresh, Merged(None, ()), False)
    origin = _origin(rows[0])
    merged = merge(origin, map(claim_of, rows))
    overtaken = now != (origin.value if merged.shown is None else merged.shown.value)
    return Round(rows, fresh if overtaken else origin, merged, overtaken)


def seen_now(worker: Worker, field: str, edits: Sequence[DoorstepEdit]) -> tuple[str, bool]:
    """Return the version that a device sees now, and whether the field is contested."""
    found = round_of(worker, field, edits)
    contested = bool(found.merged.contested)
    if found.merged.shown is None or found.overtaken:
        now = held(worker, field)
        return version(now, worker, field), contested
    return found.merged.shown.key, contested


def claim_of(edit: DoorstepEdit) -> Claim:
    """Return an edit as the merge takes it."""
    return Claim(edit.key, edit.seen, said(edit), edit.stated_at, edit.checked_on)


def said(edit: DoorstepEdit) -> str:
    """Return what an edit says; nothing when the person's data were deleted."""
    told = json.loads(edit.value.open())
    return told if isinstance(told, str) else ""


def sealed_origin(origin: Origin) -> str:
    """Return an origin as edits keep it."""
    day = None if origin.checked_on is None else origin.checked_on.isoformat()
    return json.dumps({"value": origin.value, "version": origin.version, "checked_on": day})


def _origin(edit: DoorstepEdit) -> Origin:
    told = json.loads(edit.origin.open())
    day = told["checked_on"]
    return Origin(told["value"], told["version"], None if day is None else dt.date.fromisoformat(day))
