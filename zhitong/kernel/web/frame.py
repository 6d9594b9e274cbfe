"""The frame around every page: navigation by role, who acts, the mark of a sample installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from zhitong.kernel import access
from zhitong.kernel.models import Account

from .guard import account_of

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """A line of the navigation."""

    label: Text
    url_name: str
    icon: str
    reads: str
    verb: str
    audience: str
    section: Text
    order: int
    covers: tuple[str, ...] = ()

    def shows_to(self, actor: Account) -> bool:
        """Tell whether the actor's roles make use of it."""
        worker = actor.is_worker
        if self.audience != "all" and (self.audience == "worker") != worker:
            return False
        if self.reads:
            return any(one.role.sees(self.reads) for one in actor.held)
        return not self.verb or access.holds(actor, self.verb)


_entries: dict[str, Entry] = {}


def menu(
    label: Text,
    url_name: str,
    *,
    icon: str = "point",
    reads: str = "",
    verb: str = "",
    audience: str = "staff",
    section: Text = "",
    order: int = 50,
    covers: tuple[str, ...] = (),
) -> None:
    """Put a page into the navigation of those whose roles read a model or hold a verb.

    ``audience`` is ``staff`` (also employers), ``worker`` (the bar below the phone pages) or ``all``.
    ``covers`` names routes that belong to this page although their address does not begin with its own.
    """
    _entries[f"{audience}:{url_name}"] = Entry(
        label, url_name, icon, reads, verb, audience, section, order, covers
    )


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the navigation, the actor and the marks of the installation."""
    user = getattr(request, "user", None)
    actor = account_of(request) if user is not None and user.is_authenticated else None
    worker = actor is not None and actor.is_worker
    return {
        "actor": actor,
        "page_base": "entrance.html" if actor is None else "phone.html" if worker else "staff.html",
        "navigation": _navigation(request, actor),
        "held": [] if actor is None else [one for one in actor.held if one.org is not None],
        "is_sample": settings.SAMPLE_INSTALLATION,
        "welcome": lambda: import_string(settings.ZHITONG_WELCOME)().splitlines(),
    }


def _navigation(request: HttpRequest, actor: Account | None) -> list[dict[str, Any]]:
    if actor is None:
        return []
    shown = sorted((one for one in _entries.values() if one.shows_to(actor)), key=lambda one: one.order)
    lines: list[dict[str, Any]] = [
        {"entry": one, "url": url} for one in shown if (url := _url(one)) is not None
    ]
    route = getattr(request.resolver_match, "url_name", None)
    covering = [one["url"] for one in lines if route in one["entry"].covers]
    begun = [one["url"] for one in lines if request.path.startswith(one["url"])]
    here = max(covering or begun, key=len, default=None)
    return [{**one, "is_here": one["url"] == here} for one in lines]


def _url(entry: Entry) -> str | None:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return None
