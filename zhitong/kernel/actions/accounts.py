"""Accounts and what they are granted."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..action import action
from ..errors import Refusal
from ..models import Account, Grant, Org
from ..roles import roles


@action(at="org", title=_("授予角色"), keeps=("role",), about=Grant)
def give_role(
    *, by: Account, account: Account, role: str, org: Org, begins_on: dt.date | None = None
) -> Grant:
    """Grant a role at an organisation from a day on; refuses a role that is not granted at such a kind."""
    if role not in roles() or org.kind not in roles()[role].at:
        raise Refusal("role_not_granted_here", _("这个角色不能授予这类组织。"), field="role")
    standing = Grant.objects.standing().filter(account=account, role=role, org=org).first()
    if standing is not None:
        raise Refusal("role_held_already", _("这个账号已有这个角色。"), field="role")
    return Grant.objects.create(
        account=account, role=role, org=org, begins_on=begins_on or timezone.localdate()
    )


@action(at="org", title=_("开设账号"), keeps=("kind",), about=Account)
def open_account(
    *, by: Account, org: Org, kind: str, username: str, name: str, password: str | None = None
) -> Account:
    """Open an account for somebody at an organisation; without a password it waits for an invitation."""
    if Account.objects.filter(username=username).exists():
        raise Refusal("username_taken", _("这个用户名已被使用，请换一个。"), field="username")
    account = Account(username=username, name=name, kind=kind, is_sample=org.is_sample)
    account.set_password(password)
    account.save()
    return account
