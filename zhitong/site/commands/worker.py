"""``zhitong worker``: carries background jobs and runs the clock."""

from __future__ import annotations

import argparse

from zhitong.site.console import set_up

NEEDS_DATABASE = True
EXAMPLE = """example:
  zhitong worker --threads 2
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--threads", type=int, default=2, help="jobs carried at once (default 2)")


def perform(wanted: argparse.Namespace) -> int:
    """Carry work until interrupted; what stalled in an earlier process is queued anew at once."""
    set_up()
    from zhitong.kernel.queue import queue
    from zhitong.site import clock  # noqa: F401 - registers what the clock does

    consumer = queue.create_consumer(workers=wanted.threads, periodic=True, check_worker_health=True)
    consumer.run()
    return 0
