"""The doorstep page, which works without a network, and what its script asks of the server."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhitong.kernel import access
from zhitong.kernel.errors import AlreadyDone, NotAllowed, Refusal
from zhitong.kernel.fields import yuan
from zhitong.kernel.models import Account, Education, Org, Region
from zhitong.kernel.values import read_json, row_number
from zhitong.kernel.web import page_of, public, signed_in, visible_row
from zhitong.kernel.web.verbs import actor_of

from ..actions import (
    Stated,
    WorkerFacts,
    carry_village,
    record_doorstep_edit,
    register_device,
    register_newcomer,
)
from ..consent import AT_REGISTRATION, CURRENT, NEEDED, TEXTS
from ..doorsteps import is_forfeited, seen_now, village_carried
from ..forms.finding import UNCHECKED_DAYS
from ..models import Consent, Device, DoorstepEdit, Worker
from ..models.doorstep import Field
from ..rules import AWAY
from .doorstep_words import words

KEPT_DAYS = 14
"""So long a device keeps what it carries without being on line; then it deletes it."""
ASSETS = (
    "own/phone.css", "own/mark.svg", "workers/doorstep.css", "workers/doorstep_store.js", "workers/doorstep_sync.js",
    "workers/doorstep.js", "vendor/tabler-icons/icons.svg",
)  # fmt: skip
WARN_DAYS = 10
"""What waits longer than this to be sent is pointed out, while there is still time."""
MOST_BODY = 20_000

View = Callable[[HttpRequest], HttpResponseBase]


@signed_in
@never_cache
def doorstep(request: HttpRequest) -> HttpResponseBase:
    """Show the page, which holds nothing of anybody: its script fills it from the device."""
    if not access.holds(_visitor(request), "carry_village"):
        raise NotAllowed("carry_village")
    config = {
        "urls": {name: reverse(f"doorstep_{name}") for name in ("hello", "register", "carry", "send", "script")},
        "page": reverse("doorstep"),
        "keptDays": KEPT_DAYS,
        "warnDays": WARN_DAYS,
        "uncheckedDays": list(UNCHECKED_DAYS),
        "statuses": [[value, str(label)] for value, label in Worker.Status.choices],
        "away": list(AWAY),
        "educations": [[str(value), str(label)] for value, label in Education.choices],
        "usualEducation": str(Education.JUNIOR.value),
        "fields": {value: str(label) for value, label in Field.choices},
        "consents": _consents(),
        "words": words(),
    }  # fmt: skip
    return render(request, "workers/doorstep.html", {"title": _("上门走访"), "config": config})


@require_GET
@public  # the script holds nothing of anybody, and has to come anew though the session has ended
@never_cache
def doorstep_script(request: HttpRequest) -> HttpResponseBase:
    """Return the service worker, with the files that it keeps; it governs the doorstep page alone."""
    told = {"page": reverse("doorstep"), "files": [static(one) for one in ASSETS]}
    script = json.dumps(static("workers/doorstep_worker.js"))
    text = f"self.DOORSTEP = {json.dumps(told)};\nimportScripts({script});\n"
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("doorstep")
    return answer


@require_GET
@public  # says only who is signed in on this very device, and whether it has to forget
@never_cache
def doorstep_hello(request: HttpRequest) -> HttpResponseBase:
    """Return who is signed in, for which village, and the token with which the script may send."""
    actor = request.actor  # type: ignore[attr-defined]
    device = row_number(request.GET.get("device", ""))
    if device is not None and is_forfeited(device, actor):
        return JsonResponse({"account": None, "code": "device_wiped"})
    village = None if actor is None else _village_of(actor, device)
    if actor is None or village is None:
        return JsonResponse({"account": None})
    told = {
        "account": actor.pk,
        "village": {"id": village.pk, "name": village.name},
        "token": get_token(request),
    }
    return JsonResponse(told)


def _said(view: View) -> View:
    """Answer refusals with their code and sentence, for a script to show beside what waits."""

    @require_POST
    @signed_in
    @wraps(view)
    def answering(request: HttpRequest) -> HttpResponseBase:
        try:
            return view(request)
        except Refusal as no:
            told = {"code": no.code, "sentence": str(no.sentence), "field": no.field}
            known = no.details.get("worker")
            told["url"] = None if known is None else reverse("worker", args=[known])
            return JsonResponse(told, status=no.status)

    answering.guard = "signed_in"  # type: ignore[attr-defined]
    return answering


@_said
def doorstep_register(request: HttpRequest) -> HttpResponseBase:
    """Make this telephone a device of one's village."""
    village = _village_of(actor_of(request))
    if village is None:
        raise NotAllowed("register_device")
    device = register_device(by=_visitor(request), village=village, label=_text(_given(request), "label"))
    return JsonResponse({"device": device.pk, "label": device.label})


