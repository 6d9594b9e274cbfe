"""Background work and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import actions
from ..actions.exports import WORK
from ..jobs import RESULTS, TITLES
from ..models import Export, Job
from ..web import Column, Detail, FilterForm, Listing, Panel, facts, panel
from ..web.detail import Button

COLOURS = {
    "waiting": "secondary",
    "running": "blue",
    "done": "green",
    "failed": "red",
    "cancelled": "secondary",
}


def title_of(job: Job) -> Any:
    """Return what people call this kind of work."""
    return TITLES.get(job.kind, job.kind)


class JobFilter(FilterForm):
    """What narrows the list of jobs."""

    state = forms.ChoiceField(label=_("状态"), choices=[("", _("全部")), *Job.State.choices])


class JobList(Listing):
    """The jobs that the actor asked for or answers for."""

    model = Job
    title = pgettext_lazy("list", "后台任务")
    columns = (
        Column(title_of, _("种类"), main=True),
        Column("state", _("状态"), badge=COLOURS),
        Column(lambda job: f"{job.done_permille / 10:.0f} %", _("进度"), css="number"),
        Column("said", _("进展")),
        Column("asked_by", _("申请人")),
        Column("asked_at", _("申请时间")),
    )
    order = "-id"
    filters = JobFilter
    empty = _("没有后台任务。")


class JobDetail(Detail):
    """One job, which shows itself anew while it runs."""

    model = Job
    related = ("asked_by",)
    verbs = (actions.cancel_job,)
    states = {"cancel_job": ("waiting", "running")}

    def title(self) -> Any:
        return title_of(self.row)

    def subtitle(self) -> Any:
        return self.row.get_state_display()

    def buttons(self) -> Iterable[Any]:
        """The way to what it brought comes first."""
        result = RESULTS.get(self.row.kind)
        found = None if result is None else result(self.row, self.actor)
        if found is not None:
            yield Button(_("查看结果"), found, "result")
        yield from super().buttons()

    def panels(self) -> Iterable[Panel]:
        named = ((_("种类"), title_of(self.row)), "state", (_("进展"), self.row.said), "attempts", "asked_by")
        known = (*named, "asked_at", "beat_at", "finished_at")
        return (
            panel(_("进度"), "kernel/job_progress.html", wide=True, job=self.row, reload="#content"),
            *self.file(),
            facts(_("基本情况"), self.row, *known),
            self.history(),
        )

    def file(self) -> tuple[Panel, ...]:
        """Return the panel of the spreadsheet that the job wrote, for whoever asked for it."""
        if (self.row.kind, self.row.state, self.row.asked_by) != (WORK, Job.State.DONE, self.actor):
            return ()
        export = Export.objects.visible_to(self.actor).standing().filter(job=self.row).first()
        return (panel(_("导出文件"), "kernel/job_file.html", export=export),)
