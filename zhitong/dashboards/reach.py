"""Which places a reader may look at: their own and everything below."""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Account, Org

BELOW = {"city": "county", "county": "town", "town": "village", "village": None}
"""The place column into which each level is broken down."""


def places_of(actor: Account, label: str = "workers.Worker") -> list[Org]:
    """Return the organisations with a place whose rows of this model the actor reads, widest first."""
    order = list(BELOW)
    held = {one.org for one in actor.held if one.org is not None and one.org.level and one.role.sees(label)}
    return sorted(held, key=lambda org: (order.index(str(org.level)), org.pk))


def place_at(actor: Account, number: int | None) -> Org | None:
    """Return the place asked for, or the actor's widest own; ``None`` where the actor has none.

    Raises ``OutOfReach`` for a place beyond the actor's, or one that is no place.
    """
    own = places_of(actor)
    if number is None:
        return own[0] if own else None
    org = Org.objects.visible_to(actor).places().filter(pk=number).first()
    if org is None or not _within(org, own):
        raise OutOfReach
    return org


def _within(org: Org, own: Sequence[Org]) -> bool:
    return any(getattr(org, f"{one.level}_id") == getattr(one, f"{one.level}_id") for one in own)


def way_to(org: Org, actor: Account) -> list[Org]:
    """Return the places above ``org`` that the actor may look at, widest first."""
    own = places_of(actor)
    above = (getattr(org, level) for level in BELOW)
    return [one for one in above if one is not None and one.pk != org.pk and _within(one, own)]
