"""From where an account is signed in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession

from zhitong.kernel.models import Account


def sessions_of(account: Account) -> list[Any]:
    """Return the account's own sessions that still hold; those that have run out are cleared away."""
    found: list[Any] = UserSession.objects.purge_and_list(account)
    return found
