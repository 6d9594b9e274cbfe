"""``zhitong check``: is this installation whole?"""

from __future__ import annotations

import argparse
import json

from zhitong.site.console import say, set_up

EXAMPLE = """example:
  zhitong check
  zhitong check --json

Keep the position and the digest of the record's last line elsewhere: with them a record that was written anew
from the start can be told from the true one.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def perform(wanted: argparse.Namespace) -> int:
    """Print each place where something does not hold; exit status 1 when there is any."""
    set_up()
    from zhitong.kernel.integrity import problems

    found = [{"code": one.code, "sentence": str(one.sentence)} for one in problems()]
    position, digest = _end_of_record()
    if wanted.json:
        print(json.dumps({"problems": found, "position": position, "digest": digest}, ensure_ascii=False))
        return 1 if found else 0
    for one in found:
        say(f"✗ {one['code']}: {one['sentence']}")
    if position:
        say(f"办理记录共 {position:,} 行，末行链值 {digest}")
    say("检查完成：" + (f"发现 {len(found)} 个问题。" if found else "没有发现问题。"))
    return 1 if found else 0


def _end_of_record() -> tuple[int, str]:
    """Return the position and the digest of the record's last line; 0 where there is none."""
    from django.db import connection

    from zhitong.kernel.models import RecordHead

    if RecordHead._meta.db_table not in connection.introspection.table_names():
        return 0, ""
    head = RecordHead.objects.filter(pk=1).first()
    return (0, "") if head is None else (head.position, head.digest)
