"""``zhitong run``: from a fresh clone to a page in one step."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from zhitong.site.console import say, set_up
from zhitong.site.secrets import home, mark_as_sample

EXAMPLE = """example:
  zhitong run                    a twentieth of the city at http://127.0.0.1:8000/
  zhitong run --scale 1          the whole city: 1,050,000 workers, 66,000 posts
  zhitong run --no-demo --port 8100
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be chosen."""
    parser.add_argument("--scale", type=float, default=0.05, help="size of the demo city (default 0.05)")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve at (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to serve at (default 8000)")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty installation empty")
    parser.add_argument("--prepare-only", action="store_true", help="prepare and leave, serving nothing")


def perform(wanted: argparse.Namespace) -> int:
    """Prepare, then serve until interrupted.

    Preparing is done by a process of its own, so that its memory is free again while the pages are served.
    """
    from zhitong.site.serving import refusal_of, serve

    if wanted.prepare_only:
        return prepare_here(None if wanted.no_demo else wanted.scale)
    refusal = refusal_of(wanted.host, wanted.port)
    if refusal:
        say(refusal)
        return 1
    given = [
        "run",
        "--prepare-only",
        "--scale",
        str(wanted.scale),
        *(["--no-demo"] if wanted.no_demo else []),
    ]
    try:
        prepared = subprocess.call([sys.executable, "-m", "zhitong.site.console", *given])
    except KeyboardInterrupt:
        return 130
    os.environ["ZHITONG_SERVED_AT"] = served_at(wanted.host, wanted.port)
    return prepared or serve(wanted.host, wanted.port)


def served_at(host: str, port: int) -> str:
    """Return the address that links in messages begin with where no public one is set."""
    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{near}:{port}"


def prepare_here(scale: float | None) -> int:
    """Prepare in this process and print the sample accounts, where there are any."""
    set_up()
    from django.conf import settings

    prepare(scale)
    if settings.SAMPLE_INSTALLATION:
        from zhitong.site.demo_accounts import describe

        say("\n" + describe())
    return 0


def prepare(scale: float | None) -> None:
    """Bring database, reference data, static files and (unless ``scale`` is None) the demo city up to date.

    What an interruption left undone is done now; an installation with people of its own gets no demo city.
    """
    from django.conf import settings
    from django.core.management import call_command

    from zhitong.kernel.models import Account, Region
    from zhitong.site.reference import load_everything

    say("数据库：检查表结构 …")
    call_command("migrate", verbosity=0, interactive=False)
    if scale is not None and is_untouched():
        mark_as_sample()
        settings.SAMPLE_INSTALLATION = True
    if not Region.objects.exists():
        say("基础数据：行政区划、职业、行业、证书、组织体系 …")
        count = load_everything(Account.objects.system(), is_sample=settings.SAMPLE_INSTALLATION)
        say(f"基础数据：已载入 {count:,} 行")
    _load_answers()
    _collect_static()
    if scale is not None and settings.SAMPLE_INSTALLATION:
        from zhitong.site.commands.demo import build_city

        build_city(scale=scale, seed=1)


def _load_answers() -> None:
    """Load the answers that are shipped where there are none yet, and one city whose bureau keeps them."""
    from zhitong.kernel.models import Account, Org
    from zhitong.rights.actions import load_answers
    from zhitong.rights.models import Answer, Topic
    from zhitong.rights.shipped import shipped

    cities = list(Org.objects.standing().filter(kind=Org.Kind.CITY_BUREAU)[:2])
    if len(cities) != 1 or Answer.objects.exists() or Topic.objects.exists():
        return
    topics, facts = shipped()
    count = load_answers(by=Account.objects.system(), org=cities[0], topics=topics, facts=facts)
    say(f"常见问题：已载入 {count} 条，等本地核对")


def is_untouched() -> bool:
    """Tell whether nobody works with this installation yet: neither people on the register nor accounts."""
    from zhitong.kernel.models import Account
    from zhitong.workers.models import Worker

    accounts = Account.objects.exclude(kind=Account.Kind.SYSTEM)
    return not Worker.objects.exists() and not accounts.exists()


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
