"""Pages read only through ``visible_to``, and every page is guarded."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from django.urls import URLPattern, URLResolver, get_resolver

from .source import Module, chain, modules

ROOMS = ("views", "pages", "forms", "api")
LIBRARIES = ("allauth.", "ninja.", "django.", "django_prometheus.")


def reads_around_reach(sources: Iterable[Module]) -> list[str]:
    """Return a sentence for each reading in a page, form or API that does not begin with ``visible_to``."""
    found = []
    for module in sources:
        if not any(module.is_room(room) for room in ROOMS) or module.path == "zhitong/kernel/api/signin.py":
            continue
        inner = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "objects" and id(node) in inner:
                first = _next_link(module.tree, node)
                if first not in ("visible_to", "none"):
                    found.append(
                        f"{module.path}:{node.lineno} reads {chain(node)[0]}.objects.{first}(…). What a person is "
                        "shown begins with visible_to(actor), so that out of reach looks like absent."
                    )
    return found


def _next_link(tree: ast.AST, node: ast.Attribute) -> str:
    return next(one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute) and one.value is node)


def unguarded(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> list[str]:
    """Return a sentence for each of our own routes whose view says neither ``signed_in`` nor ``public``."""
    found = []
    for one in patterns:
        address = prefix + str(one.pattern)
        if address == "/api/":  # guarded as a whole by its own authentication
            continue
        if isinstance(one, URLResolver):
            found += unguarded(one.url_patterns, address)
        elif not one.callback.__module__.startswith(LIBRARIES) and not hasattr(one.callback, "guard"):
            found.append(
                f"{address} is open: mark its view @signed_in, or @public with the reason beside it."
            )
    return found


def test_pages_read_through_reach() -> None:
    assert reads_around_reach(modules()) == []


def test_every_page_is_guarded() -> None:
    assert unguarded(get_resolver().url_patterns) == []


def test_breaches_are_found() -> None:
    broken = Module("zhitong/workers/views.py", "rows = Worker.objects.filter(pk=1)\n")
    assert "visible_to" in reads_around_reach([broken])[0]
    fine = Module("zhitong/workers/views.py", "rows = Worker.objects.visible_to(me).filter(pk=1)\n")
    assert reads_around_reach([fine]) == []

    def view(request: object) -> None: ...

    from django.urls import path

    assert "is open" in unguarded([path("x/", view)])[0]
