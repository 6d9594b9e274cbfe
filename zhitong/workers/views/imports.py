"""Lists of people in the browser: handed in, what their columns mean, the report, entry, and what came of it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel import access
from zhitong.kernel.errors import NotAllowed, OutOfReach, Refusal
from zhitong.kernel.forms.layouts import way_back
from zhitong.kernel.models import Job
from zhitong.kernel.web import ActorForm, Column, Detail, Listing, Panel, facts, panel, signed_in, table
from zhitong.kernel.web.detail import Button
from zhitong.kernel.web.paths import visible_row
from zhitong.kernel.web.verbs import actor_of

from .. import actions
from ..actions.imports import LEAST_FIELDS, rows_not_applied
from ..forms.imports import ApplyForm, ImportFilter
from ..frames.returning import write_returned
from ..importing import field_named, is_never_kept, may_be_missed
from ..importing.template import write_blank_list
from ..models import Import, Layout, RowFinding

STATE_COLOURS = {"staged": "blue", "checked": "orange", "applied": "green"}
AT_ONCE = 3000
"""Lists of more rows are applied and undone while nobody waits."""
LONG = ("apply_import", "undo_import")
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def told_counts(imported: Import) -> str:
    """Return what the last check found, in a line."""
    if not imported.counts:
        return ""
    labels = dict(RowFinding.Verdict.choices)
    parts = [f"{labels[one]} {imported.counts.get(one, 0)}" for one in RowFinding.Verdict.values]
    return _now("，").join(parts)


class ImportList(Listing):
    """The lists that came in."""

    model = Import
    title = _("名单导入")
    columns = (
        Column("name", _("文件名"), main=True),
        Column("org", _("来件单位")),
        Column("listed_on", _("名单日期")),
        Column("row_count", _("行数"), css="number"),
        Column("state", _("状态"), badge=STATE_COLOURS),
        Column(told_counts, _("检查结果")),
        Column("staged_by", _("上传人")),
        Column("staged_at", _("上传时间")),
    )
    order = "-id"
    filters = ImportFilter
    new = ("stage_import",)
    empty = _("还没有导入过名单。")
    template = "workers/imports.html"


def after_staging(result: Import, request: HttpRequest) -> str:
    """Have a list checked at once when its columns explain themselves; otherwise ask what they mean."""
    known = {field for _heading, field in result.columns}
    if not {*LEAST_FIELDS, "id_number"} <= known:
        return reverse("check_import", args=[result.pk])
    actions.check_import(by=actor_of(request), imported=result)
    return reverse("import", args=[result.pk])


def about_staging(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Lead back to the lists from the page on which one is handed in."""
    return {"back": reverse("imports"), "crumbs": [(_("名单导入"), reverse("imports"))]}


class ImportDetail(Detail):
    """One list: how far it is, what was found, what was done."""

    model = Import
    template = "workers/import.html"
    related = ("org", "staged_by", "applied_by", "job", "layout")
    verbs = (actions.apply_import, actions.undo_import, actions.check_import, actions.discard_import)
    states = {
        "apply_import": ("checked",), "undo_import": ("applied",), "check_import": ("staged", "checked"),
        "discard_import": ("staged", "checked"),
    }  # fmt: skip

    def subtitle(self) -> str:
        """Where it came from, and where it stands."""
        return f"{self.row.org} · {self.row.get_state_display()}"

    def crumbs(self) -> list[tuple[Any, str]]:
        """From the lists."""
        return [(_("名单导入"), reverse("imports"))]

    @property
    def is_working(self) -> bool:
        """Whether a job is at it."""
        job = self.row.job
        return job is not None and job.state in (Job.State.WAITING, Job.State.RUNNING)

    def buttons(self) -> Iterable[Button]:
        """What can be done now; a long list is worked on while nobody waits."""
        for one in () if self.is_working else super().buttons():
            long = one.name in LONG and self.row.row_count > AT_ONCE
            url = reverse("carry_import", args=[self.row.pk]) if long else one.url
            yield Button(_BUTTONS.get(one.name, one.title), url, one.name)

    def context(self) -> dict[str, Any]:
        """Return the counts with their tabs."""
        row, url = self.row, reverse("rowfindings", args=[self.row.pk])
        labels = RowFinding.Verdict.choices if row.counts else ()
        tiles = [(label, row.counts.get(name, 0), f"{url}?verdict={name}") for name, label in labels]
        waiting = row.open_questions if row.state == Import.State.CHECKED else 0
        may = access.may(self.actor, "take_refused_rows", row)
        return {
            "tiles": tiles, "waiting": waiting, "waiting_url": f"{url}?asks=1", "report_url": url,
            "returned": may and bool(row.counts) and rows_not_applied(row).exists(),
            "may_keep": access.holds(self.actor, "save_layout"), "is_working": self.is_working,
            "unread": () if self.is_working else row.unread_sheets,
            "missed": self._missed(),
            "left_out": [one for one in row.passed_columns if is_never_kept(one)],
        }  # fmt: skip

    def _missed(self) -> list[str]:
        """Return the headings that were not understood, while what they mean can still be said."""
        standing = self.row.state in self.states["check_import"] and not self.is_working
        return [one for one in self.row.passed_columns if may_be_missed(one)] if standing else []

    def panels(self) -> Iterable[Panel]:
        """How far it is, what came of it, what it is."""
        row = self.row
        if row.job is not None and row.job.state != Job.State.DONE:
            yield panel(_("进度"), "kernel/job_progress.html", wide=True, job=row.job, reload="#content")
        if row.outcome:
            yield _outcome(row)
        read = _now("、").join(heading for heading, field in row.columns if field)
        yield facts(
            _("这份名单"), row, "name", "org", "listed_on", "row_count", "staged_by", "staged_at", "checked_at",
            "layout", (_("读入的列"), read), (_("没有读的列"), row.passed_columns), wide=True,
        )  # fmt: skip
        yield self.history()


