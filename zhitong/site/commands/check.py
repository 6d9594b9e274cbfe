"""``zhitong check``: is this installation whole?"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re

from zhitong.site.console import say, set_up

EXAMPLE = """example:
  zhitong check
  zhitong check --json
  zhitong check --head 1840:5d0c7e1f2ab34c9d8f6e0b7a1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5

Keep the end of the record that is printed elsewhere, on paper or with another house: given back with --head, it finds
lines that were cut off at the end since, and a record that was written anew.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--head",
        metavar="POSITION:DIGEST",
        type=_head,
        help="compare with an end of the record noted earlier",
    )


def _head(text: str) -> tuple[int, str]:
    """Return the position and digest as they were noted."""
    position, _colon, digest = text.strip().partition(":")
    if not re.fullmatch("[0-9]+", position) or not re.fullmatch("[0-9a-f]{64}", digest):
        raise argparse.ArgumentTypeError("a position, a colon and 64 hexadecimal digits")
    return int(position), digest


def perform(wanted: argparse.Namespace) -> int:
    """Print each place where something does not hold; exit status 1 when there is any."""
    set_up()
    from django.utils import timezone

    from zhitong.kernel.integrity import problems

    found = [{"code": one.code, "sentence": str(one.sentence)} for one in problems()]
    position, digest = _end_of_record()
    if wanted.head is not None and not _holds(wanted.head):
        sentence = f"办理记录和以前记下的第 {wanted.head[0]} 行不符：那一行没有了，或者被重写过。"
        found.append({"code": "record_head_differs", "sentence": sentence})
    if wanted.json:
        print(json.dumps({"problems": found, "position": position, "digest": digest}, ensure_ascii=False))
        return 1 if found else 0
    for one in found:
        say(f"✗ {one['code']}: {one['sentence']}")
    for year in unlisted_years(timezone.localdate()):
        say(f"{year} 年的放假安排不在本版的表里，期限暂按周一至周五推算；请升级，或用 ZHITONG_HOLIDAYS、")
        say("ZHITONG_WORKED_DAYS 写明放假和调休上班的日子。")
    if position:
        say(f"办理记录的末尾是 {position}:{digest}，请另行保存，以后用 --head 核对。")
    say("检查完成：" + (f"发现 {len(found)} 个问题。" if found else "没有发现问题。"))
    return 1 if found else 0


def unlisted_years(today: dt.date) -> list[int]:
    """Return this year and, from December on, the next, where nobody has told the holidays; no fault by itself."""
    from zhitong.kernel.workdays import supposed_years

    return supposed_years(today, today + dt.timedelta(days=31))


def _end_of_record() -> tuple[int, str]:
    """Return the position and the digest of the record's last line; 0 where there is none."""
    from zhitong.kernel.models import RecordHead

    head = RecordHead.objects.filter(pk=1).first() if _has_tables() else None
    return (0, "") if head is None else (head.position, head.digest)


def _holds(noted: tuple[int, str]) -> bool:
    """Tell whether the record still has the line that was noted."""
    from zhitong.kernel.chain import holds

    return _has_tables() and holds(*noted)


def _has_tables() -> bool:
    from django.db import connection

    from zhitong.kernel.models import RecordHead

    return RecordHead._meta.db_table in connection.introspection.table_names()
