"""The kernel's verbs: organisations, accounts, grants, and the note that somebody read a person's record."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from .action import action
from .errors import Refusal
from .models import Account, Grant, Org
from .models.placed import PLACE_COLUMNS
from .roles import roles


def name_key(name: str) -> str:
    """Return the pinyin of a name without tones, by which both databases sort alike."""
    return " ".join(lazy_pinyin(name)).lower()


@action(at="parent", title=_("设立组织"), about=Org)
def open_org(*, by: Account, parent: Org, kind: str, name: str, host_city: models.Model | None = None) -> Org:
    """Open an organisation below another; its place columns follow from its parent and kind."""
    org = Org(name=name, name_key=name_key(name), kind=kind, parent=parent, host_city=host_city)
    for column in PLACE_COLUMNS:
        setattr(org, f"{column}_id", getattr(parent, f"{column}_id"))
    org.opened_on = timezone.localdate()
    org.save()
    if kind in Org.PLACE_KINDS:
        Org.objects.filter(pk=org.pk).update(**{f"{org.level}_id": org.pk})
        setattr(org, f"{org.level}_id", org.pk)
    return org


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


@action(at="row", title=_("查看资料"), keeps=("purpose",))
def note_reading(*, by: Account, row: models.Model, purpose: str) -> models.Model:
    """Leave a line that somebody opened a person's record, and for what."""
    return row