@_said
def doorstep_carry(request: HttpRequest) -> HttpResponseBase:
    """Return the people of the device's village as they are now."""
    device = _device(request, _given(request))
    carry_village(by=_visitor(request), device=device)
    return JsonResponse({
        "people": _people(actor_of(request), device),
        "cities": [[one.pk, one.name] for one in _cities(actor_of(request))],
    })  # fmt: skip


@_said
def doorstep_send(request: HttpRequest) -> HttpResponseBase:
    """Take in one thing that a device kept, and say what became of it."""
    given = _given(request)
    device = _device(request, given)
    try:
        if given.get("kind") == "person":
            return JsonResponse({"outcome": "registered", "url": page_of(_enter(request, device, given))})
        edit = _record(request, device, given)
    except AlreadyDone as before:
        return JsonResponse(
            {"outcome": "registered"} if given.get("kind") == "person" else _again(request, before)
        )
    return JsonResponse(_outcome(edit))


def _enter(request: HttpRequest, device: Device, given: dict[str, Any]) -> Worker:
    facts = WorkerFacts(
        name=_text(given, "name"), id_number=_text(given, "id_number"), telephone=_text(given, "telephone"),
        education=_number(given, "education"), status=_text(given, "status"), work_region=_region(given),
    )  # fmt: skip
    consents = tuple(str(one) for one in given.get("consents") or () if one in AT_REGISTRATION)
    return register_newcomer(
        by=actor_of(request), device=device, facts=facts, consents=consents, nonce=_text(given, "key")
    )  # type: ignore[call-arg]


def _record(request: HttpRequest, device: Device, given: dict[str, Any]) -> DoorstepEdit:
    worker = visible_row(Worker, actor_of(request), _number(given, "worker"))
    edit = Stated(
        field=_text(given, "field"), value=_text(given, "value"), seen=_text(given, "seen"), key=_text(given, "key"),
        stated_at=_instant(given, "stated_at"), checked_on=_day(given, "checked_on"),
    )  # fmt: skip
    return record_doorstep_edit(by=actor_of(request), device=device, worker=worker, edit=edit)


def _again(request: HttpRequest, before: AlreadyDone) -> dict[str, Any]:
    number = int(before.result.partition(":")[2])
    return _outcome(visible_row(DoorstepEdit, actor_of(request), number, "conflict"))


def _outcome(edit: DoorstepEdit) -> dict[str, Any]:
    conflict = edit.conflict
    contested = conflict is not None and conflict.state == conflict.State.OPEN
    return {"outcome": "contested" if contested else "done", "url": page_of(conflict) if contested else None}


def _people(actor: Account, device: Device) -> list[dict[str, Any]]:
    """Return the people of the village with the versions of what can be stated about them."""
    rows = Worker.objects.visible_to(actor).active().filter(village=device.village_id)
    rows = rows.select_related("work_region", "intention__first_occupation", "intention__first_region")
    standing = DoorstepEdit.objects.visible_to(actor).standing().filter(worker__village=device.village_id)
    edits: dict[tuple[int, str], list[DoorstepEdit]] = defaultdict(list)
    for one in standing.order_by("pk"):
        edits[one.worker_id, one.field].append(one)
    return [_person(one, edits) for one in rows.order_by("name_key", "pk")]


