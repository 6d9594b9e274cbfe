"""``zhitong code-title``: the occupation of each title in a CSV file."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from pathlib import Path

EXAMPLE = """example:
  zhitong code-title titles.csv                   print the codes as CSV
  zhitong code-title titles.csv -o coded.csv      write them to a file

Reads the column `title` (UTF-8 or GB18030) and, where there is one, `text` or `description`, which helps with vague
titles. Writes title,occupation_code,confidence,runner_up, one line for each row in its order, in UTF-8; the code is
empty where the title is too vague for one occupation. Needs no database and no network.
"""
COLUMNS = ("title", "occupation_code", "confidence", "runner_up")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("file", type=Path, help="CSV file with a column `title`")
    parser.add_argument("-o", "--output", type=Path, help="file to write (default: standard output)")


def perform(wanted: argparse.Namespace) -> int:
    """Code every title; exit status 2 with a sentence, and nothing written, where the file cannot be read."""
    from zhitong.site.commands.titles import UnreadableTitles

    try:
        _give(_coded(wanted.file).encode(), wanted.output)
    except (UnreadableTitles, OSError) as error:
        said = error if isinstance(error, UnreadableTitles) else f"无法写出结果：{error.strerror}。"
        print(said, file=sys.stderr)
        return 2
    return 0


def _coded(path: Path) -> str:
    from zhitong.site.commands.titles import read_titles
    from zhitong.site.frames import TITLE, title_coder

    rows = read_titles(path)
    coded, written = title_coder(), io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    for row in rows:
        found = coded(row)
        lines.writerow((row[TITLE], found.code or "", f"{found.confidence:.3f}", found.runner_up or ""))
    return written.getvalue()


def _give(content: bytes, path: Path | None) -> None:
    """Write everything or nothing: a file appears under its name only when it is whole."""
    if path is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
