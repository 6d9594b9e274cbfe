"""How rounds, proposals and offers look on every page, and who is asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhitong.employers.models import Demand
from zhitong.kernel.models import Account, Org

from ..models import Offer

ROUND_COLOURS = {
    "waiting": "azure", "solving": "azure", "proposed": "orange", "adopted": "green", "failed": "red",
    "cancelled": "secondary",
}  # fmt: skip
PROPOSAL_COLOURS = {"proposed": "orange", "adopted": "green", "passed_over": "secondary"}
OFFER_COLOURS = {
    "sent": "orange", "agreed": "blue", "accepted": "green", "declined": "secondary", "refused": "red",
    "expired": "secondary", "recalled": "secondary",
}  # fmt: skip


def benefits(demand: Demand) -> list[str]:
    """Return what the employer gives beside pay."""
    names = ("has_dormitory", "has_meals", "has_insurance", "refunds_travel")
    return [str(demand._meta.get_field(name).verbose_name) for name in names if getattr(demand, name)]  # type: ignore[union-attr]


def village(row: Any) -> str:
    """Return the name of the village in whose care a row stands."""
    return row.village.place_name if row.village is not None else ""


def day_of(name: str) -> Callable[[Any], Any]:
    """Return how a column shows only the day of an instant."""
    return lambda row: timezone.localdate(getattr(row, name))


def reads_people(actor: Account) -> bool:
    """Tell whether the actor works for the people's own side: those who read proposals read who is meant."""
    return any(one.unbounded or one.role.sees("matching.Proposal") for one in actor.held)


def due(offer: Offer) -> str:
    """Return the last day of an open offer, and that it has passed."""
    if offer.state not in (Offer.State.SENT, Offer.State.AGREED):
        return ""
    late = offer.due_on < timezone.localdate()
    return f"{offer.due_on.isoformat()}{_('（已过）') if late else ''}"


def joined(parts: Iterable[Any]) -> str:
    """Return short phrases as one line."""
    return _("；").join(str(one) for one in parts if one)


def readable_places(actor: Account, keys: list[int]) -> dict[int, Org]:
    """Return the places of which the reader may see figures: all in the reader's own care or below."""
    orgs = Org.objects.visible_to(actor).filter(pk__in=keys).in_bulk()
    own = [one.org for one in actor.held if one.org is not None and one.org.level is not None]
    if any(one.unbounded for one in actor.held):
        return orgs
    return {
        key: org
        for key, org in orgs.items()
        if any(getattr(org, f"{mine.level}_id") == mine.place_id for mine in own)
    }
