"""Work of employers and posts that is done while nobody waits."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zhitong.kernel.access import holds
from zhitong.kernel.jobs import Beat, job
from zhitong.kernel.models import Account, Job, Org

from .actions.files import READ_POSTS
from .importing import Report, import_posts
from .keeping import kept, place_for_more


def page_of_import(job: Job, reader: Account) -> str | None:
    """Return the page with the report, for whoever brings such files in."""
    return reverse("import_report", args=[job.pk]) if holds(reader, "import_demands") else None


@job(READ_POSTS, _("读取岗位文件"), page_of_import)
def read_posts(job: Job, beat: Beat) -> dict[str, Any]:
    """Read the file named in the job, store what is good where the job says so, and report in its asker's language.

    Run again after an interruption, it changes nothing that is stored already.
    """
    given = job.given
    beat(0, _("正在打开文件"))

    def tell(read: int, rows: int) -> None:
        beat(20 + 900 * read // max(rows, 1), _("正在读取：%(read)d / %(rows)d 行"), read=read, rows=rows)

    with override(given.get("language")):
        report = import_posts(
            by=job.asked_by, org=Org.objects.get(pk=given["org"]), path=kept(given["file"]),
            apply=bool(given.get("apply")), tell=tell,
        )  # fmt: skip
        return told(report)


def told(report: Report) -> dict[str, Any]:
    """Return a report as a job keeps it: totals, reasons with an example each, and where the refused rows are."""
    refused = ""
    if report.refused:
        refused, path = place_for_more()
        report.write_refused(path)
    examples = {one.code: one for one in reversed(report.refused)}
    return {
        "read": report.read, "good": len(report.posts), "known": report.known, "refused": len(report.refused),
        "stored": report.stored, "applied": report.applied, "seconds": round(report.seconds, 1),
        "refused_file": refused,
        "reasons": [
            {"count": count, "line": examples[code].line, "sentence": examples[code].sentence}
            for code, count in report.reasons.most_common()
        ],
        "supposed": list(report.supposed.most_common()), "doubts": list(report.doubts.most_common()),
    }  # fmt: skip
