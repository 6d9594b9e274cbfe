"""A checked list enters the register: in one transaction, with one line, and as far as its report still holds."""

from __future__ import annotations

import pytest

from tests.workers.lists import HEAD, checked, codes, findings, person, stage, workbook
from tests.workers.test_check_import import row_of
from zhitong.kernel.errors import Refusal
from zhitong.kernel.models import Record
from zhitong.workers.actions import Correction, apply_import, correct_worker, decide_row
from zhitong.workers.models import Household, RowEffect, Worker


def test_it_works(world):
    known, same = world.worker(name="陆大江"), world.worker(name="何小溪", sex="F")
    rows = [
        HEAD,
        person(world, "陆新人", skill="焊工", status="在外务工", city="海州市"),
        row_of(known, phone="15411110000", school="高中"),
        row_of(same),
        ["陆错号", "529901199005010099", "", "", "", "", ""],
    ]
    world.welder  # noqa: B018 - made by being asked for
    imported = checked(world.village_officer, world.village, rows)
    imported = apply_import(by=world.village_officer, imported=imported)
    assert imported.state == "applied" and imported.applied_by == world.village_officer
    assert {name: imported.outcome[name] for name in ("created", "changed", "same", "missed", "left")} == {
        "created": 1, "changed": 1, "same": 1, "missed": 0, "left": 1,
    }  # fmt: skip
    new = Worker.objects.get(name="陆新人")
    assert (new.village, new.status, new.work_region, new.source) == (
        world.village,
        "away",
        world.host_city,
        "list",
    )
    assert new.id_number_index is not None and new.name_key == "lu xin ren"
    assert {one.purpose for one in new.consents.all()} == {"register", "sensitive"}
    assert [one.occupation for one in new.skills.all()] == [world.welder]
    known.refresh_from_db()
    assert (known.telephone.open(), known.education, known.version) == ("15411110000", 3, 2)
    assert Worker.objects.with_telephone("15411110000").get() == known
    assert known.stated["telephone"]["source"] == "list"
    [line] = Record.objects.filter(verb="apply_import")
    assert line.row_count == 2
    assert line in Record.objects.told_to(new) and line in Record.objects.told_to(known)
    assert line not in Record.objects.told_to(same)


def test_a_stranger_cannot(world):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    with pytest.raises(Refusal) as caught:
        apply_import(by=world.stranger, imported=imported)
    assert caught.value.code == "out_of_reach" and not Worker.objects.filter(name="陆新人").exists()


def test_the_identity_number_is_stored_whole(world):
    number = world.identity()
    imported = checked(world.village_officer, world.village, [HEAD, person(world, number=number.lower())])
    apply_import(by=world.village_officer, imported=imported)
    assert Worker.objects.with_id_number(number).get().id_number.open() == number


def test_all_of_it_or_nothing(world, no):
    rows = [HEAD, person(world), ["陆错号", "529901199005010099", "", "", "", "", ""]]
    imported = checked(world.village_officer, world.village, rows)
    assert no(apply_import, by=world.village_officer, imported=imported, part="all") == "not_all_good"
    assert no(apply_import, by=world.village_officer, imported=imported, part="some") == "not_a_choice"
    assert not Worker.objects.filter(name="陆新人").exists()


def test_nothing_good_is_refused(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, ["陆错号", "529901199005010099"]])
    assert no(apply_import, by=world.village_officer, imported=imported) == "nothing_to_apply"


def test_a_list_that_was_not_checked_is_refused(world, no):
    imported = stage(world.village_officer, world.village, [HEAD, person(world)])
    assert no(apply_import, by=world.village_officer, imported=imported) == "wrong_state"


def test_a_second_time_changes_nothing(world, no):
    imported = checked(world.village_officer, world.village, [HEAD, person(world)])
    apply_import(by=world.village_officer, imported=imported)
    assert no(apply_import, by=world.village_officer, imported=imported) == "wrong_state"
    assert Worker.objects.filter(name="陆新人").count() == 1


