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

from .. import access, actions
from ..fields import LineField, OrgField
from ..models import Account, Grant
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
    title = _("账号")
    columns = (
        Column("name", _("姓名"), main=True),
        Column("username", _("用户名"), sort="username"),
        Column("kind", _("种类")),
        Column("org", _("所属组织")),
        Column("is_active", _("启用")),
        Column("created_at", _("开户时间"), sort="created_at", css="keep"),
    )
    order = "username"
    filters = AccountFilter
    empty = _("还没有账号。请到组织页面邀请经办人。")


class AccountDetail(Detail):
    """One account: who it is, what it holds, what was done with it."""

    model = Account
    related = ("org",)
    verbs = (actions.renew_invitation, actions.close_account, actions.reopen_account)

    def buttons(self) -> Iterable[Any]:
        """An account that is open can be closed, one that is closed reopened."""
        wrong = "reopen_account" if self.row.is_active else "close_account"
        return (one for one in super().buttons() if one.name != wrong)

    def panels(self) -> Iterable[Panel]:
        known = ("name", "username", "kind", "org", "telephone", "is_active", "created_at", "last_login")
        return (facts(_("基本情况"), self.row, *known), self.grants(), self.history())

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


def account_of_grant(grant: Grant, request: HttpRequest) -> str:
    """Go to the account that held the grant."""
    return reverse("account", args=[grant.account_id])
