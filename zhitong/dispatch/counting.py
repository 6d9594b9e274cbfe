"""What became of the posts that a target counts: collected, stale or doubtful, recommended, employed, still there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from zhitong.employers.models import Demand, Target
from zhitong.matching.models import Offer, Proposal

from .models import Placement

NEVER_CONFIRMED = (Demand.CloseReason.STALE, Demand.CloseReason.EXPIRED)
YES = (Offer.State.AGREED, Offer.State.ACCEPTED, Offer.State.REFUSED)
"""An employer's refusal, too, came after the worker's yes. So did an employer's silence where there was an answer."""


def progress_of_all() -> dict[int, dict[str, int]]:
    """Return the counts of every target as of today, by its key."""
    today = timezone.localdate()
    return {one.pk: progress_of(one, today) for one in Target.objects.select_related("org").order_by("pk")}


def progress_of(target: Target, today: dt.date) -> dict[str, int]:
    """Return the counts of one target by the fields of ``TargetProgress``: posts in seats, then people.

    A department or station counts what it collected itself, a place whatever stands in its care. Stale posts are
    those that were closed because nobody confirmed them, or that stand although their days are over; doubtful ones
    are marked so or were found untrue. Both stay within what was entered.
    """
    demands = Demand.objects.filter(_counted(target, ""))
    stale = Q(close_reason__in=NEVER_CONFIRMED) | Q(state__in=Demand.STANDING, valid_until__lt=today)
    doubtful = Q(is_doubtful=True) | Q(close_reason=Demand.CloseReason.UNTRUE)
    seats = demands.aggregate(
        entered=Sum("seats"),
        stale=Sum("seats", filter=stale),
        doubtful=Sum("seats", filter=doubtful),
        approved=Sum("seats", filter=Q(approved_at__isnull=False)),
    )
    offers = _states(Offer.objects.filter(_counted(target, "demand__")))
    unheard = Offer.objects.filter(
        _counted(target, "demand__"), state=Offer.State.EXPIRED, answered_at__isnull=False
    )
    placements = _states(Placement.objects.filter(_counted(target, "demand__")))
    proposals = _states(Proposal.objects.filter(_counted(target, "demand__")))
    return {
        **{name: many or 0 for name, many in seats.items()},
        "proposed": proposals.total() - proposals[Proposal.State.PASSED_OVER],
        "offered": offers.total() - offers[Offer.State.RECALLED],
        "agreed": sum(offers[state] for state in YES) + unheard.count(),
        "employed": placements.total(),
        "still_there": placements[Placement.State.ARRIVED],
    }


def _counted(target: Target, prefix: str) -> Q:
    """Return the condition under which a post counts for the target, seen through ``prefix``."""
    level = Target.PLACES.get(target.org.kind)
    owed = {"collected_by": target.org_id} if level is None else {level: getattr(target.org, f"{level}_id")}
    period = {"collected_on__gte": target.begins_on, "collected_on__lte": target.ends_on}
    return Q(**{f"{prefix}{name}": value for name, value in {**owed, **period}.items()})


def _states(rows: QuerySet[Any]) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("state").annotate(n=Count("pk"))))
