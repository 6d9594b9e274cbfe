"""export_workers: a list of people is taken away."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.house.specimens import own_account
from zhitong.kernel.errors import NotAllowed
from zhitong.kernel.models import Record
from zhitong.workers.actions import export_workers

GIVEN = {"list_name": "workers.Worker", "narrowed_by": "就业状态"}


def test_it_works(world):
    export_workers(by=world.village_officer, org=world.village, row_count=812, **GIVEN)
    line = Record.objects.get(verb="export_workers")
    assert (line.row_count, line.village, line.given["narrowed_by"]) == (812, world.village, "就业状态")


def test_a_stranger_cannot(world):
    for officer in (world.stranger, world.auditor):
        with pytest.raises(NotAllowed):
            export_workers(by=officer, org=world.village, row_count=1, **GIVEN)


def test_each_person_of_the_list_is_told(client, world):
    """From the button to the page on the phone: one line in the record, found by everybody in the list."""
    worker, other = world.worker(name="在名单里"), world.worker(name="外村人", village=world.other_village)
    client.force_login(world.village_officer)
    assert client.get("/workers/?export=xlsx").getvalue()
    line = Record.objects.get(verb="export_workers")
    assert line.row_count == 1 and line.concerns_type == "workers.Worker"
    client.force_login(own_account(world, worker))
    page = client.get("/workers/me/looks/").content.decode()
    assert "导出劳动者名单" in page and world.village_officer.name in page and "共 1 行" in page
    client.force_login(own_account(world, other))
    assert "导出劳动者名单" not in client.get("/workers/me/looks/").content.decode()


def test_a_list_beyond_one_sheet_is_split_by_county(client, world, monkeypatch):
    """Everybody stands once, in the sheet of his county, in the order that was asked for."""
    here = {world.worker(name=f"陆{given}").name for given in "一二三四"}
    there = {world.worker(name=f"陈{given}", village=world.far_village).name for given in "五六"}
    for module in ("zhitong.kernel.sheets.write", "zhitong.kernel.web.export"):
        monkeypatch.setattr(f"{module}.MOST_ROWS", 3)
    client.force_login(world.city_officer)
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/workers/?export=xlsx").getvalue()))
    found = {name: _names(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names}
    far = next(name for name in found if world.far_village.county.name in name)
    near = [one for name, rows in found.items() if name != far for one in rows]
    assert set(found[far]) == there and len(found[far]) == 2
    assert set(near) == here and len(near) == 4 and len(found) == 3
    line = Record.objects.get(verb="export_workers")
    assert line.row_count == 6


def _names(rows):
    head = next(at for at, row in enumerate(rows) if "姓名" in row)
    return [row[rows[head].index("姓名")] for row in rows[head + 1 :]]
