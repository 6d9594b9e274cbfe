"""The second proof of who signs in: an authenticator or a passkey."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled

from zhitong.kernel.models import Account

WIDE_LEVELS = ("city", "county")


def needs_second_proof(account: Account) -> bool:
    """Tell whether someone reaches a whole county or more and has set up no second proof yet."""
    if account.kind != Account.Kind.STAFF:
        return False
    wide = any(one.org is not None and one.org.level in WIDE_LEVELS for one in account.held)
    return wide and not is_mfa_enabled(account)


def shown_name(account: Account) -> str:
    """Return the name by which the sign-in pages address an account."""
    return account.name
