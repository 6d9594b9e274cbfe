"""Panels of short lines with what can be done to each, and the history of a person in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhitong.kernel.models import Account, Record
from zhitong.kernel.web import Panel
from zhitong.kernel.web.detail import Button, told_line
from zhitong.kernel.web.paths import noun_of, row_of_label

from ..actions.entries import entries_of
from ..models import Source, Worker
from ..reasons import LeaveReason, LookReason, ReleaseReason

Text = str | Promise
TAKEN = ("export_list", "export_workers", "carry_village", "take_refused_rows")
LOOKS = ("note_reading", "reveal_id_number", "reveal_telephone", *TAKEN)
MOST_LINES = 50
BEHIND_THE_SCENES = ("name_key", "stated", "city", "county", "town")
"""Columns that follow from others and say nothing by themselves."""


@dataclass(frozen=True)
class Line:
    """One line: what it says, what stands in small type below, where it leads, what can be done."""

    text: Text
    hint: Text = ""
    url: str = ""
    buttons: list[Button] = field(default_factory=list)


def lines_panel(
    title: Text, lines: Iterable[Line], *, buttons: Iterable[Button] = (), empty: Text = "", note: Text = ""
) -> Panel:
    """Return a panel of lines; ``buttons`` stand in its head."""
    context = {"lines": list(lines), "buttons": list(buttons), "empty": empty, "note": note}
    return Panel(title, "workers/panel_lines.html", context)


def told(
    actor: Account, worker: Worker, *, before: int | None = None, only: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Return the newest lines that concern a person, in words and with their reason; all his entries' to himself."""
    rows = entries_of(worker) if worker.account_id == actor.pk else [worker]
    lines = Record.objects.visible_to(actor).told_to(*rows).select_related("actor", "acting_for")
    lines = lines if before is None else lines.filter(position__lt=before)
    lines = lines.filter(verb__in=only) if only else lines
    return [_told(one) for one in lines[:MOST_LINES]]


def told_of(actor: Account, row: Any) -> list[dict[str, Any]]:
    """Return the newest lines about a row that is no person."""
    lines = Record.objects.visible_to(actor).of(row).select_related("actor", "acting_for")
    return [_told(one) for one in lines.order_by("-position")[:MOST_LINES]]


def _told(line: Record) -> dict[str, Any]:
    """Return a line with what changed: open values from what to what, of others only that they changed."""
    words = told_line(line)
    pairs = list(zip(words["moves"], line.moves, strict=True))
    pairs = [(told, raw) for told, raw in pairs if raw["field"] not in BEHIND_THE_SCENES]
    hidden = dict.fromkeys(
        str(told["label"]).replace(_("（分）"), "") for told, raw in pairs if raw["to"] == "•"
    )
    shown = [
        {"label": told["label"], "from": _named(told["from"]), "to": _named(told["to"])}
        for told, raw in pairs
        if raw["to"] != "•"
    ]
    return {
        **words, "why": why(line), "looked": line.verb in LOOKS, "shown_moves": shown,
        "hidden_moves": _("、").join(hidden),
    }  # fmt: skip


def _named(told: str) -> str:
    """Return the name of a row that the record holds by its number; anything else as it stands."""
    row = row_of_label(told) if re.fullmatch(r"[a-z]+\.[A-Za-z]+:\d+", told) else None
    return told if row is None else str(row)


def why(line: Record) -> str:
    """Return the reason of a line in words, where one was given."""
    given = line.given
    if line.verb == "note_reading":
        return _("通过接口读取") if given.get("purpose") == "api" else _("打开资料页")
    if line.verb in TAKEN:
        return _taken(line)
    if line.verb in LOOKS:
        parts = (_label(LookReason, given.get("reason")), given.get("remark", ""))
        return _("，").join(part for part in parts if part)
    if line.verb == "release_telephone":
        return _label(ReleaseReason, given.get("reason"))
    if line.verb == "withdraw_worker":
        return _label(LeaveReason, given.get("reason"))
    if line.verb == "answer_status_question":
        return str(Source.SELF.label)
    return _label(Source, given.get("source") or given.get("through"))


def _taken(line: Record) -> str:
    """Return of a list that was taken away what it listed, by what it was narrowed and how long it was."""
    if line.verb == "take_refused_rows":
        return _("名单里退回的行，共 %(count)s 行") % {"count": f"{line.row_count:,}"}
    told = _("%(list)s名单，共 %(count)s 行") % {
        "list": noun_of(str(line.given.get("list_name", ""))), "count": f"{line.row_count:,}"
    }  # fmt: skip
    narrowed = line.given.get("narrowed_by")
    return _("%(told)s，按%(names)s筛选") % {"told": told, "names": narrowed} if narrowed else told


def _label(choices: Any, value: Any) -> str:
    return str(choices(value).label) if value in choices.values else ""
