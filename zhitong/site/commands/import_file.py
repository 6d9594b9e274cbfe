"""``zhitong import``: files that somebody else wrote, of people or of posts."""

from __future__ import annotations

import argparse

from zhitong.site.commands import import_people, import_posts
from zhitong.site.console import say, set_up

NEEDS_DATABASE = True
EXAMPLE = """example:
  zhitong import people list.xlsx --village 520329105210 --agreed                     a dry run, line by line
  zhitong import people list.xlsx --village 520329105210 --agreed --apply             let the good rows enter
  zhitong import people list.xlsx --village 520329105210 --agreed --refused bad.xlsx  the others, with the reason
  zhitong import posts job_ads.csv.gz                     dry run: what would happen, reason by reason
  zhitong import posts job_ads.csv.gz --apply             store what is good
  zhitong import posts job_ads.csv.gz --refused bad.xlsx  refused rows in the sender's layout, with the reason
"""
KINDS = {
    "people": (import_people, "a list of people, as a village, township or county sends it"),
    "posts": (import_posts, "a file of advertisements"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what a file may hold, and for each what can be chosen."""
    kinds = parser.add_subparsers(dest="what", metavar="{people,posts}", required=True)
    for name, (module, promise) in KINDS.items():
        module.arguments(
            kinds.add_parser(name, help=promise, description=promise[0].upper() + promise[1:] + ".")
        )


def perform(wanted: argparse.Namespace) -> int:
    """Read the file by its kind."""
    set_up()
    if not wanted.file.is_file():
        say(f"没有找到文件 {wanted.file}。")
        return 1
    module, _promise = KINDS[wanted.what]
    return int(module.perform(wanted))
