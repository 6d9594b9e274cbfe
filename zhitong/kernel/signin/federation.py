"""Sign-in through another house's identity provider (OpenID Connect), switched on by the setting ``ZHITONG_OIDC``."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from zhitong.kernel.models import Account


class FederationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The provider says who it is; the account must exist here already. Nobody opens one by signing in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are opened by verbs."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the active work account whose username the provider names."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        username = str(sociallogin.account.extra_data.get("preferred_username", ""))
        account = self.account_named(username)
        if account is not None:
            sociallogin.connect(request, account)

    def account_named(self, username: str) -> Account | None:
        """Return the active work account of this username."""
        kinds = (Account.Kind.STAFF, Account.Kind.EMPLOYER)
        found: Account | None = Account.objects.filter(
            username=username, is_active=True, kind__in=kinds
        ).first()
        return found
