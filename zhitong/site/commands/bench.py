"""``zhitong bench``: measurements of this installation's software, in a scratch database, as JSON."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from zhitong.site.console import set_up

EXAMPLE = """example:
  zhitong bench load --scale 1        rows per second, beside bare executemany or COPY of the same rows
  zhitong bench linkage --scale 1     F1, wrong merges, review, seconds and MB, beside equal numbers only
  zhitong bench matching --workers 100000 --posts 6600 --family city
                                      certified gap, fit, placed, seconds and MB, beside other methods
  zhitong bench changes --workers 105000 --posts 6600
                                      the same round after newcomers, closures, new posts, other wishes
  zhitong bench import --scale 1      reading 1,812 village lists; one list checked against the whole register
  zhitong bench titles --labels labels.csv
                                      share of right occupations among labelled titles, and the confusions
  zhitong bench round --scale 1       a round from the register to stored proposals: seconds of each stage, MB, rows
  zhitong bench pages --scale 1       p50 and p95 of each page for each role, in milliseconds

Works in a scratch database of its own, on SQLite or, where DATABASE_URL names one, on that PostgreSQL server.
"""
KINDS = {
    "changes": "zhitong.site.bench_changes",
    "import": "zhitong.site.bench_import",
    "linkage": "zhitong.site.bench_linkage",
    "load": "zhitong.site.bench_load",
    "matching": "zhitong.site.bench_matching",
    "pages": "zhitong.site.bench_pages",
    "round": "zhitong.site.bench_round",
    "titles": "zhitong.site.bench_titles",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("what", choices=sorted(KINDS))
    parser.add_argument("--scale", type=float, default=0.05, help="share of the city (default 0.05)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--errors", type=float, default=1.0, help="linkage: multiplies the rates of errors (default 1)"
    )
    parser.add_argument("--workers", type=int, default=20_000, help="matching: people (default 20000)")
    parser.add_argument("--posts", type=int, default=1_320, help="matching: posts (default 1320)")
    parser.add_argument("--family", default="city", help="matching: city, ties, sparse or hot (default city)")
    parser.add_argument(
        "--grouped", type=float, default=0.0, help="matching: share of people in groups (default 0)"
    )
    parser.add_argument(
        "--threads", type=int, default=1, help="matching: ours on so many threads (default 1)"
    )
    parser.add_argument(
        "--gap-ppm", type=int, help="matching: ours until proven so near, in millionths (default 500)"
    )
    parser.add_argument(
        "--peers", help="matching: other methods, with commas between; '' none (default: as the size allows)"
    )
    parser.add_argument(
        "--limit", type=float, default=600.0, help="matching: seconds of each linear solver (default 600)"
    )
    parser.add_argument(
        "--looking", choices=("everybody", "some"), default="everybody",
        help="round: who takes part, everybody or about a fifth as in the demo city (default everybody)",
    )  # fmt: skip
    parser.add_argument(
        "--labels", type=Path, help="titles: CSV file with title and occupation_code, empty where too vague"
    )
    parser.add_argument("--json", action="store_true", help="kept for clarity: the output is always JSON")


def perform(wanted: argparse.Namespace) -> int:
    """Measure and print."""
    if wanted.what == "titles":
        return _titles(wanted)
    with scratch_installation():
        set_up()
        measured = import_module(KINDS[wanted.what]).measure(seed=wanted.seed, **_chosen(wanted))
        print(json.dumps(measured, ensure_ascii=False, indent=1))
    return 0


def _titles(wanted: argparse.Namespace) -> int:
    """Measure titles, which need no installation; exit status 2 where the labels cannot be read."""
    from zhitong.site.bench_titles import LABEL, measure
    from zhitong.site.commands.titles import UnreadableTitles, read_titles

    try:
        if wanted.labels is None:
            raise UnreadableTitles(f"请用 --labels 写明带有 title 和 {LABEL} 两列的 CSV 文件。")
        measured = measure(read_titles(wanted.labels, LABEL))
    except UnreadableTitles as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    return 0


def _chosen(wanted: argparse.Namespace) -> dict[str, Any]:
    """What the measurement asked for wants to know beside the seed."""
    matching = ("workers", "posts", "family", "grouped", "threads", "gap_ppm", "peers", "limit")
    changes = ("workers", "posts", "family")
    names = {
        "changes": changes,
        "linkage": ("scale", "errors"),
        "matching": matching,
        "round": ("scale", "looking"),
    }
    return {name: getattr(wanted, name) for name in names.get(wanted.what, ("scale",))}


@contextmanager
def scratch_installation() -> Iterator[None]:
    """Point the settings at an empty folder and an empty database, both gone afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        os.environ["ZHITONG_HOME"] = folder
        os.environ["ZHITONG_SAMPLE"] = "true"
        if server.startswith("postgres"):
            with scratch_database(server) as address:
                os.environ["DATABASE_URL"] = address
                yield
                _let_go()
        else:
            os.environ.pop("DATABASE_URL", None)
            yield


@contextmanager
def scratch_database(server: str, label: str = "bench", template: str = "template0") -> Iterator[str]:
    """Make a database on a PostgreSQL server, empty or like another; give its address, and drop it afterwards."""
    import psycopg
    from psycopg import sql

    name = f"zhitong_{os.getpid()}_{hashlib.sha256(label.encode()).hexdigest()[:8]}"
    base, _slash, _database = server.partition("?")[0].rpartition("/")
    query = f"?{server.partition('?')[2]}" if "?" in server else ""
    with psycopg.connect(server, autocommit=True) as keeper:
        names = sql.Identifier(name), sql.Identifier(template)
        keeper.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        try:
            yield f"{base}/{name}{query}"
        finally:
            keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _let_go() -> None:
    from django.db import connections

    connections.close_all()
