"""Arrival, as the receiving end signs it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.action import action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, in_place
from zhitong.kernel.news import tell
from zhitong.kernel.state import move
from zhitong.kernel.values import not_in_future
from zhitong.kernel.workdays import months_after
from zhitong.matching.actions import release_offer, retake_offer
from zhitong.matching.actions.offers import has_consent
from zhitong.workers.models import Consent, Worker

from ..events import WorkerArrived
from ..models import Placement, RetentionCheck
from .standing import city_of, first_day, note_status, waiting


@action(at="placement", title=_("签收到岗"))
def confirm_arrival(*, by: Account, placement: Placement, arrived_on: dt.date | None = None) -> Placement:
    """Sign that the worker has arrived; whoever was reported missing may arrive late.

    Sets the days on which somebody asks whether he is still there: 1, 3 and 6 months later.
    """
    held = waiting(placement, Placement.State.AWAITED, Placement.State.MISSED)
    day = not_in_future("arrived_on", arrived_on or timezone.localdate())
    if day < first_day(held):
        raise Refusal("before_offer", _("到岗日期不能早于推荐岗位的日期。"), field="arrived_on")
    if held.offer is not None and held.offer.released_at is not None:
        retake_offer(by=by, offer=held.offer)
    try:
        with transaction.atomic():
            move(held, Placement.State.ARRIVED, arrived_on=day, confirmed_by=by)
    except IntegrityError:
        raise Refusal("placed_already", _("他还在另一个岗位上，要先登记离岗。")) from None
    RetentionCheck.objects.bulk_create(_checks(held, day))
    note_status(by, held, Worker.Status.AWAY, day, region=city_of(held.demand.region))
    tell(WorkerArrived(held.pk))
    return held


@action(at="placement", title=_("登记未到岗"))
def report_missing(*, by: Account, placement: Placement) -> Placement:
    """Say that the worker did not come by the expected day; his seat is free again."""
    held = waiting(placement, Placement.State.AWAITED)
    if held.expected_on > timezone.localdate():
        sentence = _("应到岗日期是%(day)s，还没有到。") % {"day": held.expected_on.isoformat()}
        raise Refusal("not_yet_expected", sentence)
    move(held, Placement.State.MISSED)
    if held.offer is not None and held.offer.released_at is None:
        release_offer(by=by, offer=held.offer)
    return held


@action(at="placement", title=_("查看到岗人手机号"))
def reveal_arrival_telephone(*, by: Account, placement: Placement) -> str:
    """Return the worker's telephone to the end that receives him; the line that it leaves is shown to the worker.

    Refuses when he no longer agrees that it is told what it needs to know.
    """
    held = waiting(placement, Placement.State.AWAITED, Placement.State.ARRIVED, Placement.State.MISSED)
    if not has_consent(held.worker, Consent.Purpose.SHARE):
        raise Refusal("not_shown", _("本人已撤回提供个人信息的同意，请联系推荐单位。"))
    if held.worker.telephone is None:
        raise Refusal("nothing_held", _("他没有登记手机号，请联系推荐单位。"))
    return str(held.worker.telephone.open())


def _checks(placement: Placement, day: dt.date) -> list[RetentionCheck]:
    return [
        RetentionCheck(
            placement=placement,
            station_id=placement.station_id,
            employer_org_id=placement.employer_org_id,
            months=months,
            due_on=months_after(day, months),
            **in_place(placement),
        )
        for months in RetentionCheck.MONTHS
    ]
