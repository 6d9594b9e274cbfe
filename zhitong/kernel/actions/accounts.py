"""Accounts: opened, closed and reopened, and what they are granted."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import values
from ..access import may
from ..action import WITHHELD, action, note_move
from ..errors import Faster, NotAllowed, Refusal
from ..models import Account, Grant, Org
from ..models.account import GrantQuerySet
from ..privacy import mask_telephone
from ..roles import roles
from ..state import unless_taken
from .orgs import standing_org
from .tokens import revoke_token

OPENED_BY_OTHERS = (Account.Kind.STAFF, Account.Kind.EMPLOYER, Account.Kind.PARTNER)
"""Kinds of account that somebody opens for somebody else."""

USERNAME = re.compile(r"[a-z][a-z0-9_.-]{1,59}")


@action(at="org", title=_("开设账号"), keeps=("kind",), about=Account)
def open_account(
    *,
    by: Account,
    org: Org,
    kind: str,
    username: str,
    name: str,
    password: str | None = None,
    telephone: str | None = None,
) -> Account:
    """Open an account that the organisation answers for; without a password it waits for an invitation.

    Refuses kinds that nobody opens for others, user names of the wrong shape or taken, weak passwords, and
    telephones of the wrong shape or taken.
    """
    org = standing_org(org)
    if kind not in OPENED_BY_OTHERS:
        raise Refusal("account_kind", _("这种账号不能由别人开设。"), field="kind")
    check_username(username)
    name = values.checked_line(name, field="name", most=60)
    account = Account(username=username, name=name, kind=kind, org=org, is_sample=org.is_sample)
    account.telephone = _free_telephone(telephone) if telephone else None
    if password is not None:
        refuse_weak(password, account)
    account.set_password(password)
    taken = Refusal("username_taken", _("这个用户名已被使用，请换一个。"), field="username")
    with unless_taken(taken):
        account.save()
    return account


def check_username(username: str) -> None:
    """Refuse what is no username."""
    if not USERNAME.fullmatch(username):
        sentence = _("用户名用 2 到 60 个小写字母、数字和 _ . -，以字母开头。")
        raise Refusal("username_shape", sentence, field="username")


def refuse_weak(password: str, account: Account) -> None:
    """Refuse a password that is easily guessed, or that resembles the account."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Refusal("weak_password", " ".join(weak.messages), field="password") from None


def _free_telephone(typed: str) -> str:
    telephone = values.telephone(typed, mobile=True)
    if Account.objects.with_telephone(telephone).exists():
        raise _telephone_taken()
    return telephone


def _telephone_taken() -> Refusal:
    return Refusal("telephone_taken", _("这个手机号已用于另一个账号。"), field="telephone")


@action(at="account", title=_("停用账号"), about=Account)
def close_account(*, by: Account, account: Account) -> Account:
    """Close an account: it can no longer sign in, its sessions end and its tokens are revoked.

    Its grants stay on paper and hold nothing. Refuses the clock's own account, one that is closed, and the
    last who may grant roles.
    """
    if account.kind == Account.Kind.SYSTEM:
        raise Refusal("system_account", _("系统账号不能停用。"))
    if not account.is_active:
        raise Refusal("account_closed_already", _("这个账号已经停用。"))
    _refuse_last_keeper(account.grants.standing(), Grant.objects.exclude(account=account))
    _claim_activity(account, False)
    for session in UserSession.objects.filter(user=account):
        session.end()
    for token in account.tokens.filter(revoked_at=None):
        revoke_token(by=by, token=token)
    return account


@action(at="account", title=_("恢复账号"), about=Account)
def reopen_account(*, by: Account, account: Account) -> Account:
    """Reopen a closed account: what it was granted and has not ended holds again; its tokens stay revoked."""
    if account.is_active:
        raise Refusal("account_open_already", _("这个账号没有停用。"))
    _claim_activity(account, True)
    return account


@action(at="account", title=_("登记新手机号"), about=Account)
def bear_telephone(*, by: Account, account: Account, telephone: str) -> Account:
    """Let a worker's account sign in with another telephone, which was confirmed; it follows from a worker's verb."""
    if account.telephone is not None and account.telephone.open() == telephone:
        raise Refusal("telephone_unchanged", _("这就是您现在的手机号，不用更换。"), field="telephone")
    if Account.objects.with_telephone(telephone).exclude(pk=account.pk).exists():
        raise _telephone_taken()
    account.telephone, account.telephone_verified = telephone, True
    account.name = mask_telephone(telephone)
    with unless_taken(_telephone_taken()):
        account.save(update_fields=["telephone", "telephone_index", "telephone_verified", "name"])
    account.refresh_from_db(fields=["telephone"])
    note_move(account, "telephone", WITHHELD, WITHHELD)
    return account


@action(at="account", title=_("释放手机号"), about=Account)
def free_telephone(*, by: Account, account: Account) -> Account:
    """Close a worker's account and let its telephone go, so that whoever has the number now may open their own."""
    if account.is_active:
        close_account(by=by, account=account)
    account.telephone, account.telephone_verified = None, False
    account.save(update_fields=["telephone", "telephone_index", "telephone_verified"])
    note_move(account, "telephone", WITHHELD, None)
    return account


