"""A process that is killed while a list comes in: all of it or nothing, and the list can go on."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.site.installation import Installation, installation

pytestmark = pytest.mark.slow

KILLS = 10
NEW, KNOWN = 150, 50
START = """
from zhitong.site.console import set_up; set_up()
import datetime as dt, json
from tests.workers.lists import HEAD, check, person, stage
from tests.workers.test_check_import import row_of
from zhitong.kernel.models import Account, Org
from zhitong.workers.actions import apply_import, undo_import
from zhitong.workers.models import Consent, Import, ImportRow, RowEffect, RowFinding, Worker
"""
LAY = """
from zhitong.site.world import build
world = build()
officer, village = world.village_officer, world.village
known = [world.worker(name="陆大江") for _one in range({known})]
new = [person(world, number=world.identity(dt.date(1970, 1, 1) + dt.timedelta(at))) for at in range({new})]
rows = [HEAD, *new, *(row_of(one, school="高中") for one in known)]
open({path!r}, "w").write(json.dumps(rows))
"""
GO_ON = """
officer = Account.objects.get(username="village")
village = Org.objects.get(name="柳树村")
rows = json.load(open({path!r}))
standing = Import.objects.standing().order_by("pk").last()
told = {{
    "state": standing.state if standing else "", "people": Worker.objects.count(),
    "consents": Consent.objects.filter(given_through="list").count(),
    "raised": Worker.objects.filter(education=3).count(),
    "effects": RowEffect.objects.filter(imported=standing).count(),
    "rows": ImportRow.objects.filter(imported=standing).count(),
    "findings": RowFinding.objects.filter(imported=standing).count(),
}}
print(json.dumps(told), flush=True)
if {look}:
    raise SystemExit
if standing is not None and standing.state == "applied":
    undo_import(by=officer, imported=standing)
    standing = None
if standing is None:
    standing = stage(officer, village, rows)
if standing.state == "staged":
    standing = check(officer, standing)
if standing.state == "checked":
    apply_import(by=officer, imported=standing)
print("done", flush=True)
"""


def run(place: Installation, code: str) -> subprocess.Popen[str]:
    """Start some lines of Python inside the installation."""
    return subprocess.Popen(
        [sys.executable, "-c", START + code], env=place.environment, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip


def done(process: subprocess.Popen[str]) -> str:
    """Wait for a process that ends well, and return what it printed."""
    printed = process.communicate()[0]
    assert process.returncode == 0
    return printed


def whole(told: dict[str, Any]) -> None:
    """See that a list is wholly where its state says, or not at all."""
    applied = told["state"] == "applied"
    assert told["people"] == KNOWN + (NEW if applied else 0)
    assert told["consents"] == (2 * NEW if applied else 0)
    assert told["raised"] == (KNOWN if applied else 0)
    assert told["effects"] == (NEW + KNOWN if applied else 0)
    assert told["rows"] == (1 + NEW + KNOWN if told["state"] else 0)
    assert told["findings"] in ((0,) if told["state"] in ("", "staged") else (NEW + KNOWN,))


def test_killed_at_random_points(tmp_path: Path) -> None:
    chance, path = random.Random(20261122), str(tmp_path / "rows.json")
    with installation(tmp_path / "home") as place:
        place.zhitong("run", "--no-demo", "--prepare-only")
        done(run(place, LAY.format(path=path, new=NEW, known=KNOWN)))
        go = GO_ON.format(path=path, look=False)
        first = run(place, go)
        assert first.stdout is not None
        first.stdout.readline()
        began = time.monotonic()
        first.communicate()
        takes, seen = time.monotonic() - began, set()
        for _kill in range(KILLS):
            process = run(place, go)
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            whole(told)
            seen.add(told["state"])
            time.sleep(chance.uniform(0, takes * 1.2))
            process.kill()
            process.communicate()
        last = run(place, go)
        assert last.stdout is not None
        whole(json.loads(last.stdout.readline()))
        assert last.communicate()[0] == "done\n"
        told = json.loads(done(run(place, GO_ON.format(path=path, look=True))))
    whole(told)
    assert told["state"] == "applied" and len(seen) > 1, "kills hit the list in several states"
