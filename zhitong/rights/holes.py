"""Named facts that an answer may hold, filled from the asker's own record.

The vocabulary is closed: an answer says ``{certificates}`` and nothing is evaluated; whatever else stands between
braces is refused when the answer is stored. Somebody who is not signed in, or
not on the register, reads a general sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.dispatch.models import Placement
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org
from zhitong.matching.models import Offer
from zhitong.workers.models import Certificate, Worker

from .models import Hotline

HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Hole:
    """A fact: its name between braces, what it is, how it is read for a person, and what everybody else reads."""

    name: str
    title: str | Promise
    read: Callable[[Account, Worker], str]
    general: str | Promise


@dataclass(frozen=True)
class Part:
    """A piece of an answer as it is shown; ``own`` marks what comes from the reader's own record."""

    text: str
    own: bool = False


def check_holes(text: str) -> None:
    """Refuse braces that name none of the facts."""
    unknown = [one for one in HOLE.findall(text) if one not in HOLES]
    if unknown or set("{}") & set(HOLE.sub("", text)):
        names = "、".join(f"{{{one}}}" for one in HOLES)
        sentence = _("花括号里只能写这几个名称：%(names)s。其他地方不要用花括号。") % {"names": names}
        raise Refusal("unknown_fact", sentence, field="text")


def parts_of(text: str, actor: Account | None) -> list[Part]:
    """Return the answer in pieces, its facts filled for whoever reads it."""
    worker = own_record(actor)
    return list(_parts(text, actor, worker))


def own_record(actor: Account | None) -> Worker | None:
    """Return the entry of the person who is signed in."""
    if actor is None or not actor.is_worker:
        return None
    mine = Worker.objects.visible_to(actor).active().filter(account=actor)
    return mine.select_related("county").first()


def own_placement(worker: Worker) -> Placement | None:
    """Return where a person is placed now."""
    rows = Placement.objects.standing().filter(worker=worker)
    return rows.select_related("employer_org", "station").first()


def _parts(text: str, actor: Account | None, worker: Worker | None) -> Iterator[Part]:
    for at, piece in enumerate(HOLE.split(text)):
        if at % 2 == 0:
            if piece:
                yield Part(piece)
        elif (hole := HOLES.get(piece)) is not None:
            yield _filled(hole, actor, worker)


def _filled(hole: Hole, actor: Account | None, worker: Worker | None) -> Part:
    if actor is None or worker is None:
        return Part(str(hole.general))
    return Part(hole.read(actor, worker), own=True)


def _certificates(actor: Account, worker: Worker) -> str:
    held = Certificate.objects.visible_to(actor).filter(worker=worker, valid_until__isnull=False)
    lines = [
        _now("您的%(name)s证有效至 %(day)s。") % {"name": one.kind, "day": one.valid_until.isoformat()}
        for one in held.select_related("kind").order_by("valid_until")
    ]
    return "".join(lines) or _now("您还没有登记写明有效期的证书。")


def _offer(actor: Account, worker: Worker) -> str:
    sent = Offer.objects.visible_to(actor).filter(worker=worker, state=Offer.State.SENT)
    offer = sent.select_related("demand").order_by("due_on").first()
    if offer is None:
        return _now("现在没有等您答复的岗位推荐。")
    return _now("有一个岗位“%(title)s”等您答复，请在 %(day)s 前答复。") % {
        "title": offer.demand.title, "day": offer.due_on.isoformat(),
    }  # fmt: skip


def _employer(actor: Account, worker: Worker) -> str:
    placement = own_placement(worker)
    if placement is None:
        return _now("您现在没有登记到岗的用人单位。")
    return _now("您登记的用人单位是%(name)s。") % {"name": placement.employer_org}


def _station(actor: Account, worker: Worker) -> str:
    placement = own_placement(worker)
    office = worker.county if placement is None else placement.station or worker.county
    if office is None:
        return _now("您还没有登记县（市、区）。")
    return _called(office)


def _called(office: Org) -> str:
    line = Hotline.objects.filter(org=office).first()
    if line is None:
        return _now("负责您的是%(name)s，它还没有登记咨询电话，可以打 12333。") % {"name": office}
    return _now("负责您的是%(name)s，咨询电话 %(number)s。") % {"name": office, "number": line.number}


def _status(actor: Account, worker: Worker) -> str:
    return _now("您登记的就业状态是“%(status)s”，上次核实是 %(day)s。") % {
        "status": worker.get_status_display(), "day": worker.status_checked_on.isoformat(),
    }  # fmt: skip


HOLES = {
    one.name: one
    for one in (
        Hole(
            "certificates", _("本人证书的有效期"), _certificates, _("登录以后，这里写明您本人证书的有效期。")
        ),
        Hole("offer", _("等本人答复的岗位"), _offer, _("登录以后，这里写明有没有岗位等您答复。")),
        Hole("employer", _("本人现在的用人单位"), _employer, _("登录以后，这里写明您登记的用人单位。")),
        Hole("station", _("负责本人的单位和电话"), _station, _("登录以后，这里写明负责您的单位和咨询电话。")),
        Hole("status", _("本人就业状态和核实日期"), _status, _("登录以后，这里写明您的就业状态和核实日期。")),
    )
}
"""The closed vocabulary, by name."""
