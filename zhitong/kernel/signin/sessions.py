"""From where an account is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.models import Account

PROGRAMS: tuple[tuple[str, str | Promise], ...] = (
    ("MicroMessenger", _("微信")), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
DEVICES: tuple[tuple[str, str | Promise], ...] = (
    ("Android", _("安卓手机")), ("iPhone", _("苹果手机")), ("iPad", _("苹果平板")), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
"""What a browser says of itself, surest first, and what people call it."""
NOTED_FOR = dt.timedelta(minutes=5)
"""How long the last use of a session is not noted anew."""


class SessionsMiddleware:
    """Notes when and from where a session is used: at once from a new place, else once in five minutes.

    In between a page that is only read writes nothing, and waits for nobody who writes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and request.user.is_authenticated and not _is_noted(request):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def _is_noted(request: HttpRequest) -> bool:
    most = UserSession._meta.get_field("user_agent").max_length
    lately = UserSession.objects.filter(
        session_key=request.session.session_key,
        last_seen_at__gte=timezone.now() - NOTED_FOR,
        user=request.user,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:most],
    )
    return bool(lately.exists())


@dataclass(frozen=True)
class Held:
    """One sign-in that holds: the library's row, and the device in words."""

    session: Any
    device: str


def sessions_of(account: Account) -> list[Held]:
    """Return the account's own sessions that still hold; those that have run out are cleared away."""
    return [Held(one, device_of(one.user_agent)) for one in UserSession.objects.purge_and_list(account)]


def device_of(user_agent: str) -> str:
    """Return what a browser is and on what it runs, as far as it says."""
    named = (
        next((name for mark, name in known if mark in user_agent), None) for known in (DEVICES, PROGRAMS)
    )
    return " · ".join(str(one) for one in named if one is not None) or str(_("别的设备"))
