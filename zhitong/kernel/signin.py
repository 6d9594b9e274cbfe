"""How accounts sign in: telephones and codes for the library that does it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from .models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Tells the sign-in library where a telephone is kept and how a code is sent."""

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        """Return the account's telephone and whether it was verified."""
        return (user.telephone.open(), user.telephone_verified) if user.telephone else None

    def get_user_by_phone(self, phone: str) -> Any:
        """Return the account with this telephone."""
        return Account.objects.with_telephone(phone).first()
