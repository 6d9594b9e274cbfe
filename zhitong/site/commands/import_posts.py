"""``zhitong import posts``: files of posts that somebody else wrote."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhitong.site.console import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("file", type=Path, help="CSV file, also gzipped")
    parser.add_argument("--apply", action="store_true", help="store the good rows (default: a dry run)")
    parser.add_argument("--refused", type=Path, help="workbook to write the refused rows to")
    parser.add_argument(
        "--org", default="", help="collecting organisation by name (default: the city bureau)"
    )


def perform(wanted: argparse.Namespace) -> int:
    """Print the report; exit status 1 when nothing could be read."""
    from zhitong.employers.importing import import_posts
    from zhitong.kernel.errors import Refusal
    from zhitong.kernel.models import Account, Org

    orgs = Org.objects.standing()
    org = (orgs.filter(name=wanted.org) if wanted.org else orgs.filter(kind="city_bureau")).first()
    if org is None:
        say("没有找到采集单位，请先运行 zhitong run --prepare-only，或用 --org 写明全称。")
        return 1
    try:
        report = import_posts(by=Account.objects.system(), org=org, path=wanted.file, apply=wanted.apply)
    except Refusal as refusal:
        say(str(refusal.sentence))
        return 1
    say(report.describe())
    if wanted.refused is not None:
        report.write_refused(wanted.refused)
        say(f"被退回的行已写入 {wanted.refused}。")
    return 0 if report.read else 1
