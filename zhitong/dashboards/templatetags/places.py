"""How places are named on pages."""

from __future__ import annotations

from django import template

from zhitong.dashboards.counts import place_name

register = template.Library()
register.filter("place_name", place_name)


@register.filter
def thousands(count: int) -> str:
    """Return a count with its thousands marked, in every language alike."""
    return f"{count:,}"
