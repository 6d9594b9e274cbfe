"""Which lists there are: every list of a page is known by the name under which its spreadsheet is ordered."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

LISTS: dict[str, type] = {}
"""Filled by the lists themselves, as their pages are declared."""


def name_of_list(kind: type) -> str:
    """Return the name under which a list is ordered."""
    return f"{kind.__module__}.{kind.__qualname__}"


def list_named(name: str) -> type | None:
    """Return the list of this name, or nothing; a name never leads to anything but a list of a page."""
    import_module(settings.ROOT_URLCONF)
    return LISTS.get(name)
