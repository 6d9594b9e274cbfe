"""Changing rows: nobody's change is lost, and the record says from what to what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from zhitong.kernel.action import VERBS, action
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Account, Job, Record
from zhitong.kernel.state import change, move, unless_taken
from zhitong.workers.models import Worker


@pytest.fixture(autouse=True)
def verbs():
    """Two verbs that do nothing but what is tested here; forgotten afterwards."""
    before = dict(VERBS)

    @action(at="row", title="x")
    def move_it(*, by: Account, row: Job, to: str, also: dict[str, Any] | None = None) -> Job:
        return move(row, to, **(also or {}))

    @action(at="row", title="x")
    def change_it(*, by: Account, row: Worker, facts: dict[str, Any], seen: int | None = None) -> Worker:
        return change(row, seen, **facts)

    yield move_it, change_it
    VERBS.clear()
    VERBS.update(before)


@pytest.fixture
def to(verbs, world):
    return lambda row, to, **also: verbs[0](by=world.system, row=row, to=to, also=also)


@pytest.fixture
def correct(verbs, world):
    return lambda row, seen=None, **facts: verbs[1](by=world.system, row=row, facts=facts, seen=seen)


@pytest.fixture
def worker(world) -> Worker:
    return Worker.objects.get(pk=world.worker(name="陆大江").pk)


def last_moves() -> list[dict[str, Any]]:
    return Record.objects.latest("position").moves


class TestMove:
    """A row goes from state to state as its table says."""

    def test_it_works(self, job, to):
        to(job, "running", attempts=4)
        stored = Job.objects.get()
        assert (stored.state, stored.attempts, job.attempts) == ("running", 4, 4)
        assert last_moves() == [
            {"row": f"kernel.Job:{job.pk}", "field": "state", "from": "waiting", "to": "running"}
        ]

    def test_only_along_the_table(self, job, to, no):
        for wrong in ("done", "failed", "waiting", "elsewhere"):
            assert no(to, row=job, to=wrong) == "wrong_state"

    def test_a_stale_row_is_too_late(self, job, to, no):
        same = Job.objects.get()
        to(job, "running")
        assert no(to, row=same, to="cancelled") == "someone_was_faster"
        assert Job.objects.get().state == "running" and same.state == "waiting"

    def test_a_row_that_is_gone_is_too_late(self, job, verbs, no, monkeypatch):
        from zhitong.kernel import action as machinery

        same = Job.objects.get()
        Job.objects.all().delete()
        monkeypatch.setattr(machinery, "_authority", lambda now: None)
        assert no(verbs[0], by=Account.objects.system(), row=same, to="running") == "someone_was_faster"


class TestChange:
    """Facts are corrected as they were seen."""

    def test_only_what_differs_is_written_and_recorded(self, worker, correct):
        correct(worker, status="home", name="陆大江", sex="M", source="visit")
        stored = Worker.objects.get()
        assert (stored.status, stored.version, worker.version) == ("home", 2, 2)
        assert [(one["field"], one["from"], one["to"]) for one in last_moves()] == [
            ("status", "seeking", "home")
        ]

    def test_nothing_new_changes_nothing(self, worker, correct):
        correct(worker, status="seeking", telephone=worker.telephone.open())
        assert Worker.objects.get().version == 1 and last_moves() == []

    def test_personal_values_never_enter_the_record(self, worker, correct):
        correct(
            worker,
            name="陆小江",
            birth_on=dt.date(1991, 1, 1),
            telephone="15499999999",
            status_checked_on=dt.date(2026, 1, 1),
        )
        shown = {one["field"]: (one["from"], one["to"]) for one in last_moves()}
        assert shown["name"] == shown["birth_on"] == shown["telephone"] == ("•", "•")
        assert shown["status_checked_on"][1] == "2026-01-01"
        assert "15499999999" not in str(Record.objects.latest("position").__dict__)

    def test_a_sealed_value_changes_with_its_index(self, worker, correct):
        correct(worker, telephone="154 9999 9999")
        assert Worker.objects.with_telephone("15499999999").get().telephone.open() == "15499999999"
        correct(worker, telephone="")
        stored = Worker.objects.get()
        assert stored.telephone is None and stored.telephone_index is None

    def test_a_stale_row_is_too_late(self, worker, correct, no):
        same = Worker.objects.get()
        correct(worker, status="home")
        assert no(correct, row=same, status="away") == "someone_was_faster"

    def test_a_stale_view_is_too_late_though_the_row_is_fresh(self, worker, correct, no):
        correct(worker, status="home")
        assert no(correct, row=Worker.objects.get(), seen=1, status="away") == "someone_was_faster"
        assert Worker.objects.get().status == "home"
        correct(Worker.objects.get(), 2, status="away")

    def test_two_views_of_the_same_fact_do_not_quarrel(self, worker, correct):
        correct(worker, status="home")
        correct(Worker.objects.get(), 1, status="home")
        assert Worker.objects.get().version == 2


def test_what_stands_already_is_refused_in_the_callers_words(db, no):
    def open_twice() -> None:
        with unless_taken(Refusal("taken", "已有。")):
            Account.objects.create(username="system", name="x", kind="staff")

    assert no(open_twice) == "taken"
    assert Account.objects.count() == 1  # the transaction goes on
