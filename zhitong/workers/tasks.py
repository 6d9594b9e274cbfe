"""Work of the register that is done while nobody waits."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zhitong.kernel.jobs import Beat, job
from zhitong.kernel.models import Account, Job

from .actions import apply_import, keep_findings, undo_import
from .actions.applying import APPLY_LIST
from .actions.imports import CHECK_LIST, Findings
from .actions.undoing import UNDO_LIST
from .frames import examine
from .models import Import


def page_of_list(job: Job, reader: Account) -> str | None:
    """Return the page of the list that a job works on."""
    return reverse("import", args=[job.given["import"]])


@job(CHECK_LIST, _("检查名单"), page_of_list)
def check_list(job: Job, beat: Beat) -> dict[str, Any]:
    """Compare a staged list with the register and keep what was found; nothing of the register is written."""
    imported = Import.objects.select_related("org").get(pk=job.given["import"])
    if imported.state != Import.State.STAGED:
        return imported.counts
    beat(20, _("正在读取名单"))

    def tell(read: int, rows: int) -> None:
        beat(20 + 600 * read // max(rows, 1), _("正在读取：%(read)d / %(rows)d 行"), read=read, rows=rows)

    with override(job.given.get("language")):
        judged = examine(imported, tell=tell)
    beat(900, _("正在写下检查结论"))
    return keep_findings(by=Account.objects.system(), imported=imported, findings=Findings(judged)).counts


@job(APPLY_LIST, _("名单入册"), page_of_list)
def apply_list(job: Job, beat: Beat) -> dict[str, Any]:
    """Apply a list in the name of whoever asked; run again after an interruption, it does what was not done."""
    imported = Import.objects.get(pk=job.given["import"])
    if imported.state == Import.State.CHECKED:
        beat(50, _("正在入册"))
        with override(job.given.get("language")):
            imported = apply_import(by=job.asked_by, imported=imported, part=job.given["part"])
    return imported.outcome


@job(UNDO_LIST, _("撤销名单"), page_of_list)
def undo_list(job: Job, beat: Beat) -> dict[str, Any]:
    """Undo a list in the name of whoever asked."""
    imported = Import.objects.get(pk=job.given["import"])
    if imported.state == Import.State.APPLIED:
        beat(50, _("正在撤销"))
        imported = undo_import(by=job.asked_by, imported=imported)
    return imported.outcome
