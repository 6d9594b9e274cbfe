"""How employers and posts look on every page."""

from __future__ import annotations

from typing import Any

EMPLOYER_COLOURS = {"waiting": "orange", "approved": "green", "refused": "red", "barred": "secondary"}
DEMAND_COLOURS = {"submitted": "orange", "approved": "green", "refused": "red", "closed": "secondary"}


def choices_or_all(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *choices]
