"""How places are named on pages."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def thousands(count: int) -> str:
    """Return a count with its thousands marked, in every language alike."""
    return f"{count:,}"
