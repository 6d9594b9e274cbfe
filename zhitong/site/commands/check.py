"""``zhitong check``: is this installation whole?"""

from __future__ import annotations

import argparse
import json

from zhitong.site.console import set_up

EXAMPLE = """example:
  zhitong check
  zhitong check --json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def perform(wanted: argparse.Namespace) -> int:
    """Print each problem with what to do about it; exit status 1 when there is any."""
    set_up()
    from zhitong.kernel.integrity import problems

    found = list(problems())
    if wanted.json:
        print(
            json.dumps(
                [{"code": one.code, "sentence": str(one.sentence)} for one in found], ensure_ascii=False
            )
        )
    else:
        for one in found:
            print(f"✗ {one.code}: {one.sentence}")
        print("检查完成：" + (f"发现 {len(found)} 个问题。" if found else "没有发现问题。"))
    return 1 if found else 0
