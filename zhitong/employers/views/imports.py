"""Lists of advertisements in the browser: handed in, reported on, and then stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel import access
from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Account, Job, Org
from zhitong.kernel.views.jobs import COLOURS
from zhitong.kernel.web import Column, Panel, facts, panel, signed_in, table
from zhitong.kernel.web.paths import visible_row
from zhitong.kernel.web.verbs import actor_of

from ..actions import read_demands, store_demands
from ..actions.files import READ_POSTS, can_be_stored
from ..adverts import SENTENCES, SIGNS
from ..forms import ImportForm
from ..importing import NEEDED
from ..keeping import kept

VERB = "import_demands"
EARLIER = 10


@signed_in
def import_posts(request: HttpRequest) -> HttpResponseBase:
    """Take a file and have it read; nothing is stored before its report was looked at."""
    actor = actor_of(request)
    if not access.holds(actor, VERB):
        raise NotAllowed(VERB)
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = ImportForm(actor, None, data, files, {"org": _own_org(actor)})
    if form.is_valid():
        file, org = form.cleaned_data["file"], form.cleaned_data["org"]
        return redirect("import_report", read_demands(by=actor, org=org, file=file).pk)
    context = {
        "title": _("导入岗位文件"), "form": form, "crumbs": [(_("用工需求"), reverse("demands"))],
        "needed": NEEDED, "panels": [_earlier(actor)],
    }  # fmt: skip
    return render(request, "employers/import.html", context, status=422 if form.errors else 200)


@signed_in
def import_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show how far the reading is, and what was found: by reason, with the rows that go back."""
    job = _import_of(actor_of(request), pk)
    context = {
        "title": job.given.get("name") or _("岗位文件"), "job": job, "subtitle": _standing(job),
        "crumbs": [(_("导入岗位文件"), reverse("import_posts"))], "panels": list(_panels(job)),
        "can_apply": can_be_stored(job), "refused": bool(job.result.get("refused_file")),
    }  # fmt: skip
    return render(request, "employers/import_report.html", context)


@signed_in
def apply_import(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Store what is good of a file whose report was looked at."""
    actor = actor_of(request)
    job = _import_of(actor, pk)
    if request.method == "POST" and can_be_stored(job):
        job = store_demands(by=actor, job=job)
    return redirect("import_report", job.pk)


@signed_in
def refused_rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the refused rows back in the layout in which they came, the reason beside each."""
    job = _import_of(actor_of(request), pk)
    if not job.result.get("refused_file"):
        raise OutOfReach
    plain = str(job.given.get("name", "")).partition(".")[0]
    name = _("退回的行-%(name)s.xlsx") % {"name": plain}
    file = kept(job.result["refused_file"]).open("rb")
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


for view in (import_report, apply_import, refused_rows):
    view.about, view.narrower = Job, True  # type: ignore[attr-defined]


def _own_org(actor: Account) -> Org | None:
    """Return the organisation that first gave the actor the verb."""
    return next((one.org for one in actor.held if one.org is not None and one.role.may(VERB)), None)


def _import_of(actor: Account, pk: int) -> Job:
    """Return the job if it reads a file of posts and the actor may bring such files in."""
    job = visible_row(Job, actor, pk)
    if job.kind != READ_POSTS or not access.holds(actor, VERB):
        raise OutOfReach
    return job


def _standing(job: Job) -> str:
    """Return in a sentence what became of the file."""
    if job.state != Job.State.DONE:
        return str(job.get_state_display())
    found = job.result
    if found["applied"]:
        return _("已入库 %(stored)d 行，全部待审核。") % found
    return _("这是试读，没有存入任何一行。")


def _panels(job: Job) -> Iterator[Panel]:
    if job.state != Job.State.DONE:
        yield panel(_("进度"), "kernel/job_progress.html", wide=True, job=job, reload="#content")
        return
    found = job.result
    yield facts(
        _("结果"), job, (_("读取"), found["read"]), (_("可以入库"), found["good"]), (_("已有"), found["known"]),
        (_("退回"), found["refused"]), (_("已入库"), found["stored"]),
        (_("用时"), _("%(seconds)s 秒") % found), wide=True,
    )  # fmt: skip
    if found["reasons"]:
        yield _counted(_("退回原因"), found["reasons"], gettext_lazy("例如"))
    for title, counted, sentences in (
        (_("推定（没有写明，按通常情况填）"), found["supposed"], SENTENCES),
        (_("存疑（入库后请审核人留意）"), found["doubts"], SIGNS),
    ):
        if counted:
            yield _counted(title, _remarks(counted, sentences), gettext_lazy("说明"))


def _remarks(counted: list[Any], sentences: Mapping[str, str]) -> list[dict[str, Any]]:
    more = {"value": "…", "matched": "…"}
    return [{"count": count, "sentence": _(sentences[code]) % more} for code, count in counted]


def _counted(title: str, lines: list[dict[str, Any]], heading: Any) -> Panel:
    """Return a panel of sentences by how many rows each is about."""
    columns = (
        Column(_told, heading, main=True),
        Column(lambda one: one["count"], gettext_lazy("行数"), css="number"),
    )
    return table(title, lines, *columns)


def _told(one: Mapping[str, Any]) -> str:
    if "line" not in one:
        return str(one["sentence"])
    return _("第 %(line)d 行：%(sentence)s") % one


def _earlier(actor: Account) -> Panel:
    """Return the panel of the files that were handed in before."""
    jobs = Job.objects.visible_to(actor).filter(kind=READ_POSTS).select_related("asked_by").order_by("-pk")
    lines = [
        {"job": one, "url": reverse("import_report", args=[one.pk]), "told": _standing(one)}
        for one in jobs[:EARLIER]
    ]
    return panel(_("最近导入的文件"), "employers/imports.html", wide=True, imports=lines, colours=COLOURS)
