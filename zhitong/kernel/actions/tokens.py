"""Keys to the API for partner systems."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..action import action, note_move
from ..errors import Faster, Refusal
from ..models import Account, Token
from ..values import checked_line

PREFIX = "zhitong_"
"""Begins every token, so that one that was left lying in a file is recognised."""


@action(at="account", title=_("签发接口令牌"), about=Token)
def issue_token(*, by: Account, account: Account, label: str, expires_on: dt.date | None = None) -> str:
    """Issue a token to a partner's account and return its clear text, which is shown once and kept nowhere.

    It is 256 random bits; only their SHA-256 is stored. Refuses accounts that are no partner's or closed, and
    days that are past or beyond the longest validity.
    """
    if account.kind != Account.Kind.PARTNER:
        raise Refusal("token_for_partners", _("只有对接系统的账号才能签发令牌。"), field="account")
    if not account.is_active:
        raise Refusal("account_closed", _("这个账号已停用，不能签发令牌。"), field="account")
    clear = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account,
        label=checked_line(label, field="label", most=80),
        digest=hashlib.sha256(clear.encode()).hexdigest(),
        expires_on=_checked_expiry(expires_on),
    )
    note_move(token, "expires_on", None, token.expires_on)
    return clear


def _checked_expiry(expires_on: dt.date | None) -> dt.date:
    today = timezone.localdate()
    last = today + dt.timedelta(days=settings.TOKEN_DAYS)
    if expires_on is not None and expires_on < today:
        raise Refusal("token_expired", _("到期日不能早于今天。"), field="expires_on")
    if expires_on is not None and expires_on > last:
        sentence = _now("令牌最多有效 %(days)d 天。") % {"days": settings.TOKEN_DAYS}
        raise Refusal("token_too_long", sentence, field="expires_on")
    return expires_on or last


@action(at="token", title=_("吊销接口令牌"))
def revoke_token(*, by: Account, token: Token) -> Token:
    """Revoke a token: the next request that brings it is turned away."""
    if token.revoked_at is not None:
        raise Refusal("token_revoked_already", _("这个令牌已经吊销。"))
    now = timezone.now()
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        raise Faster
    token.revoked_at = now
    note_move(token, "revoked_at", None, now)
    return token
