"""Places in interview slots: given up with the interview, or with the offer for which they were held."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone

from zhitong.kernel.models import Account
from zhitong.kernel.state import move

from ..models import Interview, InterviewSlot


def give_up_place(by: Account, interview: Interview, to: str) -> Interview:
    """Settle a booked interview that will not take place, and free its place in the slot."""
    InterviewSlot.objects.filter(pk=interview.slot_id).update(taken=F("taken") - 1)
    return move(interview, to, settled_by=by, settled_at=timezone.now())


def drop_interviews(by: Account, offers: Iterable[int]) -> None:
    """Give up the places that were held for offers that are settled otherwise.

    An interview that has begun stays, so that it can still be written down how it came out.
    """
    for one in Interview.objects.booked().to_come().filter(offer__in=list(offers)).order_by("pk"):
        give_up_place(by, one, Interview.State.CANCELLED)