def _person(worker: Worker, edits: dict[tuple[int, str], list[DoorstepEdit]]) -> dict[str, Any]:
    versions = {field: seen_now(worker, field, edits.get((worker.pk, field), [])) for field in Field.values}
    region = worker.work_region
    return {
        "id": worker.pk, "name": worker.name, "pinyin": worker.name_key,
        "card": "" if worker.id_number is None else worker.id_number.open()[-4:],
        "telephone": "" if worker.telephone is None else worker.telephone.masked,
        "education": str(worker.education), "status": worker.status,
        "city": None if region is None else [region.pk, region.name],
        "checked_on": worker.status_checked_on.isoformat(), "wish": _wish(worker),
        "seen": {field: seen for field, (seen, _contested) in versions.items()},
        "contested": [field for field, (_seen, contested) in versions.items() if contested],
    }  # fmt: skip


def _wish(worker: Worker) -> str:
    intention = getattr(worker, "intention", None)
    if intention is None:
        return ""
    floor = intention.wage_floor_fen
    parts = [
        intention.first_occupation, intention.first_region, _now("%s元起") % yuan(floor) if floor else None
    ]  # fmt: skip
    return " · ".join(str(one) for one in parts if one is not None)


def _cities(actor: Account) -> list[Region]:
    rows = Region.objects.visible_to(actor).filter(ended_on=None, level__lte=Region.Level.COUNTY)
    return [one for one in rows.order_by("code") if one.is_city]


def _visitor(request: HttpRequest) -> Account:
    """Return who is signed in, with all that he holds: the device decides for which village he visits people.

    The one organisation for which somebody acts at the desk is no answer to what he stated elsewhere days ago.
    """
    actor = actor_of(request)
    actor.forget_held()
    return actor


def _village_of(actor: Account, device: int | None = None) -> Org | None:
    """Return the village for which somebody visits people: his device's, else the one acted for, else the first."""
    every = _villages(access.held_by(actor))
    if device is not None:
        carried = village_carried(device, actor)
        every.sort(key=lambda one: one.pk != carried)
        return next(iter(every), None)
    return next(iter([*_villages(actor.held), *every]), None)


def _villages(held: Iterable[access.Reaching]) -> list[Org]:
    orgs = [one.org for one in held if one.role.may("carry_village")]
    return [org.village for org in orgs if org is not None and org.village is not None]


def _consents() -> list[dict[str, Any]]:
    texts = TEXTS[CURRENT]
    return [
        {"purpose": one.value, "title": str(one.label), "text": str(texts[one.value]), "needed": one in NEEDED}
        for one in map(Consent.Purpose, AT_REGISTRATION)
    ]  # fmt: skip


def _given(request: HttpRequest) -> dict[str, Any]:
    try:
        given = read_json(request.body) if len(request.body) <= MOST_BODY else None
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise _unreadable()
    return given


def _unreadable() -> Refusal:
    return Refusal("not_readable", _("没有读懂设备发来的内容，请更新页面后重试。"))


def _device(request: HttpRequest, given: dict[str, Any]) -> Device:
    return visible_row(Device, _visitor(request), _number(given, "device"))


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _number(given: dict[str, Any], name: str) -> int:
    number = row_number(given.get(name))
    if number is None:
        raise _unreadable()
    return number


def _instant(given: dict[str, Any], name: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(_text(given, name))
    except ValueError:
        raise _unreadable() from None
    if found.tzinfo is None:
        raise _unreadable()
    return found


def _day(given: dict[str, Any], name: str) -> dt.date | None:
    text = _text(given, name)
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise _unreadable() from None


def _region(given: dict[str, Any]) -> Region | None:
    if not given.get("city"):
        return None
    return Region.objects.visible_to(None).filter(pk=_number(given, "city")).first()
