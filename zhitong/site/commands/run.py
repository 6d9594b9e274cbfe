"""``zhitong run``: from a fresh clone to a page in one step."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from zhitong.site.console import say, set_up
from zhitong.site.secrets import home

EXAMPLE = """example:
  zhitong run                    a twentieth of the city at http://127.0.0.1:8000/
  zhitong run --scale 1          the whole city: 1,050,000 workers, 66,000 posts
  zhitong run --no-demo --port 8100
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--scale", type=float, default=0.05, help="size of the demo city (default 0.05)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true", help="leave an empty installation empty")
    parser.add_argument("--prepare-only", action="store_true", help="prepare and leave, serving nothing")


def perform(wanted: argparse.Namespace) -> int:
    """Prepare, then serve until interrupted."""
    if not wanted.no_demo:
        os.environ.setdefault("ZHITONG_SAMPLE", "true")
    set_up()
    prepare(None if wanted.no_demo else wanted.scale)
    if wanted.prepare_only:
        return 0
    return serve(wanted.host, wanted.port)


def prepare(scale: float | None) -> None:
    """Bring database, reference data, static files and (unless ``scale`` is None) the demo city up to date."""
    from django.core.management import call_command

    from zhitong.kernel.models import Account, Region
    from zhitong.site.reference import load_everything
    from zhitong.workers.models import Worker

    say("数据库：检查表结构 …")
    call_command("migrate", verbosity=0, interactive=False)
    if not Region.objects.exists():
        say("基础数据：行政区划、职业、行业、证书、组织体系 …")
        count = load_everything(Account.objects.system())
        say(f"基础数据：已载入 {count:,} 行")
    _collect_static()
    if scale is not None and not Worker.objects.exists():
        from zhitong.site.commands.demo import build_city

        build_city(scale=scale, seed=1)


def _collect_static() -> None:
    """Gather static files when any of them changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = home() / "static.stamp"
    state = _static_state(Path(settings.STATICFILES_DIRS[0]))
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).exists():
        return
    say("页面文件：整理中 …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _static_state(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path}{path.stat().st_mtime_ns}{path.stat().st_size}".encode())
    return digest.hexdigest()


def serve(host: str, port: int) -> int:
    """Serve pages, with one process beside that carries background jobs and the clock."""
    worker = subprocess.Popen([sys.executable, "-m", "zhitong.site.console", "worker"])
    _greet(host, port)
    try:
        return subprocess.call(
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
                "--workers", str(_processes()), "--blocking-threads", "4", "--backlog", "256",
                "--no-ws", "--log-level", "warning", "zhitong.site.wsgi:application",
            ]
        )  # fmt: skip
    except KeyboardInterrupt:
        return 0
    finally:
        worker.terminate()
        worker.wait(timeout=20)


def _processes() -> int:
    return min(max(os.cpu_count() or 1, 1), 4)


def _greet(host: str, port: int) -> None:
    from django.conf import settings

    say(f"\n直通已启动：http://{host}:{port}/   （按 Ctrl+C 停止）")
    if settings.SAMPLE_INSTALLATION:
        from zhitong.site.demo_accounts import describe

        say(describe())