def test_what_changed_since_the_check_is_told_and_left_alone(world):
    known = world.worker(name="陆大江")
    imported = checked(world.village_officer, world.village, [HEAD, row_of(known, phone="15411110000")])
    correct_worker(by=world.village_officer, worker=known, facts=Correction(telephone="15422220000"))
    imported = apply_import(by=world.village_officer, imported=imported)
    known.refresh_from_db()
    assert known.telephone.open() == "15422220000" and imported.outcome["missed"] == 1
    [effect] = RowEffect.objects.filter(imported=imported)
    assert (effect.kind, effect.reasons) == ("missed", ["changed_meanwhile"])


def test_somebody_registered_meanwhile_is_not_registered_twice(world):
    facts = world.facts(name="陆新人")
    row = ["陆新人", facts.id_number, facts.telephone, "初中", "想外出", "", ""]
    imported = checked(world.village_officer, world.village, [HEAD, row])
    from zhitong.workers.actions import register_worker

    register_worker(
        by=world.village_officer, village=world.village, facts=facts, consents=("register", "sensitive")
    )
    imported = apply_import(by=world.village_officer, imported=imported)
    assert (imported.outcome["created"], imported.outcome["same"]) == (0, 1)
    assert Worker.objects.filter(name="陆新人").count() == 1


def test_questions_wait_until_they_are_decided(world):
    head = ["姓名", "身份证号", "性别"]
    rows = [
        head,
        ["甲一", world.identity(), "女"],
        ["甲二", world.identity(), "女"],
        ["甲三", world.identity(), "女"],
    ]
    imported = checked(world.village_officer, world.village, rows)
    first, second, _third = findings(imported)
    decide_row(by=world.village_officer, finding=first, decision="take")
    decide_row(by=world.village_officer, finding=second, decision="leave")
    with pytest.raises(Refusal):
        apply_import(by=world.village_officer, imported=imported, part="all")
    imported = apply_import(by=world.village_officer, imported=imported)
    assert [one.name for one in Worker.objects.filter(name__startswith="甲")] == ["甲一"]
    assert Worker.objects.get(name="甲一").sex == "M" and imported.outcome["left"] == 2


def test_the_same_person_or_another(world):
    known = world.worker(name="陆大江")
    other = world.worker(name="何小溪", sex="F")
    rows = [
        HEAD,
        ["陆大江", "", known.telephone.open(), "高中", "", "", ""],
        person(world, "何小溪", number=world.identity(sex="F"), phone=other.telephone.open()),
    ]
    imported = checked(world.village_officer, world.village, rows)
    assert [verdict for verdict, _codes in codes(imported)] == ["duplicate", "duplicate"]
    one, two = findings(imported)
    decide_row(by=world.village_officer, finding=one, decision="same_person")
    decide_row(by=world.village_officer, finding=two, decision="other_person")
    imported = apply_import(by=world.village_officer, imported=imported, part="all")
    known.refresh_from_db()
    assert known.education == 3 and Worker.objects.filter(name="何小溪").count() == 2


def test_households_are_formed(world):
    head = ["姓名", "身份证号", "与户主关系"]
    rows = [
        head,
        ["方一", world.identity(), "户主"],
        ["何二", world.identity(sex="F"), "配偶"],
        ["方三", world.identity(), "户主"],
        ["方四", world.identity(sex="F"), "长女"],
    ]
    imported = checked(world.village_officer, world.village, rows)
    apply_import(by=world.village_officer, imported=imported)
    homes = [
        [(one.name, one.household_role) for one in home.members.order_by("pk")]
        for home in Household.objects.all()
    ]
    assert sorted(map(sorted, homes)) == [
        [("何二", "spouse"), ("方一", "head")],
        [("方三", "head"), ("方四", "child")],
    ]


def test_priority_groups_are_noted(world):
    assert world.priority_group.name == "脱贫人口"
    rows = [
        ["姓名", "身份证号", "是否脱贫户"],
        ["甲一", world.identity(), "是"],
        ["甲二", world.identity(), "否"],
    ]
    imported = checked(world.village_officer, world.village, workbook(rows))
    apply_import(by=world.village_officer, imported=imported)
    assert [
        one.priorities.count() for one in Worker.objects.filter(name__startswith="甲").order_by("name")
    ] == [1, 0]
