"""How people come to sign in: by their own telephone, by invitation, and how their sessions end."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..action import action
from ..errors import Refusal
from ..models import Account, Org
from ..privacy import mask_telephone
from ..roles import roles
from ..state import unless_taken
from .accounts import check_username, give_role, open_account, refuse_weak


@action(at=None, title=_("用手机号开户"), about=Account)
def open_own_account(*, by: Account, telephone: str) -> Account:
    """Open a worker's own account for a telephone whose code was just entered; there is one for a telephone."""
    held: Account | None = Account.objects.with_telephone(telephone).first()
    if held is not None:
        return held
    account = Account(
        username=f"w-{secrets.token_hex(8)}", name=mask_telephone(telephone), kind=Account.Kind.WORKER,
        telephone=telephone, telephone_verified=True,
    )  # fmt: skip
    account.set_unusable_password()
    account.save()
    return account


@action(at="org", title=_("邀请开户"), keeps=("role",), about=Account)
def invite_account(*, by: Account, org: Org, role: str, name: str) -> Account:
    """Open an account without a password, grant it a role, and let its owner set the rest by a link."""
    known = roles().get(role)
    if known is None or org.kind not in known.at:
        raise Refusal("role_not_granted_here", _("这个角色不能授予这类组织。"), field="role")
    kind = min(known.kinds)
    account = open_account(by=by, org=org, kind=kind, username=f"i-{secrets.token_hex(8)}", name=name)
    give_role(by=by, account=account, role=role, org=org)
    return account


@action(at="org", title=_("邀请用人单位经办人"), about=Account)
def invite_employer(*, by: Account, org: Org, name: str) -> Account:
    """Invite somebody who acts for an employer."""
    if org.kind != Org.Kind.EMPLOYER:
        raise Refusal("not_an_employer", _("只能邀请用人单位的经办人。"))
    return invite_account(by=by, org=org, role="employer_clerk", name=name)


@action(at="account", title=_("重新邀请"), about=Account)
def renew_invitation(*, by: Account, account: Account) -> Account:
    """Take an account's password away, so that its owner sets a new one by a link; its sessions end."""
    if account.kind in (Account.Kind.WORKER, Account.Kind.SYSTEM):
        raise Refusal("signs_in_otherwise", _("这类账号不用密码登录，不需要邀请。"))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    return account


@action(at=None, title=_("接受邀请"), about=Account, page_proves=True)
def accept_invitation(*, by: Account, username: str, password: str) -> Account:
    """Choose the username and the password with which one signs in from now on."""
    check_username(username)
    taken = Refusal("username_taken", _("这个用户名已被使用，请换一个。"), field="username")
    with unless_taken(taken):
        _set_password(by, password, username=username)
    return by


@action(at=None, title=_("更改密码"), about=Account, page_proves=True)
def change_own_password(*, by: Account, password: str) -> Account:
    """Set a new password for oneself; every other session of the account ends."""
    _set_password(by, password)
    return by


def _set_password(account: Account, password: str, **also: Any) -> None:
    for name, value in also.items():
        setattr(account, name, value)
    refuse_weak(password, account)
    account.set_password(password)
    account.save(update_fields=["password", *also])
