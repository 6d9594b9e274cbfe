"""Two officers with overlapping lists at the same moment: nobody twice, nobody lost, no error page.

In one process on two connections of PostgreSQL; and in two processes on either database, as it is installed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.site.installation import Installation
from tests.workers.lists import HEAD, checked, person
from tests.workers.processes import processes
from tests.workers.test_check_import import row_of
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account
from zhitong.site.world import World, build
from zhitong.workers.actions import apply_import
from zhitong.workers.models import Import, RowEffect, Worker

COMMON, OWN = 60, 20


@pytest.fixture
def stored(transactional_db: None) -> World:
    """The imaginary county, stored so that other connections see it."""
    return build()


@pytest.fixture
def lists(stored: World) -> tuple[Import, Import]:
    """A list of the village and one of its township, with five people in common and a known one changed in both."""
    world = stored
    known = world.worker(name="陆大江")
    both = [person(world, f"甲{name}") for name in "一二三四五"]
    own = [person(world, "乙一"), person(world, "乙二")]
    changed = row_of(known, school="高中"), row_of(known, school="大专")
    first = checked(world.village_officer, world.village, [HEAD, *both, own[0], changed[0]])
    rows = [[*HEAD, "村"], *([*row, "柳树村"] for row in (*reversed(both), own[1], changed[1]))]
    return first, checked(world.township_officer, world.town, rows)


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment on a connection each; return ``done`` or the code of the refusal."""
    barrier, said = Barrier(len(calls)), [""] * len(calls)

    def do(place: int) -> None:
        try:
            barrier.wait()
            calls[place]()
            said[place] = "done"
        except Refusal as no:
            said[place] = no.code
        finally:
            connection.close()

    threads = [Thread(target=do, args=(place,)) for place in range(len(calls))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return said


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_overlapping_lists_enter_at_the_same_moment(stored: World, lists: tuple[Import, Import]) -> None:
    world = stored
    officers = [Account.objects.get(pk=one.pk) for one in (world.village_officer, world.township_officer)]
    said = at_once(*(
        lambda by=by, imported=imported: apply_import(by=by, imported=imported)
        for by, imported in zip(officers, lists, strict=True)
    ))  # fmt: skip
    assert said == ["done", "done"]
    names = sorted(Worker.objects.exclude(name="陆大江").values_list("name", flat=True))
    assert names == sorted(["甲一", "甲二", "甲三", "甲四", "甲五", "乙一", "乙二"])
    outcomes = [Import.objects.get(pk=one.pk).outcome for one in lists]
    assert sum(one["created"] for one in outcomes) == 7 and sum(one["same"] for one in outcomes) == 5
    # The known person was changed by one of them; the other says that it was not overwritten.
    assert sum(one["changed"] for one in outcomes) == 1 and sum(one["missed"] for one in outcomes) == 1
    known = Worker.objects.get(name="陆大江")
    told = RowEffect.objects.get(kind="missed")
    assert known.education in (3, 4) and told.worker == known and known.version == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_list_is_applied_twice_at_the_same_moment(stored: World, lists: tuple[Import, Import]) -> None:
    world = stored
    by = Account.objects.get(pk=world.village_officer.pk)
    said = at_once(*(lambda: apply_import(by=by, imported=lists[0]) for _time in range(3)))
    assert sorted(said) == ["done", "wrong_state", "wrong_state"]
    assert Worker.objects.filter(name="甲一").count() == 1


LAY = """
world = build()
days = iter(dt.date(1970, 1, 1) + dt.timedelta(at) for at in range(1000))
both = [person(world, number=world.identity(next(days))) for _one in range({common})]
own = [[person(world, number=world.identity(next(days))) for _one in range({own})] for _list in range(2)]
checked(world.village_officer, world.village, [HEAD, *both, *own[0]])
rows = [[*row, "柳树村"] for row in (*reversed(both), *own[1])]
checked(world.township_officer, world.town, [[*HEAD, "村"], *rows])
"""
APPLY = """
standing = Import.objects.order_by("pk")[{at}]
while time.time() < {when}:
    pass
apply_import(by=standing.staged_by, imported=standing)
"""
LOOK = """
people = Worker.objects.count(), Worker.objects.values("id_number_index").distinct().count()
print(json.dumps([*people, [one.outcome for one in Import.objects.order_by("pk")]]))
"""


@pytest.mark.slow
def test_two_processes_apply_overlapping_lists(real: Installation, tmp_path: Path) -> None:
    with processes(real, tmp_path / "pipes") as place:
        place.run(LAY.format(common=COMMON, own=OWN)).done()
        when = time.time() + 1
        both = [place.run(APPLY.format(at=at, when=when)) for at in range(2)]
        for one in both:
            one.done()
        people, numbers, outcomes = json.loads(place.run(LOOK).done())
    assert people == numbers == COMMON + 2 * OWN
    assert sum(one["created"] for one in outcomes) == COMMON + 2 * OWN
    assert sum(one["same"] for one in outcomes) == COMMON
    assert sum(one["missed"] + one["left"] for one in outcomes) == 0
