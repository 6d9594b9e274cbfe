"""A process that is killed while a list comes in: all of it or nothing, and the list can go on."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.site.installation import Installation
from tests.workers.processes import processes

pytestmark = pytest.mark.slow

KILLS = 10
NEW, KNOWN = 150, 50
LAY = """
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


def whole(told: dict[str, Any]) -> None:
    """See that a list is wholly where its state says, or not at all."""
    applied = told["state"] == "applied"
    assert told["people"] == KNOWN + (NEW if applied else 0)
    assert told["consents"] == (2 * NEW if applied else 0)
    assert told["raised"] == (KNOWN if applied else 0)
    assert told["effects"] == (NEW + KNOWN if applied else 0)
    assert told["rows"] == (1 + NEW + KNOWN if told["state"] else 0)
    assert told["findings"] in ((0,) if told["state"] in ("", "staged") else (NEW + KNOWN,))


def test_killed_at_random_points(real: Installation, tmp_path: Path) -> None:
    chance, path = random.Random(20261122), str(tmp_path / "rows.json")
    with processes(real, tmp_path / "pipes") as place:
        place.run(LAY.format(path=path, new=NEW, known=KNOWN)).done()
        go = GO_ON.format(path=path, look=False)
        first = place.run(go)
        first.printed.readline()
        began = time.monotonic()
        first.done()
        takes, seen = time.monotonic() - began, set()
        for _kill in range(KILLS):
            process = place.run(go)
            told = json.loads(process.printed.readline())
            whole(told)
            seen.add(told["state"])
            time.sleep(chance.uniform(0, takes * 1.2))
            process.kill()
            process.end()
        last = place.run(go)
        whole(json.loads(last.printed.readline()))
        assert last.done() == "done\n"
        told = json.loads(place.run(GO_ON.format(path=path, look=True)).done())
    whole(told)
    assert told["state"] == "applied" and len(seen) > 1, "kills hit the list in several states"
