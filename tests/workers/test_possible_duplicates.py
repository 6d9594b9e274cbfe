"""Rows that speak of somebody on the register with mistakes come up as possible duplicates, with reasons."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.workers.lists import check, checked, findings, person
from zhitong.kernel.jobs import run_job
from zhitong.workers.actions import (
    apply_import,
    decide_row,
    discard_import,
    merge_workers,
    search_likenesses,
    undo_import,
    withdraw_worker,
)
from zhitong.workers.frames import Arrival, duplicates_of
from zhitong.workers.models import Likeness, LinkDecision, RowEffect, Worker

HEAD = ["姓名", "身份证号", "性别", "出生日期", "手机号", "就业状态"]


@pytest.fixture
def known(world):
    return world.worker(name="陆大江", birth_on=dt.date(1986, 11, 3))


def told(world, known, **more):
    """Return the finding about one row that says of a known person what ``more`` does not say otherwise."""
    given = {
        "name": known.name, "number": "", "sex": "男", "born": known.birth_on.isoformat(),
        "phone": known.telephone.open(), **more,
    }  # fmt: skip
    row = [given["name"], given["number"], given["sex"], given["born"], given["phone"], "在家"]
    [found] = findings(checked(world.village_officer, world.village, [HEAD, row]))
    return found


def because(found):
    return next(sentence for code, _c, _w, sentence in found.read["told"] if code == "maybe_same_person")


def slipped(number):
    return number[:9] + str((int(number[9]) + 4) % 10) + number[10:]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"name": "陆大湖"}, "姓名只差一个字；出生日期一致；手机号一致；同村"),
        ({"name": "陆达江"}, "姓名同音不同字；出生日期一致；手机号一致；同村"),
        ({"born": "1986-03-11", "phone": ""}, "姓名一致；出生日期只差一位，或月日写颠倒了；同村"),
        ({"phone": "13900001111"}, "姓名一致；出生日期一致；同村"),
        ({"phone": "13900001111", "born": "1986-11-08"}, "姓名一致；出生日期只差一位，或月日写颠倒了；同村"),
    ],
    ids=["typing error", "another character", "month and day exchanged", "changed telephone", "both"],
)
def test_it_works(world, known, more, why):
    found = told(world, known, **more)
    assert (found.verdict, found.worker, found.asks) == ("duplicate", known, True)
    assert why in because(found)


def test_one_wrong_digit_in_the_number(world, known):
    found = told(world, known, number=slipped(known.id_number.open()), sex="", born="", phone="13900001111")
    assert (found.verdict, found.worker) == ("duplicate", known)
    assert "身份证号只错一位" in because(found)
    assert "id_number_check" in found.codes and "id_number" not in found.read["facts"]
    decided = decide_row(by=world.village_officer, finding=found, decision="same_person")
    apply_import(by=world.village_officer, imported=decided.imported)
    before = known.id_number.open()
    known.refresh_from_db()
    assert (known.id_number.open(), known.telephone.open()) == (before, "13900001111")


def test_a_wrong_digit_of_nobody_known_is_refused(world, known):
    found = told(world, known, name="何小溪", number=slipped(world.identity()), born="", phone="13900001111")
    assert (found.verdict, found.codes) == ("refused", ["id_number_check"])


def test_a_rounded_number_is_refused_by_name(world, known):
    found = told(world, known, number=known.id_number.open()[:15] + "000")
    assert (found.verdict, found.codes) == ("refused", ["id_number_rounded"])


def test_other_people_are_not_asked_about(world, known):
    for name in "赵小河 钱青山 孙白水 李远志".split():
        world.worker(name=name, birth_on=dt.date(1990, 5, 1))
    row = person(world, "周长春")
    found = told(world, known, name=row[0], number=row[1], sex="", born="", phone=row[2])
    assert (found.verdict, found.codes[:1]) == ("new", ["education_supposed"])


def test_two_valid_numbers_are_asked_about_once_more(world, known):
    found = told(world, known, number=world.identity(known.birth_on))
    assert (found.verdict, found.worker) == ("duplicate", known)
    assert "各有一个有效身份证号" in because(found)


def test_whoever_lives_beyond_reach_is_not_named(world):
    far = world.worker(name="陆远方", birth_on=dt.date(1986, 11, 3), village=world.other_village)
    found = told(world, far, number=world.identity(far.birth_on), phone="13900001111")
    assert (found.verdict, found.worker) == ("new", None)
    assert found.asks and "likely_elsewhere" in found.codes


def test_a_merged_entry_speaks_for_its_person(world, known):
    copy = world.entry_without_number(name="陆大河", birth_on=known.birth_on, telephone="13900002222")
    merge_workers(by=world.village_officer, kept=known, other=copy)
    found = told(world, known, name="陆大河", phone="13900001111")
    assert (found.verdict, found.worker) == ("duplicate", known)
    assert "姓名一致" in because(found)


def test_whoever_left_the_register_is_found_by_number_alone(world, known):
    withdraw_worker(by=world.village_officer, worker=known)
    assert told(world, known).codes == ["id_number_missing"]


def apart(world, known):
    """Return an applied list whose officer said that its row is not the person who was found."""
    found = told(world, known, number=world.identity(known.birth_on))
    decide_row(by=world.village_officer, finding=found, decision="other_person")
    return apply_import(by=world.village_officer, imported=found.imported)


def test_who_was_told_apart_is_not_found_again_by_a_search(world, known):
    apart(world, known)
    [decision] = LinkDecision.objects.all()
    new = Worker.objects.latest("pk")
    assert (decision.kind, decision.kept, decision.other) == ("reject", known, new)
    assert decision.decided_by == world.village_officer and decision.reasons == ["list"]
    job = search_likenesses(by=world.township_officer, org=world.town)
    run_job(job.pk)
    assert not Likeness.objects.exists() and Worker.objects.active().count() == 2


def test_who_was_told_apart_is_not_asked_about_by_the_next_list(world, known):
    number = world.identity(known.birth_on)
    found = told(world, known, number=number)
    decide_row(by=world.village_officer, finding=found, decision="other_person")
    discard_import(by=world.village_officer, imported=found.imported)
    again = told(world, known, number=number, phone="")
    assert (again.verdict, again.asks) == ("new", False)


def test_the_decision_stands_when_the_list_is_checked_again(world, known):
    found = told(world, known, number=world.identity(known.birth_on))
    decide_row(by=world.village_officer, finding=found, decision="other_person")
    check(world.village_officer, found.imported)
    [again] = findings(found.imported)
    assert (again.verdict, again.decision) == ("duplicate", "other_person")


def test_the_decision_goes_with_the_list(world, known):
    imported = undo_import(by=world.village_officer, imported=apart(world, known))
    assert [one.undone for one in RowEffect.objects.filter(imported=imported)] == ["wholly"]
    assert not LinkDecision.objects.exists() and Worker.objects.count() == 1


def test_a_search_has_few_questions(world, known, django_assert_max_num_queries):
    rows = [
        Arrival(at, f"陆大{one}", birth_on=known.birth_on, telephone=f"139{at:08d}", places=places(known))
        for at, one in enumerate("江河湖海山川林木石土水火")
    ]
    with django_assert_max_num_queries(8):
        found = duplicates_of(rows)
    assert [one.entry for one in found[0]] == [known.pk] and all(len(some) == 1 for some in found.values())


def places(worker):
    return worker.city_id, worker.county_id, worker.town_id, worker.village_id


def test_an_empty_list(world, known):
    assert duplicates_of([]) == {}