_BUTTONS = {
    "check_import": _("核对各列"),
    "apply_import": _("入册"),
    "undo_import": _("撤销"),
    "discard_import": _("作废"),
}


def _outcome(row: Import) -> Panel:
    done = row.outcome
    pairs: list[Any] = [
        (_("新增"), done.get("created", 0)), (_("更新"), done.get("changed", 0)),
        (_("与登记册一致"), done.get("same", 0)),
        (_("检查后有变，未办"), done.get("missed", 0)), (_("退回和未决定"), done.get("left", 0)),
        (_("入册人"), row.applied_by), (_("入册时间"), row.applied_at),
    ]  # fmt: skip
    if row.state == Import.State.UNDONE:
        pairs += [
            (_("已撤销"), done.get("wholly", 0)), (_("部分撤销"), done.get("partly", 0)),
            (_("未能撤销"), done.get("kept", 0))
        ]  # fmt: skip
    return facts(_("办理结果"), row, *pairs, wide=True)


@signed_in
def carry_import(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have a long list applied or undone while nobody waits."""
    actor = actor_of(request)
    row = visible_row(Import, actor, pk, "org")
    verb = {"checked": "apply_import", "applied": "undo_import"}.get(row.state, "")
    if not verb or not access.may(actor, verb, row):
        raise OutOfReach
    asked: type[ActorForm] = ApplyForm if verb == "apply_import" else ActorForm
    form = asked(actor, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        order = actions.order_application if verb == "apply_import" else actions.order_undoing
        try:
            order(by=actor, imported=row, **form.given())
        except Refusal as no:
            messages.error(request, str(no.sentence))
        return redirect("import", row.pk)
    context = {
        "title": _BUTTONS[verb], "row": row, "danger": verb == "undo_import", "form": form,
        "crumbs": [(str(row), reverse("import", args=[row.pk]))],
    }  # fmt: skip
    return render(request, "workers/carry_import.html", context, status=422 if form.is_bound else 200)


@signed_in
def returned_rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the rows that did not enter back in the sender's own layout, the reason in a last column."""
    actor = actor_of(request)
    row = visible_row(Import, actor, pk)
    if not access.may(actor, "take_refused_rows", row):
        raise OutOfReach
    try:
        actions.take_refused_rows(by=actor, imported=row)
    except Refusal:
        raise OutOfReach from None
    target = io.BytesIO()
    rows = rows_not_applied(row).select_related("row", "row__effect").order_by("row")
    write_returned(target, row, rows)
    return _workbook(target, _now("退回-%(name)s.xlsx") % {"name": row.name.rpartition(".")[0] or row.name})


@signed_in
def blank_list(request: HttpRequest) -> HttpResponseBase:
    """Give our own template."""
    if not access.holds(actor_of(request), "stage_import"):
        raise NotAllowed("stage_import")
    target = io.BytesIO()
    write_blank_list(target)
    return _workbook(target, _now("务工人员名单模板.xlsx"))


def _workbook(target: io.BytesIO, name: str) -> FileResponse:
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=name, content_type=SHEET_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


for view in (carry_import, returned_rows):
    view.about, view.narrower = Import, True  # type: ignore[attr-defined]


class LayoutList(Listing):
    """Saved column maps."""

    model = Layout
    title = _("版式")
    columns = (
        Column("name", _("名称"), main=True),
        Column("org", _("所属组织")),
        Column(lambda row: sum(1 for _heading, field in row.columns if field), _("对上的列"), css="number"),
        Column("saved_by", _("保存人")),
        Column("saved_at", _("保存时间")),
    )
    order = "-id"
    new = ("save_layout",)
    empty = _("还没有保存过版式。")


def about_layout(request: HttpRequest, row: None) -> dict[str, Any]:
    """Lead back to where layouts are picked, or else to all of them."""
    return {"back": way_back((request.POST or request.GET).get("back")) or reverse("layouts")}


class LayoutDetail(Detail):
    """One column map."""

    model = Layout
    related = ("org", "saved_by")

    def panels(self) -> Iterable[Panel]:
        """Its columns, and where it comes from."""
        columns = [
            {"heading": heading, "field": str(field_named(field).label) if field else ""}
            for heading, field in self.row.columns
        ]
        yield table(
            _("每一列是什么"), columns,
            Column(lambda one: one["heading"], _("表头")), Column(lambda one: one["field"], _("读作")),
        )  # fmt: skip
        yield facts(_("版式"), self.row, "name", "org", "saved_by", "saved_at")
        yield self.history()
