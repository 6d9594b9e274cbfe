"""Organisations: opened, renamed, closed, and given their divisions."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from ..action import action
from ..models import Account, Org
from ..models.placed import PLACE_COLUMNS


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
