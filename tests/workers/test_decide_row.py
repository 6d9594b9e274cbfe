"""A person decides about a row that the check had to ask about."""

from __future__ import annotations

import pytest

from tests.workers.lists import check, checked, findings, person
from zhitong.kernel.errors import Faster, Refusal
from zhitong.workers.actions import apply_import, decide_row
from zhitong.workers.models import RowFinding


@pytest.fixture
def imported(world):
    head = ["姓名", "身份证号", "性别"]
    rows = [head, ["甲一", world.identity(), "女"], ["甲二", world.identity(), "男"], ["甲三", "", ""]]
    return checked(world.village_officer, world.village, rows)


def test_it_works(world, imported):
    one = decide_row(by=world.village_officer, finding=findings(imported)[0], decision="take")
    one.refresh_from_db()
    assert (one.decision, one.decided_by) == ("take", world.village_officer) and imported.open_questions == 0


def test_a_stranger_cannot(world, imported):
    with pytest.raises(Refusal) as caught:
        decide_row(by=world.stranger, finding=findings(imported)[0], decision="take")
    assert caught.value.code == "out_of_reach"


def test_a_decision_may_be_changed_and_outlives_another_check(world, imported):
    decide_row(by=world.village_officer, finding=findings(imported)[0], decision="take")
    decide_row(by=world.village_officer, finding=findings(imported)[0], decision="leave")
    check(world.village_officer, imported)
    assert findings(imported)[0].decision == "leave"


def test_what_cannot_be_decided_is_refused(world, imported, no):
    asked, clear, refused = findings(imported)
    by = world.village_officer
    assert no(decide_row, by=by, finding=asked, decision="maybe") == "not_a_choice"
    assert no(decide_row, by=by, finding=asked, decision="same_person") == "decision_not_possible"
    assert no(decide_row, by=by, finding=clear, decision="take") == "nothing_to_decide"
    assert no(decide_row, by=by, finding=refused, decision="take") == "nothing_to_decide"
    apply_import(by=by, imported=imported)
    assert no(decide_row, by=by, finding=findings(imported)[0], decision="take") == "nothing_to_decide"


def test_somebody_without_a_number_is_no_new_person(world, no):
    known = world.worker(name="陆大江")
    row = person(world, "陆大江", phone=known.telephone.open())
    rows = [["姓名", "身份证号", "手机号"], ["陆大江", "", row[2]]]
    [one] = findings(checked(world.village_officer, world.village, rows))
    assert (
        no(decide_row, by=world.village_officer, finding=one, decision="other_person")
        == "decision_not_possible"
    )


def test_of_two_who_decide_the_slower_is_told(world, imported):
    first, second = findings(imported)[0], findings(imported)[0]
    decide_row(by=world.village_officer, finding=first, decision="leave")
    with pytest.raises(Faster):
        decide_row(by=world.village_officer, finding=second, decision="take")
    assert findings(imported)[0].decision == "leave"


def test_not_what_an_earlier_check_found(world, imported):
    stale = findings(imported)[0]
    check(world.village_officer, imported)
    assert not RowFinding.objects.filter(pk=stale.pk).exists()
    with pytest.raises(Refusal):
        decide_row(by=world.village_officer, finding=stale, decision="take")


def test_not_once_the_list_was_applied(world, imported, no):
    stale = findings(imported)[0]
    assert stale.imported.state == "checked"
    apply_import(by=world.village_officer, imported=imported)
    assert no(decide_row, by=world.village_officer, finding=stale, decision="take") == "nothing_to_decide"
    assert findings(imported)[0].decision == ""
