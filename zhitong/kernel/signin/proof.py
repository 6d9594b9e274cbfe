"""The second proof of who signs in: an authenticator or a passkey."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account

WIDE_LEVELS = ("city", "county")


def needs_second_proof(account: Account) -> bool:
    """Tell whether someone reaches a whole county or more and has set up no second proof yet."""
    if account.kind != Account.Kind.STAFF:
        return False
    wide = any(one.org is not None and one.org.level in WIDE_LEVELS for one in account.held)
    return wide and not is_mfa_enabled(account)


def lacks_second_proof(account: Account) -> bool:
    """Tell whether this installation asks the account for a second proof that it has not set up."""
    return settings.ZHITONG_REQUIRE_MFA and needs_second_proof(account)


class ProofMissing(Refusal):
    """Who signed in reaches a whole county or more and has set up no second proof."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "second_proof_missing", _("您的角色管一个县以上的资料，请先设置双因素认证，再继续办理。")
        )


def shown_name(account: Account) -> str:
    """Return the name by which the sign-in pages address an account."""
    return account.name