@action(at="account", title=_("清除账号资料"), about=Account)
def erase_account(*, by: Account, account: Account) -> Account:
    """Close a worker's account and empty what it says of him; its lines in the record keep pointing to it.

    It follows from the deletion of the person's data. Refuses every other kind of account.
    """
    if not account.is_worker:
        raise Refusal("not_a_worker_account", _("只能清除劳动者本人的账号。"))
    free_telephone(by=by, account=account)
    account.username, account.name, account.last_login = f"x-{secrets.token_hex(8)}", WITHHELD, None
    account.set_unusable_password()
    account.save(update_fields=["username", "name", "last_login", "password"])
    UserSession.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    return account


def _claim_activity(account: Account, to: bool) -> None:
    if not Account.objects.filter(pk=account.pk, is_active=not to).update(is_active=to):
        raise Faster
    account.is_active = to
    account.forget_held()
    note_move(account, "is_active", not to, to)


@action(at="account", title=_("结束登录"))
def end_session(*, by: Account, account: Account, session: int) -> Account:
    """End one session of an account: that browser must sign in again.

    Everyone ends their own; those of others end who may close the account.
    """
    if account.pk != by.pk and not may(by, "close_account", account):
        raise NotAllowed("end_session")
    found = UserSession.objects.filter(user=account, pk=session).first()
    if found is None:
        raise Refusal("session_over", _("这次登录已经结束。"), field="session")
    found.end()
    return account


@action(at="org", title=_("授予角色"), keeps=("role",), about=Grant)
def give_role(
    *, by: Account, account: Account, role: str, org: Org, begins_on: dt.date | None = None
) -> Grant:
    """Grant a role at an organisation from a day on, by default today.

    Refuses a role that is not granted at such a kind of organisation or to such a kind of account, a closed
    organisation or account, a day that is past, what is held already, and oneself.
    """
    org = standing_org(org)
    _refuse_misplaced(account, role, org)
    begins_on = begins_on or timezone.localdate()
    if not account.is_active:
        raise Refusal("account_closed", _("这个账号已停用，恢复后才能授权。"), field="account")
    if account.pk == by.pk:
        raise Refusal("not_to_oneself", _("不能给自己授权，请另一位管理员办理。"), field="account")
    if begins_on < timezone.localdate():
        raise Refusal("role_begins_in_past", _("起始日期不能早于今天。"), field="begins_on")
    held = Refusal("role_held_already", _("这个账号已有这个角色。"), field="role")
    if Grant.objects.unended().filter(account=account, role=role, org=org).exists():
        raise held
    with unless_taken(held):
        grant = Grant.objects.create(account=account, role=role, org=org, begins_on=begins_on)
    account.forget_held()
    return grant


def _refuse_misplaced(account: Account, role: str, org: Org) -> None:
    one = roles().get(role)
    if one is None or org.kind not in one.at:
        raise Refusal("role_not_granted_here", _("这个角色不能授予这类组织。"), field="role")
    if account.kind not in one.kinds:
        raise Refusal("role_not_for_kind", _("这个角色不能授予这种账号。"), field="role")


@action(at="grant", title=_("收回角色"), about=Grant)
def end_role(*, by: Account, grant: Grant, ends_on: dt.date | None = None) -> Grant:
    """End a grant on a day, by default today: from that day on it holds nothing.

    Refuses a day that is past, a grant that has ended, and the last who may grant roles.
    """
    today = timezone.localdate()
    if grant.ends_on is not None and grant.ends_on <= max(today, grant.begins_on):
        raise Refusal("role_ended_already", _("这项授权已经结束。"))
    if ends_on is not None and ends_on < today:
        raise Refusal("role_ends_in_past", _("结束日期不能早于今天。"), field="ends_on")
    _refuse_last_keeper([grant], Grant.objects.exclude(pk=grant.pk))
    before, ends = grant.ends_on, max(ends_on or today, grant.begins_on)
    if not Grant.objects.filter(pk=grant.pk, ends_on=before).update(ends_on=ends):
        raise Faster
    grant.ends_on = ends
    grant.account.forget_held()
    note_move(grant, "ends_on", before, ends)
    return grant


def _refuse_last_keeper(leaving: Iterable[Grant], others: GrantQuerySet) -> None:
    """Refuse to leave an organisation without anybody who may grant roles there.

    Holds the organisations above while it looks, so that two keepers do not end each other.
    """
    keeping = {name for name, one in roles().items() if one.at and one.may("give_role")}
    for grant in leaving:
        if grant.role not in keeping:
            continue
        above = [grant.org_id, grant.org.city_id, grant.org.county_id]
        list(Org.objects.select_for_update(no_key=True).filter(pk__in=above).order_by("pk"))
        if not others.standing().of_active().filter(role__in=keeping, org__in=above).exists():
            raise Refusal("last_keeper", _("这是最后一位能授权的管理员，请先指定另一位。"))
