"""What the receiving end may read of a worker: field by field."""

from __future__ import annotations

from typing import Any

from zhitong.matching.actions.offers import has_consent
from zhitong.workers.models import Consent

from .models import Placement


def shown_to_receiver(placement: Placement) -> dict[str, Any]:
    """Return the fields of ``Placement.SHOWN_TO_RECEIVER`` as people read them, the telephone masked.

    When the worker no longer agrees that the other end is told of him, those beside ``KEPT_BY_RECEIVER`` are blank.
    """
    agrees = has_consent(placement.worker, Consent.Purpose.SHARE)
    told = Placement.SHOWN_TO_RECEIVER if agrees else Placement.KEPT_BY_RECEIVER
    return {name: value if name in told else "" for name, value in shown_at_home(placement).items()}


def shown_at_home(placement: Placement) -> dict[str, Any]:
    """Return the same fields as those read them who have the worker in their care."""
    return {name: _READERS[name](placement.worker) for name in Placement.SHOWN_TO_RECEIVER}


_READERS: dict[str, Any] = {
    "name": lambda worker: worker.name,
    "sex": lambda worker: worker.get_sex_display(),
    "telephone": lambda worker: _text(worker.telephone),
    "home_county": lambda worker: worker.county.place_name if worker.county is not None else "",
}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
