"""The end of a placement."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action, note_rows
from zhitong.kernel.erasing import emptied
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.kernel.news import tell
from zhitong.kernel.state import move
from zhitong.kernel.values import not_in_future
from zhitong.matching.actions import release_offer
from zhitong.workers.models import Worker

from ..events import PlacementEnded
from ..models import Placement, RetentionCheck
from .standing import city_of, note_status, waiting

UNANSWERED = (RetentionCheck.State.DUE, RetentionCheck.State.UNREACHABLE)
AFTERWARDS = {
    Placement.EndReason.RETURNED: Worker.Status.RETURNED,
    Placement.EndReason.CHANGED_JOB: Worker.Status.AWAY,
}
"""How the register sees someone who left for such a reason; for others he is away and looks for work."""


@action(at="placement", title=_("登记离岗"), keeps=("reason",), about=Placement)
def end_placement(
    *, by: Account, placement: Placement, reason: str, ended_on: dt.date | None = None
) -> Placement:
    """Say when and why the worker left; his seat is free, and open checks are answered with it."""
    held = waiting(placement, Placement.State.ARRIVED)
    if reason not in Placement.EndReason.values:
        raise Refusal("not_a_choice", _("请从列出的原因里选一项。"), field="reason")
    day = not_in_future("ended_on", ended_on or timezone.localdate())
    if held.arrived_on is not None and day < held.arrived_on:
        raise Refusal("before_arrival", _("离岗日期不能早于到岗日期。"), field="ended_on")
    move(held, Placement.State.ENDED, ended_on=day, end_reason=reason)
    RetentionCheck.objects.filter(placement=held, state__in=UNANSWERED).update(
        state=RetentionCheck.State.LEFT, answered_on=day, answered_by=by
    )
    if held.offer is not None and held.offer.released_at is None:
        release_offer(by=by, offer=held.offer)
    status = AFTERWARDS.get(Placement.EndReason(reason), Worker.Status.AWAY_SEEKING)
    region = None if status == Worker.Status.RETURNED else city_of(held.demand.region)
    note_status(by, held, status, day, region=region)
    tell(PlacementEnded(held.pk))
    return held


@action(at="worker", title=_("清除安置里的个人信息"))
def erase_placements_of_worker(*, by: Account, worker: Worker) -> int:
    """Empty what placements say of a person whose data are deleted; the rows stay and are counted."""
    said = Placement.objects.filter(worker=worker).exclude(end_reason="")
    count = said.update(**(emptied(Placement) or {}))
    note_rows(count)
    return count
