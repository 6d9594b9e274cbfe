"""``zhitong import people``: a list is staged, checked and reported, and enters the register when asked for."""

from __future__ import annotations

import argparse
import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhitong.site.console import say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zhitong.kernel.models import Account, Job, Org
    from zhitong.workers.models import Import, Layout, RowFinding

SHOWN = 40
"""Lines of the report that are printed one by one; all of them stand on the list's page."""
WAIT_SECONDS = 0.5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("file", type=Path, help="xlsx, xls, xlsb, ods or CSV (UTF-8 or GB 18030)")
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--village", metavar="CODE", help="code of the village, township or county that sends it"
    )
    place.add_argument("--org", metavar="NAME", help="the same by its organisation's whole name")
    parser.add_argument(
        "--agreed", action="store_true",
        help="the people on it agreed to being registered and, separately, to the use of their identity number",
    )  # fmt: skip
    parser.add_argument(
        "--agreed-to-share", action="store_true", help="and to employers being told what they need to know"
    )
    parser.add_argument(
        "--listed-on",
        type=dt.date.fromisoformat,
        metavar="DAY",
        help="day for which it speaks (default: today)",
    )
    parser.add_argument("--layout", metavar="NAME", help="saved column map to read it by")
    parser.add_argument("--apply", action="store_true", help="let the good rows enter (default: a dry run)")
    parser.add_argument(
        "--whole", action="store_true", help="with --apply: every row, or none when one is not good"
    )
    parser.add_argument("--refused", type=Path, help="workbook to write the rows that do not enter to")


def perform(wanted: argparse.Namespace) -> int:
    """Print the report of the check, and what came of entering; exit status 1 for a no.

    A list that was tried stays with the lists of its place, so that the same file is taken up where it stands.
    """
    from zhitong.kernel.errors import Refusal
    from zhitong.kernel.models import Account

    system = Account.objects.system()
    try:
        org = _place(wanted)
        imported = _checked(system, _staged(system, org, wanted))
        _report(imported)
        if wanted.apply:
            imported = _applied(system, imported, wanted.whole)
        if wanted.refused is not None:
            _return_rows(system, imported, wanted.refused)
    except Refusal as no:
        say(str(no.sentence))
        return 1
    if not wanted.apply:
        say("这是试运行，登记册没有任何改动；加上 --apply 才入册。")
    return 0


def _place(wanted: argparse.Namespace) -> Org:
    """Return the place that sends the list; a code that a division bore before leads to what stands there now."""
    from zhitong.kernel.errors import Refusal
    from zhitong.kernel.models import Org, Region

    places = Org.objects.standing().places()
    if wanted.org:
        found = places.filter(name=wanted.org)
    else:
        found = places.filter(org_regions__region__in=Region.objects.with_code(wanted.village))
    some = list(found.distinct()[:2])
    if len(some) == 1:
        return some[0]
    sentence = (
        "这个代码对应不止一个组织，请用 --org 写明全称。"
        if some
        else "没有找到这个村、乡镇或县，请核对代码或全称。"
    )
    raise Refusal("no_such_place", sentence)


def _staged(by: Account, org: Org, wanted: argparse.Namespace) -> Import:
    """Stage the file, or take up the list that the same file became before."""
    from django.core.files import File
    from django.utils import timezone

    from zhitong.kernel.errors import Refusal
    from zhitong.workers.actions import stage_import
    from zhitong.workers.models import Import

    agreed = ("register", "sensitive") if wanted.agreed else ()
    given: dict[str, Any] = {
        "listed_on": wanted.listed_on or timezone.localdate(), "layout": _layout(org, wanted.layout),
        "consents": (*agreed, *(("share",) if wanted.agreed_to_share else ())),
    }  # fmt: skip
    try:
        with wanted.file.open("rb") as source:
            return stage_import(by=by, org=org, file=File(source, name=wanted.file.name), **given)
    except Refusal as no:
        before = Import.objects.filter(pk=no.details.get("imported", 0)).first()
        if before is None or before.state not in (Import.State.STAGED, Import.State.CHECKED):
            raise
        say(f"这个文件已经上传过，接着办理第 {before.pk} 号名单。")
        return before


