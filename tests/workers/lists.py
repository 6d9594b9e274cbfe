"""Lists of people as villages send them, in workbooks and text files, and the steps from a file to its report."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from zhitong.kernel.jobs import run_job
from zhitong.kernel.models import Account, Org
from zhitong.workers.actions import check_import, stage_import
from zhitong.workers.models import Import, RowFinding

HEAD = ["姓名", "身份证号", "手机号", "文化程度", "就业状态", "务工城市", "工种"]
AGREED = ("register", "sensitive")


def workbook(*sheets: list[list[Any]], names: tuple[str, ...] = (), merged: tuple[str, ...] = ()) -> bytes:
    """Return an xlsx file of these sheets; ``merged`` are ranges of the first."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    )
    for at, rows in enumerate(sheets):
        page = book.add_worksheet(names[at] if at < len(names) else None)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    page.write(row, column, value)
        for one in merged if at == 0 else ():
            first = one.partition(":")[0]
            value = next(
                (v for r, cells in enumerate(rows) for c, v in enumerate(cells)
                 if xlsxwriter.utility.xl_rowcol_to_cell(r, c) == first), None
            )  # fmt: skip
            page.merge_range(one, value)
    book.close()
    return target.getvalue()


def file_of(data: bytes, name: str = "柳树村名单.xlsx") -> SimpleUploadedFile:
    """Return the file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def stage(by: Account, org: Org, rows: list[list[Any]] | bytes, **more: Any) -> Import:
    """Hand a list in; rows become a workbook."""
    data = rows if isinstance(rows, bytes) else workbook(rows)
    name = more.pop("name", "柳树村名单.xlsx")
    given = {"listed_on": timezone.localdate(), "consents": AGREED, **more}
    return stage_import(by=by, org=org, file=file_of(data, name), **given)


def checked(by: Account, org: Org, rows: list[list[Any]] | bytes, **more: Any) -> Import:
    """Hand a list in and have it checked."""
    return check(by, stage(by, org, rows, **more))


def check(by: Account, imported: Import, **more: Any) -> Import:
    """Have a staged list checked now."""
    check_import(by=by, imported=imported, **more)
    imported.refresh_from_db()
    assert imported.job_id is not None
    run_job(imported.job_id)
    imported.refresh_from_db()
    assert imported.job.state == "done", imported.job.message
    return imported


def findings(imported: Import) -> list[RowFinding]:
    """Return the findings in the order of the file."""
    return list(RowFinding.objects.filter(imported=imported).order_by("row"))


def codes(imported: Import) -> list[tuple[str, list[str]]]:
    """Return verdict and codes of each row."""
    return [(one.verdict, one.codes) for one in findings(imported)]


def person(world: Any, name: str = "陆新人", **more: Any) -> list[Any]:
    """Return a row of HEAD about somebody who is not on the register."""
    number = more.get("number") or world.identity()
    given = {
        "phone": f"154{number[9:17]}",
        "school": "初中",
        "status": "想外出",
        "city": "",
        "skill": "",
        **more,
    }
    return [name, number, given["phone"], given["school"], given["status"], given["city"], given["skill"]]
