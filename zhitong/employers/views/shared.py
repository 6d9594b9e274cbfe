"""How employers and posts look on every page."""

from __future__ import annotations

from typing import Any

from zhitong.kernel.fields import yuan

from ..models import Demand

EMPLOYER_COLOURS = {"waiting": "orange", "approved": "green", "refused": "red", "barred": "secondary"}
DEMAND_COLOURS = {"submitted": "orange", "approved": "green", "refused": "red", "closed": "secondary"}


def wage(demand: Demand) -> str:
    """Return the range of pay in yuan a month."""
    low, high = yuan(demand.wage_low_fen), yuan(demand.wage_high_fen)
    return low if low == high else f"{low}–{high}"


def choices_or_all(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]
