"""A list is handed in: every row is kept as it came, and nothing enters the register."""

from __future__ import annotations

import json

import pytest
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
