"""Organisations: opened, renamed, closed, and given their divisions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from ..action import action, note_move, note_rows
from ..models import Account, Org, in_place
from ..models.placed import PLACE_COLUMNS

SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "覃": "qin", "任": "ren", "区": "ou",
    "盖": "ge", "缪": "miao", "朴": "piao", "冼": "xian", "尉": "yu", "乐": "yue", "员": "yun", "种": "chong",
}  # fmt: skip


def name_key(name: str) -> str:
    """Return the pinyin of a name without tones, by which both databases sort alike.

    The first character is read as a surname where the two readings differ.
    """
    if not name:
        return ""
    return " ".join((SURNAMES.get(name[0]) or _syllable(name[0]), *map(_syllable, name[1:])))


@lru_cache(maxsize=16_384)
def _syllable(character: str) -> str:
    return "".join(lazy_pinyin(character)).lower()


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


@action(at="parent", title=_("批量设立组织"), keeps=("kind",))
def open_orgs(
    *, by: Account, parent: Org, kind: str, names: Sequence[str], is_sample: bool = False
) -> list[Org]:
    """Open many ends of one kind (employers, for example) below an organisation, and return them in order."""
    assert kind in Org.END_KINDS, "a place is opened one at a time"
    rows = [
        Org(
            name=name,
            name_key=name_key(name),
            kind=kind,
            parent=parent,
            opened_on=timezone.localdate(),
            is_sample=is_sample,
            **in_place(parent),
        )
        for name in names
    ]
    note_rows(len(rows))
    return Org.objects.bulk_create(rows, batch_size=2000)


@action(at="org", title=_("更改组织名称"), about=Org)
def rename_org(*, by: Account, org: Org, name: str) -> Org:
    """Give an organisation another name; what was done under the old one keeps pointing at the same row."""
    before = org.name
    org.name, org.name_key = name, name_key(name)
    org.save(update_fields=["name", "name_key"])
    note_move(org, "name", before, name)
    return org
