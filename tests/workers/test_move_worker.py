"""move_worker: from the care of one village into that of another."""

from __future__ import annotations

import pytest

from zhitong.kernel.errors import NotAllowed, OutOfReach
from zhitong.kernel.models import Org, Record
from zhitong.workers.actions import move_worker, withdraw_worker
from zhitong.workers.models import Worker


def test_it_works(world):
    husband, _wife = world.couple
    move_worker(by=world.township_officer, worker=husband, village=world.other_village)
    husband.refresh_from_db()
    assert husband.village == world.other_village and husband.household is None
    assert husband not in Worker.objects.visible_to(world.village_officer)
    line = Record.objects.of(husband).get(verb="move_worker")
    village = next(one for one in line.moves if one["field"] == "village")
    assert village["to"] == f"kernel.Org:{world.other_village.pk}"


def test_a_stranger_cannot(world, worker):
    with pytest.raises(OutOfReach):
        move_worker(by=world.stranger, worker=worker, village=world.far_village)


def test_both_ends_must_be_within_reach(world, worker):
    for officer, village in (
        (world.village_officer, world.other_village),
        (world.county_officer, world.far_village),
    ):
        with pytest.raises(NotAllowed):
            move_worker(by=officer, worker=worker, village=village)
    assert (
        move_worker(by=world.city_officer, worker=worker, village=world.far_village).county
        == world.other_county
    )


def test_only_to_another_village(world, worker, no):
    assert no(move_worker, by=world.township_officer, worker=worker, village=world.village) == "same_village"
    assert no(move_worker, by=world.township_officer, worker=worker, village=world.town) == "not_a_village"


def test_not_to_a_closed_village(world, worker, no):
    Org.objects.filter(pk=world.other_village.pk).update(closed_on="2026-01-01")
    closed = Org.objects.get(pk=world.other_village.pk)
    assert no(move_worker, by=world.township_officer, worker=worker, village=closed) == "village_closed"


def test_not_after_leaving_the_register(world, worker, no):
    withdraw_worker(by=world.township_officer, worker=worker)
    given = {"by": world.township_officer, "worker": worker, "village": world.other_village}
    assert no(move_worker, **given) == "not_on_register"
