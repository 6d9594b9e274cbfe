"""``zhitong docs``: write the generated pages of docs/reference."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhitong.site.console import say, set_up

EXAMPLE = """example:
  zhitong docs
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    folder = Path(__file__).resolve().parents[3] / "docs" / "reference"
    parser.add_argument("--folder", type=Path, default=folder, help="where to write (default docs/reference)")


def perform(wanted: argparse.Namespace) -> int:
    """Write each page and say which."""
    set_up()
    from zhitong.site.reference_pages import pages

    wanted.folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (wanted.folder / name).write_text(text, encoding="utf-8")
        say(f"{wanted.folder / name}")
    return 0
