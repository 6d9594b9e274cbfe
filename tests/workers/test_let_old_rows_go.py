"""let_old_rows_go: what came in lists, at doorsteps and by short message is not kept for ever."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import F

from tests.workers.doorsteps import colleague, phone, send, stated
from tests.workers.lists import HEAD, check, checked, person, stage
from tests.workers.test_workers_page import unchecked_for
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import (
    apply_import,
    ask_status_by_sms,
    check_import,
    let_old_rows_go,
    order_undoing,
    undo_import,
)
from zhitong.workers.actions import keeping as rules
from zhitong.workers.models import (
    DoorstepEdit,
    FieldConflict,
    Import,
    ImportRow,
    RowEffect,
    RowFinding,
    StatusQuestion,
    Worker,
)


def grow_old(model, *names, days):
    model.objects.update(**{name: F(name) - dt.timedelta(days=days) for name in names})


@pytest.fixture
def applied(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    return apply_import(by=world.village_officer, imported=imported)


def test_it_works(world, applied):
    assert let_old_rows_go(by=world.system) == 0
    grow_old(Import, "applied_at", "staged_at", days=181)
    assert let_old_rows_go(by=world.system) == 2
    assert [model.objects.count() for model in (ImportRow, RowFinding, RowEffect)] == [0, 0, 0]
    imported, worker = Import.objects.get(), Worker.objects.get(name="陆新人")
    assert (imported.state, imported.row_count, imported.outcome["created"]) == ("applied", 2, 1)
    [line] = Record.objects.told_to(worker).filter(verb="let_old_rows_go")
    assert line.row_count == 2
    assert (
        let_old_rows_go(by=world.system) == 0 and Record.objects.filter(verb="let_old_rows_go").count() == 1
    )


def test_a_stranger_cannot(world):
    with pytest.raises(NotAllowed):
        let_old_rows_go(by=world.city_officer)


def test_an_old_list_is_neither_undone_nor_applied(world, applied, no):
    staged = stage(world.village_officer, world.village, [HEAD, person(world, "陆又来")])
    ready = check(
        world.village_officer, stage(world.village_officer, world.village, [HEAD, person(world, "甲")])
    )
    grow_old(Import, "applied_at", "staged_at", days=181)
    by = world.village_officer
    old = {one.pk: one for one in Import.objects.all()}
    assert no(undo_import, by=by, imported=old[applied.pk]) == "list_let_go"
    assert no(order_undoing, by=by, imported=old[applied.pk]) == "list_let_go"
    assert no(check_import, by=by, imported=old[staged.pk]) == "list_let_go"
    assert no(apply_import, by=by, imported=old[ready.pk]) == "list_let_go"


def test_a_portion_at_a_time(world, applied, monkeypatch):
    grow_old(Import, "applied_at", "staged_at", days=181)
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    assert [let_old_rows_go(by=world.system) for _night in range(3)] == [1, 1, 0]


def test_settled_statements_go_and_contested_ones_stay(world, worker):
    mine, theirs = phone(world), phone(world, colleague(world), "乙的手机")
    first, second = stated(worker, "name", "陆大河"), stated(worker, "name", "陆大海", 1)
    send(mine, worker, first)
    send(theirs, worker, second)
    send(mine, worker, stated(worker, "education", "5"))
    DoorstepEdit.objects.update(settled_at=F("received_at") - dt.timedelta(days=91))
    assert let_old_rows_go(by=world.system) == 1
    assert set(DoorstepEdit.objects.values_list("field", flat=True)) == {"name"}
    FieldConflict.objects.update(
        state="decided", stood='"陆大河"', decided_by=world.village_officer,
        decided_at=F("opened_at") - dt.timedelta(days=91),
    )  # fmt: skip
    assert let_old_rows_go(by=world.system) == 2
    conflict = FieldConflict.objects.get()
    assert conflict.stood is None and not conflict.edits.exists()


def test_questions_that_are_over_go(world, worker):
    unchecked_for(worker, 45)
    ask_status_by_sms(by=world.village_officer, place=world.village)
    grow_old(StatusQuestion, "asked_at", "expires_at", days=91)
    assert let_old_rows_go(by=world.system) == 0
    grow_old(StatusQuestion, "asked_at", "expires_at", days=8)
    assert let_old_rows_go(by=world.system) == 1 and not StatusQuestion.objects.exists()
