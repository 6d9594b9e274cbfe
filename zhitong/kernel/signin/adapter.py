"""What the sign-in library asks of the house."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from zhitong.kernel.models import Account
from zhitong.kernel.privacy import seal, unseal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by verbs, so nobody signs up here; passwords are changed by a verb."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account through the library's own page."""
        return False

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        """Return the account's telephone and whether it was verified."""
        return (user.telephone.open(), user.telephone_verified) if user.telephone else None

    def get_user_by_phone(self, phone: str) -> Any:
        """Return the account with this telephone."""
        return Account.objects.with_telephone(phone).first()

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        """Telephones are set by verbs."""

    def set_phone_verified(self, user: Account, phone: str) -> None:
        """A worker's account is opened with a verified telephone."""

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **more: Any) -> None:
        """Send a code to a telephone."""
        from zhitong.kernel.sms import send_code

        send_code(phone, code)

    def set_password(self, user: Account, password: str) -> None:
        """Change the password by the verb, so that the record says so."""
        from zhitong.kernel.actions import change_own_password

        change_own_password(by=user, password=password)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second proofs are sealed like every other sensitive value."""

    def encrypt(self, text: str) -> str:
        """Return the sealed text, in letters."""
        return b64encode(seal(text, "second_proof")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the clear text."""
        return unseal(b64decode(encrypted_text), "second_proof")
