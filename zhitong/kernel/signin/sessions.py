"""From where an account is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
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
