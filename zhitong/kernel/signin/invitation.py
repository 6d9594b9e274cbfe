"""Invitations: a signed link by which the owner of an account chooses how to sign in, once."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account

SALT = "zhitong.invitation"


def invitation_link(request: HttpRequest, account: Account) -> str:
    """Return the whole address; it serves until the password is set, or its days are over."""
    token = signing.dumps([account.pk, _stamp(account)], salt=SALT)
    return request.build_absolute_uri(reverse("accept_invitation", args=[token]))


def invited(token: str) -> Account:
    """Return the account that is invited; raises ``Refusal`` for a link that no longer serves."""
    days = dt.timedelta(days=settings.ZHITONG_INVITATION_DAYS)
    try:
        number, stamp = signing.loads(token, salt=SALT, max_age=days)
    except signing.BadSignature:
        raise _no_longer() from None
    account: Account | None = Account.objects.filter(pk=number, is_active=True).first()
    if account is None or _stamp(account) != stamp:
        raise _no_longer()
    return account


def _stamp(account: Account) -> str:
    """Return what changes with the password, so that a link serves once."""
    return hashlib.sha256(account.password.encode()).hexdigest()[:16]


def _no_longer() -> Refusal:
    return Refusal("invitation_over", _("这个邀请链接已经用过或过期，请向邀请您的单位要一个新的。"))
