"""What an employer may read of a worker: field by field, and only after his own yes."""

from __future__ import annotations

from typing import Any

from zhitong.workers.models import Consent, Worker

from .actions.offers import has_consent
from .models import Interest, Offer


def shown_to_employer(offer: Offer) -> dict[str, Any]:
    """Return the fields of ``Offer.SHOWN_TO_EMPLOYER`` as people read them; nothing before the worker's yes.

    After a refusal, or when the worker no longer agrees that an employer reads about him, only the name stays, so
    that the employer knows whom it answered.
    """
    yes = offer.state in (Offer.State.AGREED, Offer.State.ACCEPTED) and offer.released_at is None
    if yes and has_consent(offer.worker, Consent.Purpose.SHARE):
        return {name: _read(offer.worker, name) for name in Offer.SHOWN_TO_EMPLOYER}
    if offer.state in (Offer.State.REFUSED, Offer.State.ACCEPTED):
        return {"name": offer.worker.name}
    return {}


def shown_at_booth(interest: Interest) -> dict[str, Any]:
    """Return the fields of ``Interest.SHOWN_AT_BOOTH`` as people read them, while he agrees to it."""
    if not has_consent(interest.worker, Consent.Purpose.SHARE):
        return {}
    return {name: _read(interest.worker, name) for name in Interest.SHOWN_AT_BOOTH}


def _read(worker: Worker, name: str) -> str:
    """Return one field: choices by their label, sealed values masked."""
    display = getattr(worker, f"get_{name}_display", None)
    value = display() if display is not None else getattr(worker, name)
    return "" if value is None else str(value)
