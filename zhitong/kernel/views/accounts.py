"""Accounts and what they are granted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import access, actions
from ..fields import LineField, OrgField
from ..models import Account, Grant, Token
from ..signin import invitation_link
from ..web import Column, Detail, FilterForm, Listing, Panel, facts, panel
from .orgs import role_title


class AccountFilter(FilterForm):
    """What narrows the list of accounts."""

    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *Account.Kind.choices])
    org = OrgField(label=_("所属组织"))
    name = LineField(label=_("姓名或用户名"), max_length=60)

    def narrow_name(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Find by a part of the name or the beginning of the username."""
        return rows.filter(name__contains=value) | rows.filter(username__startswith=value)


class AccountList(Listing):
    """The accounts that the actor answers for."""

    model = Account
    title = pgettext_lazy("list", "账号")
    columns = (
        Column("name", _("姓名"), main=True),
        Column("username", _("用户名"), sort="username"),
        Column("kind", _("种类")),
        Column("org", _("所属组织")),
        Column("is_active", _("启用")),
        Column("created_at", _("开户时间"), sort="created_at"),
    )
    order = "username"
    filters = AccountFilter
    empty = _("还没有账号。请到组织页面邀请经办人。")


class AccountDetail(Detail):
    """One account: who it is, what it holds, what was done with it."""

    model = Account
    related = ("org",)
    verbs = (actions.issue_token, actions.renew_invitation, actions.close_account, actions.reopen_account)

    def buttons(self) -> Iterable[Any]:
        """An account that is open can be closed, one that is closed reopened; partners have tokens, no password."""
        wrong = ["reopen_account"] if self.row.is_active else ["close_account", "issue_token"]
        wrong += ["renew_invitation"] if self.signs_in_otherwise() else []
        wrong += [] if self.row.kind == Account.Kind.PARTNER else ["issue_token"]
        return (one for one in super().buttons() if one.name not in wrong)

    def signs_in_otherwise(self) -> bool:
        """Whether the account has no password to invite to."""
        return self.row.kind in (Account.Kind.PARTNER, Account.Kind.WORKER, Account.Kind.SYSTEM)

    def panels(self) -> Iterable[Panel]:
        known = ("name", "username", "kind", "org", "telephone", "is_active", "created_at", "last_login")
        tokens = [self.tokens()] if self.row.kind == Account.Kind.PARTNER else []
        return (facts(_("基本情况"), self.row, *known), self.grants(), *tokens, self.history())

    def tokens(self) -> Panel:
        """The partner's keys to the API, each with the button that revokes it."""
        rows = Token.objects.visible_to(self.actor).filter(account=self.row).order_by("-pk")
        lines = [{"token": one, "end": self.revoke_url(one)} for one in rows]
        return panel(_("接口令牌"), "kernel/tokens.html", wide=True, tokens=lines)

    def revoke_url(self, token: Token) -> str:
        """Return where the token is revoked, or nothing when it is or the actor may not."""
        if token.revoked_at is not None or not access.may(self.actor, "revoke_token", token):
            return ""
        return reverse("revoke_token", args=[token.pk])

    def grants(self) -> Panel:
        """What it was granted, each with the button that ends it."""
        rows = Grant.objects.visible_to(self.actor).filter(account=self.row).select_related("org")
        lines = [
            {"grant": one, "title": role_title(one.role), "end": self.end_url(one)}
            for one in rows.order_by("-pk")
        ]
        return panel(_("角色"), "kernel/grants.html", wide=True, grants=lines)

    def end_url(self, grant: Grant) -> str:
        """Return where the grant is ended, or nothing when it has ended or the actor may not."""
        if grant.ends_on is not None or not access.may(self.actor, "end_role", grant):
            return ""
        return reverse("end_role", args=[grant.pk])


def show_link(account: Account, request: HttpRequest) -> str:
    """Show the invitation's address once, for the actor to hand on, and go to the account."""
    link = invitation_link(request, account)
    messages.info(request, _now("请把这个邀请链接交给 %(name)s，只显示这一次：%(link)s") % {
        "name": account.name, "link": link
    })  # fmt: skip
    return reverse("account", args=[account.pk])


def to_holder(row: Grant | Token, request: HttpRequest) -> str:
    """Go to the account that holds a grant or a token."""
    return reverse("account", args=[row.account_id])


def about_holder(request: HttpRequest, row: Grant | Token) -> dict[str, Any]:
    """Lead back from a verb about a grant or a token to the account that holds it."""
    url = to_holder(row, request)
    return {"back": url, "crumbs": [(str(row.account), url)], "subtitle": _name_of(row)}


def _name_of(row: Grant | Token) -> str:
    return row.label if isinstance(row, Token) else f"{role_title(row.role)} · {row.org}"
