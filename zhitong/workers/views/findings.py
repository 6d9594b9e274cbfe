"""The report of a list: tabs by verdict, each row with its sentence, what differs field by field, and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.privacy import mask_tail
from zhitong.kernel.sheets import cell_text
from zhitong.kernel.web import Column, Detail, Listing, Panel, facts, panel, table
from zhitong.kernel.web.verbs import actor_of

from ..actions import decide_row
from ..forms.imports import EffectFilter, FindingFilter
from ..frames import cells_from_text
from ..importing import field_named
from ..models import Import, RowEffect, RowFinding
from .looks import note_looks

COLOURS = {"new": "green", "changed": "blue", "same": "secondary", "duplicate": "orange", "refused": "red"}
LABELS = {"status": "status", "occupation": "skill", "groups": "priority"}
NUMBERS = re.compile(r"\d[\d\s]{9,}[\dXx]|\d{10,}")
REASONS = {
    "changed_meanwhile": _("检查后登记册有变动"),
    "entry_gone": _("那份登记已不在"),
    "corrected_since": _("此后改过资料"),
    "has_account": _("本人已关联账号"),
    "in_other_list": _("别的名单上也有这个人"),
    "consent_changed": _("本人的同意有变"),
    "skill_added": _("此后登记过技能"),
    "group_added": _("此后认定过优先群体"),
    "likeness_decided": _("已核对过是否同一人"),
}


def label_of(fact: str) -> str:
    """Return what people call a fact of a row."""
    name = LABELS.get(fact, fact)
    return str(field_named(name).label)


def reason_in_words(code: str) -> str:
    """Return why something could not be done."""
    kind, _colon, what = code.partition(":")
    if kind == "changed_since":
        known = {"work_region_id": "work_city", "household_id": "head"}.get(what, what)
        return _now("此后改过：%(field)s") % {"field": label_of(known)}
    if kind == "referred_by":
        return _now("已有后续业务办理")
    return str(REASONS.get(kind, kind))


def name_of(row: RowFinding) -> str:
    """Return the name that a row gives."""
    return str(row.read["facts"].get("name") or _now("第%(line)s行") % {"line": row.row.number})


def number_of(row: RowFinding) -> str:
    """Return the last four of the identity number."""
    number = row.read["facts"].get("id_number", "")
    return f"•••• {number[-4:]}" if number else ""


def told_of(row: RowFinding) -> str:
    """Return what was said about a row, and what differs."""
    read = row.read
    said = [sentence for _code, _column, _weight, sentence in read["told"]]
    differs = [
        _now("%(field)s：%(before)s → %(after)s")
        % {"field": label_of(fact), "before": before or "—", "after": after}
        for fact, before, after in read["differences"]
    ]
    return "\n".join([*differs, *said])


class FindingList(Listing):
    """The rows of a list with what was found about each."""

    model = RowFinding
    parent = Import
    columns = (
        Column(name_of, _("姓名"), css="keep", main=True),
        Column(lambda row: row.row.number, _("行号"), css="number"),
        Column("verdict", _("结论"), badge=COLOURS),
        Column(number_of, _("身份证号"), css="keep"),
        Column("village.place_name", _("村（社区）")),
        Column(told_of, _("说明"), css="told"),
        Column(lambda row: row.get_decision_display() or (_("等您决定") if row.asks else ""), _("决定")),
    )
    order = "row"
    filters = FindingFilter
    related = ("row", "village")
    empty = _("没有这样的行。")
    template = "workers/findings.html"

    def rows(self) -> Any:
        """Return the findings of this list."""
        return super().rows().filter(imported=self.parent)

    def heading(self) -> str:
        """Name the list."""
        return _now("检查报告")

    def may_export(self) -> bool:
        """The rows leave only as they came: see the workbook of returned rows."""
        return False

    def context(self) -> dict[str, Any]:
        """Return the tabs."""
        asked = self.request.GET.get("verdict", "") or ("asks" if self.request.GET.get("asks") else "")
        url, counts = self.request.path, self.parent.counts
        tabs = [("", _("全部"), sum(counts.get(one, 0) for one in RowFinding.Verdict.values), url)]
        tabs += [
            (name, label, counts.get(name, 0), f"{url}?verdict={name}")
            for name, label in RowFinding.Verdict.choices
        ]
        tabs.append(("asks", _("等您决定"), self.parent.open_questions, f"{url}?asks=1"))
        return {"tabs": tabs, "asked": asked}


class FindingDetail(Detail):
    """One row: what was sent, how it was read, what it means, and what was done."""

    model = RowFinding
    template = "workers/finding.html"
    related = ("imported", "row", "village", "worker", "decided_by")
    verbs = (decide_row,)

    def answer(self) -> HttpResponseBase:
        """Show the page; opening it is a look at whoever was recognised."""
        note_looks(self.actor, (self.row.worker,))
        return super().answer()

    def title(self) -> str:
        """Name the person."""
        return name_of(self.row)

    def subtitle(self) -> str:
        """Say where the row stands."""
        place = {"sheet": self.row.row.sheet + 1, "line": self.row.row.number}
        return _now("第%(sheet)s张表第%(line)s行") % place + f" · {self.row.get_verdict_display()}"

    def crumbs(self) -> list[tuple[Any, str]]:
        """From the list and its report."""
        number = self.row.imported_id
        return [
            (str(self.row.imported), reverse("import", args=[number])),
            (_("检查报告"), reverse("rowfindings", args=[number])),
        ]

    def buttons(self) -> Iterable[Any]:
        """A decision is asked only while the list waits."""
        if self.row.asks and self.row.imported.state == Import.State.CHECKED:
            yield from super().buttons()

    def panels(self) -> Iterable[Panel]:
        """What was said, what differs, what was sent."""
        read = self.row.read
        yield panel(
            _("说明"), "workers/told_row.html", wide=True, told=read["told"],
            decision=self.row.get_decision_display(), decided_by=self.row.decided_by,
        )  # fmt: skip
        if read["differences"]:
            yield table(
                _("逐项变动"), read["differences"],
                Column(lambda one: label_of(one[0]), _("项目")), Column(lambda one: one[1], _("登记册上")),
                Column(lambda one: one[2], _("名单上")),
            )  # fmt: skip
        yield facts(_("登记册上的人"), self.row, "worker", "village", (_("身份证号"), number_of(self.row)))
        yield table(
            _("名单原样（号码已遮盖）"), self._cells(),
            Column(lambda one: one[0], _("第几列"), css="number"), Column(lambda one: one[1], _("内容")),
        )  # fmt: skip

    def _cells(self) -> list[tuple[int, str]]:
        cells = cells_from_text(self.row.row.cells.open())
        return [(at, masked(text)) for at, one in enumerate(cells, start=1) if (text := cell_text(one))]


def masked(text: str) -> str:
    """Return a cell with its long numbers masked."""
    return NUMBERS.sub(lambda found: mask_tail(found[0]), text)


def to_next_question(result: RowFinding, request: HttpRequest) -> str:
    """Go on to the next row of the list that waits for a decision, then back to the list."""
    waiting = RowFinding.objects.visible_to(actor_of(request)).filter(imported=result.imported_id).waiting()
    following = waiting.filter(row__gt=result.row_id).order_by("row").values_list("pk", flat=True).first()
    found = following or waiting.order_by("row").values_list("pk", flat=True).first()
    return reverse("decide_row", args=[found]) if found else reverse("import", args=[result.imported_id])


def about_decision(request: HttpRequest, row: RowFinding) -> dict[str, Any]:
    """Show what the decision is about, which is a look at whoever was recognised."""
    note_looks(actor_of(request), (row.worker,))
    number = row.imported_id
    crumbs = [
        (str(row.imported), reverse("import", args=[number])),
        (_("检查报告"), reverse("rowfindings", args=[number])),
        (name_of(row), reverse("rowfinding", args=[row.pk])),
    ]
    return {
        "told": row.read["told"],
        "lines": told_of(row).split("\n"),
        "crumbs": crumbs,
        "name": name_of(row),
    }


class EffectList(Listing):
    """What was done with the rows of a list, and what of it could be undone."""

    model = RowEffect
    parent = Import
    title = _("办理明细")
    columns = (
        Column(lambda row: row.row.number, _("行号"), css="number", main=True),
        Column("worker", _("登记册上的人")),
        Column("kind", _("办理"), badge={"created": "green", "changed": "blue", "missed": "orange"}),
        Column("undone", _("撤销"), badge={"wholly": "secondary", "partly": "orange", "kept": "red"}),
        Column(lambda row: _now("，").join(map(reason_in_words, row.reasons)), _("原因")),
    )
    order = "row"
    filters = EffectFilter
    related = ("row", "worker")
    empty = _("还没有办理。")

    def rows(self) -> Any:
        """Return the effects of this list."""
        return super().rows().filter(imported=self.parent)

    def may_export(self) -> bool:
        """Who is on a list leaves with the register's own exports."""
        return False

    def url_of(self, row: Any) -> str | None:
        """Lead to the person, where he is still there."""
        return reverse("worker", args=[row.worker_id]) if row.worker_id else None