def _layout(org: Org, name: str | None) -> Layout | None:
    """Return the column map of this name, the place's own before those of others."""
    from zhitong.kernel.errors import Refusal
    from zhitong.workers.models import Layout

    if name is None:
        return None
    found = sorted(Layout.objects.filter(name=name), key=lambda one: (one.org_id != org.pk, one.pk))
    if not found:
        raise Refusal("no_such_layout", "没有找到这个版式，请核对名称。")
    return found[0]


def _checked(by: Account, imported: Import) -> Import:
    from zhitong.kernel.errors import Refusal
    from zhitong.workers.actions import check_import

    job = check_import(by=by, imported=imported).job
    assert job is not None, "a check is a job"
    job = _carried(job)
    if job.state != job.State.DONE:
        raise Refusal("not_checked", job.said)
    imported.refresh_from_db()
    return imported


def _carried(job: Job) -> Job:
    """Do a job in this process, or wait for the process that was faster, and return it as it ended."""
    from zhitong.kernel.jobs import run_job
    from zhitong.kernel.models import Job

    run_job(job.pk)
    while Job.objects.unfinished().filter(pk=job.pk).exists():
        time.sleep(WAIT_SECONDS)
    return Job.objects.get(pk=job.pk)


def _report(imported: Import) -> None:
    """Print how many rows there are of each verdict, and what is said of those that would not enter."""
    from zhitong.workers.frames.returning import problems_of
    from zhitong.workers.models import RowFinding

    say(f"第 {imported.pk} 号名单《{imported.name}》，{imported.org}，{imported.row_count:,} 行")
    passed = [heading for heading, field in imported.columns if not field]
    say("没有读的列：" + "、".join(passed) if passed else "每一列都读入了。")
    for name, count in imported.unread_sheets:
        say(f"工作表“{name}”里没有认出表头，它的 {count:,} 行没有读。")
    counts = imported.counts
    parts = [f"{label} {counts.get(name, 0):,}" for name, label in RowFinding.Verdict.choices]
    say("，".join([*parts, f"等人决定 {counts.get('asks', 0):,}"]))
    rows = _left_out(imported)
    for one in rows[:SHOWN]:
        told = "".join(str(problem.sentence) for problem in problems_of(one))
        sheet = imported.sheets[one.row.sheet]["name"]
        say(f"  {f'{sheet} ' if sheet else ''}第 {one.row.number} 行：{told}")
    if (more := rows.count() - SHOWN) > 0:
        say(f"  …… 还有 {more:,} 行，见名单的页面，或用 --refused 写成表格。")


def _left_out(imported: Import) -> QuerySet[RowFinding]:
    """Return what was found about the rows that do not enter, in the order of the file."""
    from zhitong.workers.actions.imports import rows_not_applied

    return rows_not_applied(imported).select_related("row", "row__effect").order_by("row")


def _applied(by: Account, imported: Import, whole: bool) -> Import:
    from zhitong.workers.actions import apply_import

    imported = apply_import(by=by, imported=imported, part="all" if whole else "good")
    done = imported.outcome
    say(
        f"已入册：新增 {done['created']:,}，更新 {done['changed']:,}，与登记册一致 {done['same']:,}，"
        f"退回和未决定 {done['left']:,}，检查后有变未办 {done['missed']:,}。"
    )
    return imported


def _return_rows(by: Account, imported: Import, path: Path) -> None:
    """Write the rows that do not enter, in the sender's own layout with the reason; the record names the people."""
    from zhitong.workers.actions import take_refused_rows
    from zhitong.workers.frames.returning import write_returned

    rows = _left_out(imported)
    if not rows.exists():
        say("没有退回的行。")
        return
    take_refused_rows(by=by, imported=imported)
    with path.open("wb") as target:
        count = write_returned(target, imported, rows)
    say(f"没有入册的 {count:,} 行已写入 {path}。")
