"""A list is handed in: every row is kept as it came, and nothing enters the register."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.workers.lists import AGREED, HEAD, file_of, person, stage, workbook
from zhitong.kernel.errors import OutOfReach, Refusal
from zhitong.kernel.models import Record
from zhitong.workers.actions import discard_import, stage_import
from zhitong.workers.models import Import, ImportRow, Worker


def test_it_works(world):
    before = Worker.objects.count()
    imported = stage(
        world.village_officer, world.village, [["柳树村名单"], HEAD, person(world), person(world, "何新人")]
    )
    assert (imported.state, imported.row_count, imported.org) == ("staged", 4, world.village)
    assert [name for _heading, name in imported.columns] == [
        "name", "id_number", "telephone", "education", "status", "work_city", "skill",
    ]  # fmt: skip
    rows = list(ImportRow.objects.filter(imported=imported).order_by("pk"))
    assert [(row.sheet, row.number) for row in rows] == [(0, 1), (0, 2), (0, 3), (0, 4)]
    assert json.loads(rows[2].cells.open())[0] == "陆新人"
    assert Worker.objects.count() == before
    line = Record.objects.get(verb="stage_import")
    assert line.row_count == 4 and "陆新人" not in json.dumps(line.given, ensure_ascii=False)


def test_a_stranger_cannot(world):
    with pytest.raises(OutOfReach if False else Refusal):
        stage(world.stranger, world.village, [HEAD, person(world)])


def test_what_is_stored_cannot_be_read_in_the_database(world):
    row = person(world)
    imported = stage(world.village_officer, world.village, [HEAD, row])
    stored = bytes(ImportRow.objects.filter(imported=imported).last().cells.data())
    assert row[1].encode() not in stored and "陆新人".encode() not in stored


def test_the_same_file_twice_is_told_and_changes_nothing(world, no):
    data = workbook([HEAD, person(world)])
    first = stage(world.village_officer, world.village, data)
    with pytest.raises(Refusal) as caught:
        stage(world.village_officer, world.village, data, name="改了名.xlsx")
    assert caught.value.code == "file_sent_already" and "李村秀" in str(caught.value.sentence)
    assert caught.value.details["imported"] == first.pk and Import.objects.count() == 1
    discard_import(by=world.village_officer, imported=first)
    assert stage(world.village_officer, world.village, data).pk != first.pk


def test_without_consent_no_list_is_taken(world, no):
    given = {"by": world.village_officer, "org": world.village, "listed_on": timezone.localdate()}
    data = workbook([HEAD, person(world)])
    assert no(stage_import, file=file_of(data), consents=("register",), **given) == "consent_missing"
    assert no(stage_import, file=file_of(data), consents=("register", "x"), **given) == "not_a_choice"


def test_no_list_agrees_for_people_to_what_they_say_themselves(world, no):
    given = {"by": world.village_officer, "org": world.village, "listed_on": timezone.localdate()}
    data = workbook([HEAD, person(world)])
    assert no(stage_import, file=file_of(data), consents=(*AGREED, "ethnicity"), **given) == "not_a_choice"


@pytest.mark.parametrize("heading", ["民族", "族别", "是否少数民族"])
def test_a_column_of_ethnic_groups_is_left_out_before_anything_is_kept(world, heading):
    rows = [["某某苗族乡名单"], [*HEAD, heading, "备注"], [*person(world), "仡佬族", "好"]]
    imported = stage(world.village_officer, world.village, rows)
    kept = [
        json.loads(row.cells.open()) for row in ImportRow.objects.filter(imported=imported).order_by("pk")
    ]
    assert kept[2][0] == "陆新人" and kept[2][-2:] == [None, "好"] and "仡佬" not in str(kept)
    assert kept[0][0] == "某某苗族乡名单" and imported.passed_columns == [heading, "备注"]
    client = Client()
    client.force_login(world.village_officer)
    page = client.get(f"/workers/lists/{imported.pk}/").content.decode()
    assert f"名单里有“{heading}”：没有读，也没有保存" in page and "没有认出这几列" not in page


def test_a_day_to_come_is_refused(world, no):
    given = {"by": world.village_officer, "org": world.village, "consents": AGREED}
    day = timezone.localdate() + timezone.timedelta(days=1)
    assert no(stage_import, file=file_of(workbook([HEAD])), listed_on=day, **given) == "day_in_future"


def test_only_places_send_lists(world, no):
    given = {"by": world.system, "listed_on": timezone.localdate(), "consents": AGREED}
    assert no(stage_import, org=world.station, file=file_of(workbook([HEAD])), **given) == "not_a_place"


def test_a_file_without_headings_is_refused(world, no):
    given = {
        "by": world.village_officer,
        "org": world.village,
        "consents": AGREED,
        "listed_on": timezone.localdate(),
    }
    assert no(stage_import, file=file_of(workbook([[1, 2], [3, 4]])), **given) == "headings_missing"
    assert not Import.objects.exists() and not ImportRow.objects.exists()
