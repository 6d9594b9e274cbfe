"""The row as it stands inside the transaction, and what the register learns of it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Org, Region
from zhitong.workers.actions import confirm_status
from zhitong.workers.models import Source, Worker

from ..models import Placement

KEPT_ASIDE = ("newer_check_exists", "not_on_register")
"""Ways in which the register says that it knows better; what happened at the other end stays true."""


def locked(placement: Placement) -> Placement:
    """Return the placement as it stands now, held until the transaction ends."""
    rows = Placement.objects.select_for_update(of=("self",)).select_related("worker", "demand__region")
    return rows.get(pk=placement.pk)


def waiting(placement: Placement, *states: str) -> Placement:
    """Return the placement, held, while it is in one of these states; else say what became of it."""
    held = locked(placement)
    if held.state not in states:
        raise Refusal("placement_settled", _settled(held), state=str(held.state))
    return held


def source_of(by: Account) -> str:
    """Return how somebody knows who acts from where he stands."""
    if Worker.objects.filter(account=by).exists():
        return Source.SELF
    kinds = {one.org.kind for one in by.held if one.org is not None}
    if Org.Kind.EMPLOYER in kinds:
        return Source.EMPLOYER
    return Source.STATION if Org.Kind.STATION in kinds else Source.TELEPHONE


def note_status(
    by: Account, placement: Placement, status: str, day: dt.date, *, region: Region | None = None
) -> None:
    """Tell the register how the worker stands, unless it holds a newer check or has let him go.

    Where the entry was merged since, it is the person's kept entry that learns of it.
    """
    worker = placement.worker
    try:
        confirm_status(
            by=by,
            worker=worker.merged_into or worker,
            status=status,
            source=source_of(by),
            checked_on=day,
            work_region=region,
        )
    except Refusal as no:
        if no.code not in KEPT_ASIDE:
            raise


def first_day(placement: Placement) -> dt.date:
    """Return the day before which nobody can have arrived: that of the offer."""
    sent_at = placement.offer.sent_at if placement.offer is not None else placement.placed_at
    return timezone.localdate(sent_at)


def city_of(region: Region) -> Region:
    """Return the city in which a division lies, or the division itself where none is named above it."""
    above: Region | None = region
    while above is not None and not above.is_city:
        above = above.parent
    return above or region


def _settled(placement: Placement) -> str:
    sentences = {
        Placement.State.AWAITED: _("他还没有到岗，暂时不能办这一步。"),
        Placement.State.ARRIVED: _("他已经签收到岗。"),
        Placement.State.MISSED: _("他已经登记为未到岗。"),
        Placement.State.ENDED: _("他已经登记离岗。"),
    }
    return str(sentences[Placement.State(placement.state)])
