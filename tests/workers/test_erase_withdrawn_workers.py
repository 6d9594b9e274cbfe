"""erase_withdrawn_workers: who left the register and did not come back is not kept for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.workers.test_workers_page import browser
from zhitong.dispatch.actions import end_placement
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.site.clock import forget_who_left
from zhitong.workers.actions import (
    ask_deletion,
    deleting,
    erase_withdrawn_workers,
    merge_workers,
    readmit_worker,
    withdraw_worker,
)
from zhitong.workers.invariants import deleted_people_left_nothing, people_off_the_register_have_a_day
from zhitong.workers.models import Worker


def leave(world, worker, days=181):
    withdraw_worker(by=world.village_officer, worker=worker)
    day = timezone.localdate() - dt.timedelta(days=days)
    Worker.objects.filter(pk=worker.pk).update(withdrawn_on=day)
    return worker


def state_of(worker):
    return Worker.objects.get(pk=worker.pk).state


def test_it_works(world, worker):
    other = leave(world, world.worker(name="陈不急"), days=180)
    leave(world, worker)
    assert erase_withdrawn_workers(by=world.system) == 1
    gone = Worker.objects.get(pk=worker.pk)
    assert (gone.state, gone.name, gone.id_number, gone.telephone) == ("erased", "", None, None)
    assert state_of(other) == "withdrawn"
    [line] = Record.objects.told_to(worker).filter(verb="erase_withdrawn_workers")
    assert line.row_count == 1
    assert list(deleted_people_left_nothing()) == []
    assert forget_who_left() == 0 and Record.objects.filter(verb="erase_withdrawn_workers").count() == 1


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        erase_withdrawn_workers(by=world.city_officer)


def test_all_entries_of_a_person_go(world, worker):
    part = world.entry_without_number(name="陆大江")
    merge_workers(by=world.village_officer, kept=worker, other=part)
    leave(world, worker)
    assert erase_withdrawn_workers(by=world.system) == 1
    assert {state_of(one) for one in (worker, part)} == {"erased"}


def test_who_came_back_stays(world, worker):
    leave(world, worker)
    back = readmit_worker(by=world.village_officer, worker=worker)
    assert back.withdrawn_on is None and erase_withdrawn_workers(by=world.system) == 0


def test_who_must_stay_keeps_nobody_waiting(world, monkeypatch):
    monkeypatch.setattr(deleting, "ERASED_AT_ONCE", 1)
    placement = world.arrived()
    end_placement(
        by=world.station_staff, placement=placement, reason="contract_over", ended_on=timezone.localdate()
    )
    first = leave(world, placement.worker, days=300)
    second, third = (leave(world, world.worker(name=name), days=200) for name in ("陆一", "陈二"))
    assert erase_withdrawn_workers(by=world.system) == 1
    assert [state_of(one) for one in (first, second, third)] == ["withdrawn", "erased", "withdrawn"]


def test_who_asked_for_it_has_a_case(world, worker):
    leave(world, worker)
    ask_deletion(by=world.village_officer, worker=worker)
    assert erase_withdrawn_workers(by=world.system) == 0


def test_the_page_says_how_long_the_data_stay(world, worker):
    leave(world, worker, days=80)
    page = browser(world.village_officer).get(f"/workers/{worker.pk}/").content.decode()
    day = timezone.localdate() + dt.timedelta(days=100)
    assert f"资料保存到{day.isoformat()}" in page


def test_a_missing_day_is_found(world, worker):
    assert list(people_off_the_register_have_a_day()) == []
    Worker.objects.filter(pk=worker.pk).update(state="withdrawn")
    assert list(people_off_the_register_have_a_day()) == [f"workers.Worker:{worker.pk}"]
