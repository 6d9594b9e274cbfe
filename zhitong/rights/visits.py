"""What a public page stores for whoever has no account: counts without a name, a question with a telephone."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume
from django.db import DatabaseError
from django.http import HttpRequest

from zhitong.kernel.models import Account, Org

from .actions import ask_without_account, count_opening, count_search
from .models import Answer, Enquiry
from .offices import counting_place

log = structlog.get_logger(__name__)


def note_search(request: HttpRequest, county: Org | None, text: str, found: bool) -> None:
    """Count a search, as long as the address does not ask faster than people do."""
    place = counting_place(county)
    if place is not None and _counts(request):
        _without_harm(count_search, place=place, text=text, found=found)


def note_opening(request: HttpRequest, county: Org | None, answer: Answer) -> None:
    """Count that an answer was opened, as long as the address does not ask faster than people do."""
    place = counting_place(county)
    if place is not None and _counts(request):
        _without_harm(count_opening, place=place, answer=answer)


def may_ask(request: HttpRequest, telephone: str) -> bool:
    """Tell whether somebody unknown may still ask: so many an hour from an address, so many a day for a number."""
    return bool(ratelimit.consume(request, action="ask_question", key=telephone))


def ask_as_guest(given: dict[str, Any], nonce: str | None) -> Enquiry:
    """Put a question in the name of the house for somebody who did not sign in."""
    return ask_without_account(by=Account.objects.system(), **given, nonce=nonce)  # type: ignore[call-arg]


def _counts(request: HttpRequest) -> bool:
    used = consume(request, app="allauth.account", action="count_asked", limit_get=True)
    return used is not None


def _without_harm(count: Any, **what: Any) -> None:
    """Count, and let the page be shown even where the count cannot be stored."""
    try:
        count(by=Account.objects.system(), **what)
    except DatabaseError:
        log.warning("asked_not_counted")
