"""Who asks: a partner's program with its token, or a person whose browser is signed in."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from ..models import Account, Token
from ..signin.proof import ProofMissing, lacks_second_proof
from ..web.guard import account_of


class TokenAuth(HttpBearer):
    """``Authorization: Bearer …`` with a token that was issued to a partner."""

    def authenticate(self, request: HttpRequest, token: str) -> Account | None:
        """Return the account of a token that stands today."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        standing = Token.objects.standing().filter(digest=digest, account__is_active=True)
        found = standing.select_related("account").first()
        if found is not None:
            _note_use(found)
        return _actor(request, None if found is None else found.account)


def _note_use(token: Token) -> None:
    """Keep when a token was last used, at most once an hour, so that reading costs no writing."""
    now = timezone.now()
    if token.used_at is None or now - token.used_at > dt.timedelta(hours=1):
        Token.objects.filter(pk=token.pk).update(used_at=now)


class SessionAuth(APIKeyCookie):
    """The signed-in browser's session, guarded against forgery as every form is."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Account | None:
        """Return who is signed in, holding what they hold where they act now; refuses a proof that is missing."""
        if not request.user.is_authenticated:
            return None
        account = account_of(request)
        if lacks_second_proof(account):
            raise ProofMissing
        return _actor(request, account)


def _actor(request: HttpRequest, account: Account | None) -> Account | None:
    if account is not None:
        request.actor = account  # type: ignore[attr-defined]
    return account
