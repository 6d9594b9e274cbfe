"""What the receiving end may read of a worker: field by field."""

from __future__ import annotations

from typing import Any

from .models import Placement


def shown_to_receiver(placement: Placement) -> dict[str, Any]:
    """Return the fields of ``Placement.SHOWN_TO_RECEIVER`` as people read them, the telephone masked."""
    return {name: _READERS[name](placement.worker) for name in Placement.SHOWN_TO_RECEIVER}


_READERS: dict[str, Any] = {
    "name": lambda worker: worker.name,
    "sex": lambda worker: worker.get_sex_display(),
    "telephone": lambda worker: _text(worker.telephone),
    "home_county": lambda worker: worker.county.place_name if worker.county is not None else "",
}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
