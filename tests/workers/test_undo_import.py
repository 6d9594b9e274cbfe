"""An applied list is taken back, as far as nothing has been built on it since."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, person, stage
from tests.workers.test_check_import import row_of
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Record
from zhitong.workers.actions import (
    Correction,
    add_skill,
    apply_import,
    correct_worker,
    join_priority_group,
    merge_workers,
    remove_skill,
    undo_import,
)
from zhitong.workers.actions.entries import said_by
from zhitong.workers.models import Consent, Household, RowEffect, Worker


def applied(by, org, rows):
    return apply_import(by=by, imported=checked(by, org, rows))


def told(imported):
    return [(one.undone, one.reasons) for one in RowEffect.objects.filter(imported=imported).order_by("row")]


def test_it_works(world):
    known = world.worker(name="陆大江")
    before = (
        known.telephone.open(),
        known.education,
        known.status,
        known.status_checked_on,
        known.status_source,
    )
    consents = Consent.objects.count()
    rows = [
        HEAD,
        person(world),
        row_of(known, phone="15411110000", school="高中", status="外出", city="海州市"),
    ]
    imported = applied(world.village_officer, world.village, rows)
    imported = undo_import(by=world.village_officer, imported=imported)
    assert imported.state == "undone" and told(imported) == [("wholly", []), ("wholly", [])]
    assert not Worker.objects.filter(name="陆新人").exists() and Consent.objects.count() == consents
    known.refresh_from_db()
    assert before == (
        known.telephone.open(), known.education, known.status, known.status_checked_on, known.status_source
    )  # fmt: skip
    assert known.work_region is None and known.version == 3 and known.stated is None
    [line] = Record.objects.filter(verb="undo_import")
    assert line.row_count == 2


def test_a_stranger_cannot(world):
    imported = applied(world.village_officer, world.village, [HEAD, person(world)])
    with pytest.raises(Refusal) as caught:
        undo_import(by=world.stranger, imported=imported)
    assert caught.value.code == "out_of_reach" and Worker.objects.filter(name="陆新人").exists()


def test_what_was_changed_since_stays_and_is_listed(world):
    known = world.worker(name="陆大江")
    rows = [HEAD, row_of(known, phone="15411110000", school="高中")]
    imported = applied(world.village_officer, world.village, rows)
    known.refresh_from_db()
    correct_worker(by=world.village_officer, worker=known, facts=Correction(telephone="15422220000"))
    imported = undo_import(by=world.village_officer, imported=imported)
    known.refresh_from_db()
    assert (known.telephone.open(), known.education) == ("15422220000", 2)
    assert told(imported) == [("partly", ["changed_since:telephone"])]
    assert imported.outcome["partly"] == 1


def test_new_people_to_whom_something_refers_stay(world):
    rows = [HEAD, *(person(world, name) for name in ("甲一", "甲二", "甲三", "甲四"))]
    imported = applied(world.village_officer, world.village, rows)
    by_name = {one.name: one for one in Worker.objects.filter(name__startswith="甲")}
    correct_worker(by=world.village_officer, worker=by_name["甲一"], facts=Correction(education=5))
    world.offer(by_name["甲二"])
    again = [HEAD, row_of(by_name["甲三"])]
    applied(world.township_officer, world.town, [["村", *HEAD], ["柳树村", *again[1]]])
    imported = undo_import(by=world.village_officer, imported=imported)
    assert told(imported) == [
        ("kept", ["corrected_since"]),
        ("kept", ["referred_by:matching.Offer"]),
        ("kept", ["in_other_list"]),
        ("wholly", []),
    ]
    assert sorted(one.name for one in Worker.objects.filter(name__startswith="甲")) == [
        "甲一",
        "甲三",
        "甲二",
    ]


def test_what_an_officer_recognised_since_keeps_the_entry(world):
    world.welder  # noqa: B018
    rows = [HEAD, *(person(world, name, skill="焊工") for name in ("甲一", "甲二", "甲三", "甲四"))]
    imported = applied(world.village_officer, world.village, rows)
    by_name = {one.name: one for one in Worker.objects.filter(name__startswith="甲")}
    join_priority_group(by=world.village_officer, worker=by_name["甲一"], group=world.priority_group)
    add_skill(by=world.village_officer, worker=by_name["甲二"], occupation=world.sewer)
    skill = by_name["甲三"].skills.get()
    remove_skill(by=world.village_officer, skill=skill)
    imported = undo_import(by=world.village_officer, imported=imported)
    assert told(imported) == [
        ("kept", ["group_added"]),
        ("kept", ["skill_added"]),
        ("wholly", []),
        ("wholly", []),
    ]
    assert by_name["甲一"].priorities.exists() and by_name["甲二"].skills.count() == 2


def test_a_person_with_several_entries_is_given_back_too(world):
    kept = world.worker(name="陆大江")
    other = world.entry_without_number(name="陆大江", telephone="")
    merge_workers(by=world.village_officer, kept=kept, other=other)
    kept.refresh_from_db()
    before = (kept.education, kept.telephone.open(), kept.stated, said_by(kept))
    head = [*HEAD, "与户主关系"]
    rows = [head, [*row_of(kept, phone="15411110000", school="高中"), "户主"]]
    imported = applied(world.village_officer, world.village, rows)
    kept.refresh_from_db()
    assert (kept.telephone.open(), kept.stated["telephone"]["source"]) == ("15411110000", "list")
    assert kept.household is not None and kept.household_role == "head"
    imported = undo_import(by=world.village_officer, imported=imported)
    kept.refresh_from_db()
    assert told(imported) == [("wholly", [])] and kept.household is None
    assert before == (kept.education, kept.telephone.open(), kept.stated, said_by(kept))


def test_households_of_the_list_go_with_it(world):
    head = ["姓名", "身份证号", "与户主关系"]
    rows = [head, ["方一", world.identity(), "户主"], ["何二", world.identity(sex="F"), "配偶"]]
    imported = applied(world.village_officer, world.village, rows)
    assert Household.objects.count() == 1
    undo_import(by=world.village_officer, imported=imported)
    assert Household.objects.count() == 0


def test_the_file_may_be_sent_again(world):
    row = person(world)
    imported = applied(world.village_officer, world.village, [HEAD, row])
    undo_import(by=world.village_officer, imported=imported)
    again = applied(world.village_officer, world.village, [HEAD, row])
    assert again.outcome["created"] == 1


def test_only_an_applied_list_is_undone(world, no):
    imported = stage(world.village_officer, world.village, [HEAD, person(world)])
    assert no(undo_import, by=world.village_officer, imported=imported) == "wrong_state"
