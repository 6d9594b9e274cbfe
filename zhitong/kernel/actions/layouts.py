"""Layouts of lists: the headings of an organisation's old table, kept and withdrawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..action import action, note_move
from ..errors import Faster, Refusal
from ..lists import kept_columns_of
from ..models import Account, ListLayout, Org, in_place
from ..state import move, unless_taken
from ..values import checked_line, half_width

MOST_COLUMNS = 120
MOST_HEADING = 60
A_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1\d{10})(?!\d)", re.ASCII)
"""An identity number or a mobile number: a row about somebody, and no heading."""


@action(at="org", title=_("保存导出版式"), keeps=("listing",), about=ListLayout)
def save_list_layout(
    *,
    by: Account,
    org: Org,
    listing: str,
    name: str,
    columns: tuple[tuple[str, str], ...],
    layout: ListLayout | None = None,
    seen: int | None = None,
) -> ListLayout:
    """Keep under a name how an organisation writes a list: pairs of its heading and the key of our column.

    The key is empty for a column that we do not keep. With ``layout`` an earlier one of the same organisation and
    list is corrected, as seen at version ``seen``.
    """
    known = kept_columns_of(listing)
    if known is None:
        raise Refusal("no_list", _("没有这个名单，或者它另有自己的版式。"), field="listing")
    facts = {"name": checked_line(name, field="name", most=60), "columns": _checked_columns(columns, known)}
    taken = Refusal("layout_taken", _("这个名单已有同名的版式，请换一个名称。"), field="name")
    if layout is not None:
        return _corrected(layout, seen, taken, org=org, listing=listing, **facts)
    made = ListLayout(org=org, listing=listing, saved_by=by, **facts, **in_place(org))
    with unless_taken(taken):
        made.save()
    return made


@action(at="layout", title=_("撤回导出版式"))
def withdraw_list_layout(*, by: Account, layout: ListLayout) -> ListLayout:
    """Take a layout out of use; lists that are written already stay as they are."""
    return move(layout, ListLayout.State.WITHDRAWN)


def _corrected(
    layout: ListLayout, seen: int | None, taken: Refusal, *, org: Org, listing: str, **facts: Any
) -> ListLayout:
    """Put a layout in the place of the one that was seen; the line names the versions and not every column."""
    if (layout.org_id, layout.listing) != (org.pk, listing):
        sentence = _("这个版式是别的单位或者别的名单的，请另存为自己的版式。")
        raise Refusal("other_layout", sentence, field="layout")
    if layout.state != ListLayout.State.KEPT:
        raise Refusal("layout_withdrawn", _("这个版式已经撤回，请另存一份。"), field="layout")
    version = layout.version if seen is None else seen
    standing = ListLayout.objects.standing().filter(pk=layout.pk, version=version)
    with unless_taken(taken):
        claimed = standing.update(**facts, version=version + 1)
    if not claimed:
        raise Faster
    note_move(layout, "version", version, version + 1)
    return ListLayout.objects.get(pk=layout.pk)


def _checked_columns(columns: tuple[tuple[str, str], ...], known: Mapping[str, Any]) -> list[list[str]]:
    """Return the pairs as they are stored."""
    if len(columns) > MOST_COLUMNS:
        sentence = _("最多 %(most)d 列，请只留表头那一行。") % {"most": MOST_COLUMNS}
        raise Refusal("too_many_columns", sentence, field="columns")
    found = [_checked_column(pair, known) for pair in columns]
    if not any(key for _heading, key in found):
        raise Refusal("columns_missing", _("请至少给一列选上我们的列。"), field="columns")
    return found


def _checked_column(pair: tuple[str, str], known: Mapping[str, Any]) -> list[str]:
    if len(pair) != 2:
        raise Refusal("column_shape", _("每一列要写成表头和我们的列两项。"), field="columns")
    heading, key = pair
    if key and key not in known:
        sentence = _("这个名单没有“%(key)s”这一列，请从列表里选。") % {"key": key[:40]}
        raise Refusal("unknown_column", sentence, field="columns")
    heading = checked_line(heading, field="columns", most=MOST_HEADING, least=0)
    if A_NUMBER.search(half_width(heading)):
        raise Refusal(
            "heading_personal", _("表头里有身份证号或手机号，请只取表头，不要取人员行。"), field="columns"
        )
    return [heading, key]
