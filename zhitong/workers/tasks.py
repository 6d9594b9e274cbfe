"""Work of the register that is done while nobody waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zhitong.kernel import access
from zhitong.kernel.errors import Refusal
from zhitong.kernel.jobs import Beat, job
from zhitong.kernel.models import Account, Job, Org
from zhitong.kernel.sms import sender

from .actions import (
    Alike,
    Learned,
    apply_import,
    keep_findings,
    keep_likenesses,
    keep_scores,
    merge_workers,
    note_questions_sent,
    undo_import,
)
from .actions.applying import APPLY_LIST
from .actions.asking import ASK_STATUS
from .actions.imports import CHECK_LIST, Findings
from .actions.likenesses import SEARCH_LIKENESSES
from .actions.persons import worth_keeping
from .actions.undoing import UNDO_LIST
from .answering import text_of
from .frames import examine
from .frames.alike import Entries
from .models import Import, StatusQuestion, Worker

log = structlog.get_logger(__name__)

FEWEST = 2
MERGED_AT_ONCE = 20
"""Merges between two signs of life, after which the work can be cancelled."""
KEPT_AT_ONCE = 500
SENT_AT_ONCE = 20
"""Messages between two signs of life: so many go out twice at most when the work is interrupted."""


def page_of_list(job: Job, reader: Account) -> str | None:
    """Return the page of the list that a job works on, for whoever may read it."""
    found = Import.objects.visible_to(reader).filter(pk=job.given["import"]).first()
    return None if found is None else reverse("import", args=[found.pk])


def page_of_search(job: Job, reader: Account) -> str | None:
    """Return the page of what a search for duplicates found, for whoever may decide about it."""
    return reverse("likenesses") if access.holds(reader, "accept_likeness") else None


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


@job(ASK_STATUS, _("发送核实短信"))
def send_questions(job: Job, beat: Beat) -> dict[str, Any]:
    """Send what has not gone out of the questions that were asked together; run again, it sends the rest."""
    asked = StatusQuestion.objects.filter(pk__in=job.given["questions"])
    waiting = list(asked.unsent().select_related("worker").order_by("pk"))
    total, sent = len(waiting), 0
    for start in range(0, total, SENT_AT_ONCE):
        gone = tuple(one for one in waiting[start : start + SENT_AT_ONCE] if send_question(one))
        note_questions_sent(by=Account.objects.system(), questions=gone)
        sent += len(gone)
        beat(1000 * start // total, _("已发出 %(sent)d 条，共 %(total)d 条"), sent=sent, total=total)
    return {"sent": sent, "not_sent": total - sent}


def send_question(question: StatusQuestion) -> bool:
    """Send one question; return whether it was handed to the service."""
    telephone = question.worker.telephone
    if telephone is None:
        return False
    try:
        sender().send(telephone.open(), text_of(question))
    except OSError:
        log.warning("status_question_not_sent", question=question.pk)
        return False
    return True


@job(SEARCH_LIKENESSES, _("查找疑似重复"), page_of_search)
def find_likenesses(job: Job, beat: Beat) -> dict[str, Any]:
    """Compare all entries of a place: merge what is sure, keep for people what is not; again, it finds the rest.

    What the entries teach about pairs is kept for lists that come in later.
    """
    org = Org.objects.get(pk=job.given["org"])
    total = Worker.objects.active().filter(**{str(org.level): org}).count()

    def tell(read: int) -> None:
        beat(300 * read // max(total, 1), _("正在读取登记：%(read)d / %(rows)d 份"), read=read, rows=total)

    entries = Entries(org, tell)
    if len(entries) < FEWEST:
        return {"entries": len(entries), "merged": 0, "to_review": 0}
    beat(300, _("正在从登记中学习哪些相像是巧合"))
    scores = entries.learned()
    keep_scores(by=Account.objects.system(), org=org, learned=Learned(len(entries), scores.to_bytes()))
    beat(350, _("正在互相比较%(rows)d份登记"), rows=total)
    found = entries.compared(scores)
    left = merge_all(found.sure, beat)
    return {
        "entries": len(entries),
        "merged": len(found.sure) - len(left),
        "to_review": keep_all([*found.doubtful, *left], beat),
    }


def merge_all(pairs: Sequence[Alike], beat: Beat) -> list[Alike]:
    """Merge sure pairs one by one, each in a transaction of its own; return those that could not be merged."""
    left = []
    for count, pair in enumerate(pairs):
        if count % MERGED_AT_ONCE == 0:
            said = _("正在合并确定的：%(count)d / %(pairs)d 对")
            beat(600 + 300 * count // len(pairs), said, count=count, pairs=len(pairs))
        if not merge_alike(pair):
            left.append(pair)
    return left


def keep_all(pairs: Sequence[Alike], beat: Beat) -> int:
    """Keep doubtful pairs some hundreds at a time, so that nobody waits long to write; return how many are new."""
    new = 0
    for start in range(0, len(pairs), KEPT_AT_ONCE):
        beat(
            900 + 100 * start // len(pairs),
            _("正在保存疑似重复：%(count)d / %(pairs)d 对"),
            count=start,
            pairs=len(pairs),
        )
        new += keep_likenesses(by=Account.objects.system(), found=pairs[start : start + KEPT_AT_ONCE])
    return new


def merge_alike(pair: Alike) -> bool:
    """Merge two entries that are surely one person; return whether nothing stood in the way."""
    rows = Worker.objects.in_bulk((pair.one, pair.other))
    entries = [row.merged_into or row for row in rows.values()]
    if len({one.pk for one in entries}) < 2:
        return True
    kept, other = sorted(entries, key=worth_keeping, reverse=True)
    try:
        merge_workers(
            by=Account.objects.system(), kept=kept, other=other, score=pair.score, reasons=pair.reasons
        )
    except Refusal:
        return False
    return True
