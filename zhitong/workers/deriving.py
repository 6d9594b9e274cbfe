"""What a person's page shows when several entries are his: rules that a person can read.

An entry says things by itself (``told``: the columns of ``FIELDS`` as text, and when and by whom each was stated).
``shown`` puts the entries of one person together, the kept one first; the order of the others decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.pinyin import name_key

from .models import Source, Worker

IDENTITY = ("id_number", "sex", "birth_on")
FOLLOWING = ("name_key", "stated")
"""Columns that follow from what is told."""
STATUS = ("status", "status_checked_on", "status_source", "work_region_id")
FIELDS = ("name", *IDENTITY, "telephone", "education", *STATUS)
"""The columns that several entries may say differently."""

Told = dict[str, Any]

RULES = (
    (_("身份证号、性别、出生日期"), _("以持有有效身份证号的那份为准。")),
    (_("姓名"), _("以持有有效身份证号的那份为准；都没有身份证号的，以最近填写的为准。")),
    (_("手机号"), _("本人自助填写的优先，其次以最近填写的为准；空白不覆盖已有的号码。")),
    (_("文化程度"), _("以最近填写的为准。")),
    (_("就业状态"), _("以核实日期最近的为准；同一天的，保留的那份优先。")),
    (_("匹配时的技能、证书、优先群体"), _("各份登记的都算；同一工种取年限最长的。")),
    (_("匹配时的就业意向"), _("以最近登记的为准；同一天的，保留的那份优先。")),
)
"""The rules as the page prints them: what, and which entry decides."""


def told_by(worker: Worker) -> Told:
    """Return what an entry that stands alone says by itself."""
    columns = {name: _plain(getattr(worker, name)) for name in FIELDS}
    start = {"at": worker.registered_at.isoformat(), "source": worker.source}
    return columns | {"stated": worker.stated, "start": start}


def columns_of(told: Told) -> dict[str, Any]:
    """Return the columns that ``told`` stands for."""
    columns = {name: told[name] for name in FIELDS}
    for name in ("birth_on", "status_checked_on"):
        columns[name] = dt.date.fromisoformat(columns[name])
    return columns | {"name_key": name_key(columns["name"])[:160], "stated": told["stated"]}


def restated(told: Told, facts: dict[str, Any], stamp: dict[str, str]) -> Told:
    """Return ``told`` with new facts; what differs is stated now. A status has a day of its own."""
    plain = {name: _plain(value) for name, value in facts.items() if name in FIELDS}
    new = {name for name, value in plain.items() if name not in STATUS and told[name] != value}
    return told | plain | {"stated": ((told["stated"] or {}) | dict.fromkeys(new, stamp)) or None}


def stamps_back(
    now: dict[str, Any] | None, before: dict[str, Any] | None, names: Iterable[str]
) -> dict[str, Any] | None:
    """Return when and by whom each column was stated, for the columns named as it stood before."""
    names = set(names)
    kept = {name: stamp for name, stamp in (now or {}).items() if name not in names}
    kept |= {name: stamp for name, stamp in (before or {}).items() if name in names}
    return kept or None


def shown(entries: Sequence[Told]) -> dict[str, Any]:
    """Return the columns that a person's kept entry shows; ``entries[0]`` is the kept one."""
    card = next((one for one in entries if one["id_number"]), None)
    named = card or _latest(entries, "name")
    status = max(entries, key=lambda one: (one["status_checked_on"], one is entries[0]))
    spoken = dict(entries[0])
    spoken |= {name: (card or entries[0])[name] for name in IDENTITY}
    spoken |= {"name": named["name"], "telephone": _telephone(entries)}
    spoken |= {"education": _latest(entries, "education")["education"]}
    spoken |= {name: status[name] for name in STATUS}
    return columns_of(spoken)


def _telephone(entries: Sequence[Told]) -> str | None:
    having = [one for one in entries if one["telephone"]]
    if not having:
        return None
    own = [one for one in having if _stamp(one, "telephone")["source"] == Source.SELF]
    return str(_latest(own or having, "telephone")["telephone"])


def _latest(entries: Sequence[Told], name: str) -> Told:
    """Return the entry that stated the fact last; of equals the first whose value sorts last, kept one first."""
    return max(entries, key=lambda one: (_stamp(one, name)["at"], one is entries[0], str(one[name])))


def _stamp(told: Told, name: str) -> dict[str, str]:
    stated: dict[str, dict[str, str]] = told["stated"] or {}
    return stated.get(name) or dict(told["start"])


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    opened: Callable[[], str] | None = getattr(value, "open", None)
    return value if opened is None else opened()
