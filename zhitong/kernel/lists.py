"""Which lists there are: every list of a page is known by the name under which its spreadsheet is ordered."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings

LISTS: dict[str, Any] = {}
"""Filled by the lists themselves, as their pages are declared."""


def name_of_list(kind: type) -> str:
    """Return the name under which a list is ordered."""
    return f"{kind.__module__}.{kind.__qualname__}"


def list_named(name: str) -> type[Any] | None:
    """Return the list of this name, or nothing; a name never leads to anything but a list of a page."""
    import_module(settings.ROOT_URLCONF)
    return LISTS.get(name)


def kept_columns_of(name: str) -> Mapping[str, Any] | None:
    """Return the columns of a list by the key under which layouts keep them; nothing where it keeps no layouts."""
    kind: Any = list_named(name)
    return kind.kept_columns() if kind is not None and kind.keeps_layouts() else None
