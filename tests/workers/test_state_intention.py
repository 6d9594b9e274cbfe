"""state_intention: what the worker wants."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhitong.kernel.errors import OutOfReach
from zhitong.kernel.models import Record
from zhitong.workers.actions import Wish, state_intention, withdraw_worker
from zhitong.workers.models import Intention


@pytest.fixture
def state(world, worker):
    def call(**wish):
        how = {name: wish.pop(name) for name in ("by", "seen") if name in wish}
        return state_intention(**{"by": world.village_officer, "worker": worker, "wish": Wish(**wish), **how})

    return call


def test_it_works(world, state, worker):
    state(
        occupations=(world.sewer, world.welder),
        cities=(world.host_city,),
        anywhere=False,
        wage_floor_fen=450_050,
        goes_with="spouse",
        needs_dormitory=True,
    )
    found = Intention.objects.get(worker=worker)
    assert found.occupations == [world.sewer, world.welder] and found.cities == [world.host_city]
    assert (found.anywhere, found.wage_floor_fen, found.goes_with) == (False, 450_050, "spouse")
    assert found.needs_dormitory and found.earliest_on == found.stated_on == timezone.localdate()


def test_a_new_wish_replaces_the_old(world, state, worker):
    state(occupations=(world.sewer, world.welder))
    state(occupations=(world.welder,), wage_floor_fen=300_000, seen=1)
    found = Intention.objects.get(worker=worker)
    assert found.occupations == [world.welder] and found.version == 2


def test_without_a_city_anywhere_will_do(state):
    assert state(anywhere=False).anywhere is True


def test_the_record_tells_nothing_personal(world, state, worker):
    line = Record.objects.of(state(occupations=(world.welder,), wage_floor_fen=450_000)).get()
    assert set(line.given["wish"].values()) <= {"•"} and line.concerns_id == worker.pk


def test_a_person_may_by_himself(state, himself):
    assert state(by=himself, wage_floor_fen=1).wage_floor_fen == 1


def test_a_stranger_cannot(world, state):
    with pytest.raises(OutOfReach):
        state(by=world.stranger)


def test_two_at_once(state, worker, no, monkeypatch):
    state()
    state(wage_floor_fen=1, seen=1)
    assert no(state, wage_floor_fen=2, seen=1) == "someone_was_faster"
    nothing = Intention.objects.none()
    monkeypatch.setattr(type(nothing), "first", lambda self: None)
    assert no(state, wage_floor_fen=3) == "someone_was_faster"


def test_bad_wishes_are_refused(world, state, no):
    welder, host = world.welder, world.host_city
    assert no(state, occupations=(welder, welder)) == no(state, cities=(host, host)) == "wished_twice"
    assert no(state, occupations=(welder,) * 4) == "too_many_wishes"
    assert no(state, occupations=(welder.parent,)) == "occupation_too_broad"
    assert no(state, cities=(host.parent,)) == "not_a_city"
    assert no(state, wage_floor_fen=10_000_001) == no(state, wage_floor_fen=-1) == "wage_implausible"
    assert no(state, goes_with="friend") == "not_a_choice"
    assert no(state, earliest_on=timezone.localdate() + dt.timedelta(days=400)) == "start_too_late"


def test_not_after_leaving_the_register(world, state, worker, no):
    withdraw_worker(by=world.village_officer, worker=worker)
    assert no(state) == "not_on_register"
